"""Tables of giving: gifts between those who live together and to a care fund, and what the fund gave."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Gift(Model):
    """Somebody gave points to one of their household, or to the care fund of their community."""

    id = fields.CharField(max_length=32, primary_key=True)
    giver = fields.CharField(max_length=16, db_index=True)
    receiver = fields.CharField(max_length=16, db_index=True, description="empty: the care fund")
    community = fields.CharField(max_length=15, description="of the care fund, empty: somebody at home")
    points = fields.IntField()
    named = fields.BooleanField(description="whether the giver agreed to be thanked by a masked name")
    given_on = fields.CharField(max_length=10)
    given_at = fields.DatetimeField()
    found_by = fields.CharField(
        max_length=10, description="home, or how the counter found them: card, number …"
    )
    recorded_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_gift"
        indexes = (("community", "given_on"),)


class GiftUndoing(Model):
    """The giver took a gift back on its day, before it was spent."""

    gift = fields.CharField(max_length=32, primary_key=True)
    undone_by = fields.CharField(max_length=16)
    undone_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_gift_undoing"


class CareRequest(Model):
    """Somebody asked that the care fund give points to a member in need. `digest` names all that both people see."""

    id = fields.CharField(max_length=32, primary_key=True)
    community = fields.CharField(max_length=15, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    points = fields.IntField()
    reason = fields.CharField(max_length=12, description="illness, accident, alone, hardship, other")
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=80)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_care_request"


class CareText(Model):
    """Why, in somebody's own words: it is about a person in need, so it can be erased."""

    request = fields.CharField(max_length=32, primary_key=True)
    text = fields.CharField(max_length=400)

    class Meta:
        table = "market_care_text"


class CareRuling(Model):
    """A second person agreed that the fund gives, or not."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_care_ruling"
