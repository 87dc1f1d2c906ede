"""Corrections by two people with notes that can be erased, warnings of expiry, and years that were closed."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Six tables that are only ever inserted into, and the notes."""

    dependencies = [("awards", "0005_funds"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CorrectionDecision",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_correction_decision",
                "app": "awards",
                "pk_attr": "request",
                "table_description": "A second person approved or refused a request for a correction.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CorrectionNote",
            fields=[
                (
                    "about",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="a correction's reference, or a request's key",
                        max_length=200,
                    ),
                ),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "awards_correction_note",
                "app": "awards",
                "pk_attr": "about",
                "table_description": "What somebody wrote about a correction or a request for one, it can be erased. The reason's code stays.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "award",
                    fields.CharField(db_index=True, description="the award's reference", max_length=200),
                ),
                ("reason", fields.CharField(max_length=40)),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_correction_request",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "Somebody asked that an award be corrected. `digest` names all that would move, as both people see it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CorrectionTurn",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="S-0003/2026-11-22/0, V-000001/2026-11/0",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "table": "awards_correction_turn",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "A turn of one person's corrections of a day, or of a member's in a month: each can be taken once.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExpiryWarning",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="2027-12-31/60/V-000001",
                        max_length=40,
                    ),
                ),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("until_on", fields.CharField(max_length=10)),
                ("days", fields.IntField(description="60 or 14 days ahead")),
                ("points", fields.BigIntField(description="what stood there when it was said")),
                ("warned_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_expiry_warning",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "A member was warned that points of theirs expire, once for each day and distance.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="YearClose",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="440310001001/2026",
                        max_length=20,
                    ),
                ),
                ("request", fields.CharField(unique=True, max_length=32)),
                ("asked_by", fields.CharField(max_length=16)),
                ("closed_by", fields.CharField(max_length=16)),
                ("closed_on", fields.CharField(max_length=10)),
                ("digest", fields.CharField(description="of the figures as canonical text", max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_year_close",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "A community's year was closed: its statement is the snapshot year/COMMUNITY/YEAR and never changes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="YearRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("community", fields.CharField(db_index=True, max_length=15)),
                ("year", fields.IntField()),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(description="of the figures as canonical text", max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_year_request",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "Somebody asked that a community's year be closed with these figures.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
