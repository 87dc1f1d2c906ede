"""Tables of people and places. What names a person stands in `Person` and `ApplicationText`, and can be erased."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Area(Model):
    """A node of the tree, by its division code (12 digits, a grid adds 3). `path` holds the codes from the root."""

    code = fields.CharField(max_length=15, primary_key=True)
    name = fields.CharField(max_length=80)
    level = fields.CharField(max_length=12, description="district, street, community, grid, building")
    parent = fields.CharField(max_length=15, null=True, db_index=True)
    path = fields.CharField(
        max_length=120, db_index=True, description="/440310000000/440310001000/440310001002/"
    )

    class Meta:
        table = "people_area"


class Household(Model):
    """People who declared that they live together."""

    number = fields.CharField(max_length=20, primary_key=True)
    formed_on = fields.CharField(max_length=10)

    class Meta:
        table = "people_household"


class Member(Model):
    """A person who may earn, or who works here, under a number that says nothing about them."""

    number = fields.CharField(max_length=16, primary_key=True, description="V-000123, staff S-0003")
    kind = fields.CharField(max_length=20, description="member kind of mission.md §3, or staff")
    area = fields.CharField(max_length=15, db_index=True, description="the community they enrolled in")
    enrolled_on = fields.CharField(max_length=10)
    batch = fields.CharField(max_length=32, null=True)

    class Meta:
        table = "people_member"


class Person(Model):
    """The erasable half of a member: everything by which somebody could be known."""

    member = fields.CharField(max_length=16, primary_key=True)
    name = fields.CharField(max_length=40)
    phone = fields.CharField(max_length=20, null=True, unique=True)
    phone_tail = fields.CharField(max_length=4, null=True, db_index=True)
    birthday = fields.CharField(max_length=5, null=True, description="MM-DD")
    born_year = fields.IntField(null=True, description="who is under 14 needs a guardian's consent")
    language = fields.CharField(max_length=5, null=True, description="zh, en, null: not said")
    guardian_name = fields.CharField(max_length=40, null=True)
    guardian_phone = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "people_person"
        indexes = (("name", "member"), ("birthday",))


class FormerWord(Model):
    """A name or a phone that a member had before it was put right, kept to be erased with them."""

    id = fields.CharField(max_length=32, primary_key=True)
    member = fields.CharField(max_length=16, db_index=True)
    field = fields.CharField(max_length=8, description="name, phone")
    word = fields.CharField(max_length=40)

    class Meta:
        table = "people_former_word"


class HouseholdJoin(Model):
    """A member joined a household, the latest join counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    household = fields.CharField(max_length=20, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    joined_on = fields.CharField(max_length=10)

    class Meta:
        table = "people_household_join"


class Team(Model):
    """A volunteer team (志愿队)."""

    name = fields.CharField(max_length=80, primary_key=True)
    area = fields.CharField(max_length=15)
    formed_on = fields.CharField(max_length=10)

    class Meta:
        table = "people_team"


class TeamJoin(Model):
    """A member joined a team."""

    id = fields.CharField(max_length=32, primary_key=True)
    team = fields.CharField(max_length=80, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    joined_on = fields.CharField(max_length=10)

    class Meta:
        table = "people_team_join"


class RoleGrant(Model):
    """Somebody may do something in an area and below it, from a day on."""

    id = fields.CharField(max_length=32, primary_key=True)
    member = fields.CharField(max_length=16, db_index=True)
    role = fields.CharField(max_length=20)
    area = fields.CharField(max_length=15, null=True, description="null: the whole book")
    from_on = fields.CharField(max_length=10)
    until_on = fields.CharField(max_length=10, null=True)
    granted_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200, description="the act in the ledger")

    class Meta:
        table = "people_role_grant"


class RoleRevocation(Model):
    """A grant ended before its time."""

    grant = fields.CharField(max_length=32, primary_key=True)
    revoked_on = fields.CharField(max_length=10)
    revoked_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "people_role_revocation"


class Card(Model):
    """A printed points card, it finds a person and never pays. `number` is 8 digits, the last a Damm check digit."""

    number = fields.CharField(max_length=8, primary_key=True)
    token = fields.CharField(max_length=32, unique=True, description="128 random bits, in the card's QR")
    member = fields.CharField(max_length=16, db_index=True)
    issued_on = fields.CharField(max_length=10)

    class Meta:
        table = "people_card"


class CardLoss(Model):
    """A card was lost, it finds nobody any more."""

    card = fields.CharField(max_length=8, primary_key=True)
    lost_on = fields.CharField(max_length=10)
    reported_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_card_loss"


class Credential(Model):
    """The argon2id hash of a PIN or a password, replaced when it is set anew (may change, like sessions)."""

    id = fields.CharField(max_length=32, primary_key=True, description="member/kind")
    hash = fields.CharField(max_length=160)
    set_at = fields.DatetimeField()
    set_by = fields.CharField(max_length=16)

    class Meta:
        table = "people_credential"


class Application(Model):
    """Somebody asked by a poster to be enrolled. Their words stand in `ApplicationText`, until it is decided."""

    number = fields.CharField(max_length=16, primary_key=True, description="what the one who asked is told")
    poster = fields.CharField(max_length=16, db_index=True)
    area = fields.CharField(max_length=15, db_index=True)
    kind = fields.CharField(max_length=20)
    asked_at = fields.DatetimeField()

    class Meta:
        table = "people_application"


class ApplicationText(Model):
    """The erasable half of an application. Erased when it is decided."""

    application = fields.CharField(max_length=16, primary_key=True)
    name = fields.CharField(max_length=40)
    phone = fields.CharField(max_length=20)
    born = fields.CharField(max_length=10, null=True)
    language = fields.CharField(max_length=5, null=True, description="zh, en")
    agrees = fields.CharField(max_length=80, null=True, description="consents, with spaces between them")
    guardian_name = fields.CharField(max_length=40, null=True)
    guardian_phone = fields.CharField(max_length=20, null=True)

    class Meta:
        table = "people_application_text"
        indexes = (("phone",),)


class ApplicationDecision(Model):
    """An application was accepted or refused."""

    application = fields.CharField(max_length=16, primary_key=True)
    accepted = fields.BooleanField()
    member = fields.CharField(max_length=16, null=True)
    decided_on = fields.CharField(max_length=10)
    decided_by = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=20, null=True, description="of a refused one: a code")

    class Meta:
        table = "people_application_decision"
