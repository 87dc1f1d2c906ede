"""The tables of people, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Area",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=15)),
                ("name", fields.CharField(max_length=80)),
                (
                    "level",
                    fields.CharField(
                        description="district, street, community, grid, building", max_length=12
                    ),
                ),
                ("parent", fields.CharField(null=True, db_index=True, max_length=15)),
                (
                    "path",
                    fields.CharField(
                        db_index=True, description="/440310000000/440310001000/440310001002/", max_length=120
                    ),
                ),
            ],
            options={
                "table": "people_area",
                "app": "people",
                "pk_attr": "code",
                "table_description": "A node of the tree, by its division code (12 digits, a grid adds 3). `path` holds the codes from the root.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Card",
            fields=[
                ("number", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                (
                    "token",
                    fields.CharField(
                        unique=True, description="128 random bits, in the card's QR", max_length=32
                    ),
                ),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("issued_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "people_card",
                "app": "people",
                "pk_attr": "number",
                "table_description": "A printed points card, it finds a person and never pays. `number` is 8 digits, the last a Damm check digit.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CardLoss",
            fields=[
                ("card", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=8)),
                ("lost_on", fields.CharField(max_length=10)),
                ("reported_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_card_loss",
                "app": "people",
                "pk_attr": "card",
                "table_description": "A card was lost, it finds nobody any more.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="member/kind", max_length=32
                    ),
                ),
                ("hash", fields.CharField(max_length=160)),
                ("set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("set_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "people_credential",
                "app": "people",
                "pk_attr": "id",
                "table_description": "The argon2id hash of a PIN or a password, replaced when it is set anew (may change, like sessions).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Household",
            fields=[
                ("number", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=20)),
                ("formed_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "people_household",
                "app": "people",
                "pk_attr": "number",
                "table_description": "People who declared that they live together.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="HouseholdJoin",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("household", fields.CharField(db_index=True, max_length=20)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("joined_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "people_household_join",
                "app": "people",
                "pk_attr": "id",
                "table_description": "A member joined a household, the latest join counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Member",
            fields=[
                (
                    "number",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="V-000123, staff S-0003",
                        max_length=16,
                    ),
                ),
                (
                    "kind",
                    fields.CharField(description="member kind of mission.md §3, or staff", max_length=20),
                ),
                (
                    "area",
                    fields.CharField(
                        db_index=True, description="the community they enrolled in", max_length=15
                    ),
                ),
                ("enrolled_on", fields.CharField(max_length=10)),
                ("batch", fields.CharField(null=True, max_length=32)),
            ],
            options={
                "table": "people_member",
                "app": "people",
                "pk_attr": "number",
                "table_description": "A person who may earn, or who works here, under a number that says nothing about them.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                ("member", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ("name", fields.CharField(max_length=40)),
                ("phone", fields.CharField(null=True, unique=True, max_length=20)),
                ("phone_tail", fields.CharField(null=True, db_index=True, max_length=4)),
                ("birthday", fields.CharField(null=True, description="MM-DD", max_length=5)),
            ],
            options={
                "table": "people_person",
                "app": "people",
                "pk_attr": "member",
                "table_description": "The erasable half of a member: everything by which somebody could be known.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("role", fields.CharField(max_length=20)),
                ("area", fields.CharField(null=True, description="null: the whole book", max_length=15)),
                ("from_on", fields.CharField(max_length=10)),
                ("until_on", fields.CharField(null=True, max_length=10)),
                ("granted_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(description="the act in the ledger", max_length=200)),
            ],
            options={
                "table": "people_role_grant",
                "app": "people",
                "pk_attr": "id",
                "table_description": "Somebody may do something in an area and below it, from a day on.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RoleRevocation",
            fields=[
                ("grant", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("revoked_on", fields.CharField(max_length=10)),
                ("revoked_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "people_role_revocation",
                "app": "people",
                "pk_attr": "grant",
                "table_description": "A grant ended before its time.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Team",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=80)),
                ("area", fields.CharField(max_length=15)),
                ("formed_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "people_team",
                "app": "people",
                "pk_attr": "name",
                "table_description": "A volunteer team (志愿队).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TeamJoin",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("team", fields.CharField(db_index=True, max_length=80)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("joined_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "people_team_join",
                "app": "people",
                "pk_attr": "id",
                "table_description": "A member joined a team.",
            },
            bases=["Model"],
        ),
    ]
