"""Redemptions undone, what waits for a second person, and shifts: who stood at a counter, what was counted."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Tables that are only ever inserted into, notes that can be erased, and the shift of a redemption."""

    dependencies = [("market", "0005_slips_and_gifts"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="shop.member.number",
                        max_length=60,
                    ),
                ),
                ("shop", fields.IntField()),
                ("member", fields.CharField(max_length=16)),
                ("number", fields.IntField(description="the how-manieth of this member in this shop")),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_shift",
                "app": "market",
                "unique_together": (("shop", "member", "number"),),
                "indexes": [Index(fields=["shop", "opened_at"])],
                "pk_attr": "id",
                "table_description": "Somebody's time at a shop's counter, begun by a press or by their first redemption.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShiftClosing",
            fields=[
                ("shift", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60)),
                ("closed_by", fields.CharField(max_length=16)),
                ("closed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("redemptions", fields.IntField()),
                ("points", fields.IntField()),
                ("undone", fields.IntField()),
                ("undone_points", fields.IntField()),
                ("manual", fields.IntField()),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_shift_closing",
                "app": "market",
                "pk_attr": "shift",
                "table_description": "A shift ended, with the figures of its sheet.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShiftCount",
            fields=[
                ("shift", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60)),
                ("counted_by", fields.CharField(max_length=16)),
                ("counted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_shift_count",
                "app": "market",
                "pk_attr": "shift",
                "table_description": "What stands on the shelf was counted, before anybody was shown what the book says.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShiftCountLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="shift#item", max_length=80
                    ),
                ),
                ("shift", fields.CharField(db_index=True, max_length=60)),
                ("item", fields.IntField()),
                ("counted", fields.IntField()),
            ],
            options={
                "table": "market_shift_count_line",
                "app": "market",
                "pk_attr": "id",
                "table_description": "So many of an item were counted.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShiftDifference",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="shift#item", max_length=80
                    ),
                ),
                ("shift", fields.CharField(db_index=True, max_length=60)),
                ("item", fields.IntField()),
                ("counted", fields.IntField()),
                ("book", fields.IntField()),
            ],
            options={
                "table": "market_shift_difference",
                "app": "market",
                "pk_attr": "id",
                "table_description": "At a counted shift's end, an item of which the shelf held something else than the book.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShiftNote",
            fields=[
                (
                    "about",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="shift#item", max_length=80
                    ),
                ),
                ("text", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_shift_note",
                "app": "market",
                "pk_attr": "about",
                "table_description": "What somebody wrote about a difference, it can be erased.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShiftTakeover",
            fields=[
                ("shift", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=60)),
                ("taken_by", fields.CharField(max_length=16)),
                ("taken_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_shift_takeover",
                "app": "market",
                "pk_attr": "shift",
                "table_description": "The next one looked at the sheet and took over.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="UndoDecision",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_undo_decision",
                "app": "market",
                "pk_attr": "request",
                "table_description": "A second person said yes or no to a request.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="UndoNote",
            fields=[
                ("about", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("text", fields.CharField(max_length=500)),
            ],
            options={
                "table": "market_undo_note",
                "app": "market",
                "pk_attr": "about",
                "table_description": "What somebody wrote about an undoing or a request, it can be erased.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="UndoRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("redemption", fields.CharField(db_index=True, max_length=200)),
                ("shop", fields.IntField()),
                ("reason", fields.CharField(max_length=20)),
                (
                    "stays",
                    fields.CharField(description="what stays with them, [[item, quantity]]", max_length=500),
                ),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=71)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_undo_request",
                "app": "market",
                "pk_attr": "id",
                "table_description": "Somebody asks that a redemption be undone, which takes a second person.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Undoing",
            fields=[
                (
                    "of_reference",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200),
                ),
                ("shop", fields.IntField()),
                ("reason", fields.CharField(max_length=20)),
                ("rest", fields.CharField(null=True, unique=True, max_length=200)),
                ("undone_by", fields.CharField(db_index=True, max_length=16)),
                ("approved_by", fields.CharField(null=True, max_length=16)),
                ("undone_on", fields.CharField(max_length=10)),
                ("undone_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_undoing",
                "app": "market",
                "pk_attr": "of_reference",
                "table_description": "A redemption was undone, whole, what of it stays is a redemption of its own (`rest`).",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="Redemption",
            name="shift",
            field=fields.CharField(
                null=True, db_index=True, description="of who handed them over", max_length=60
            ),
        ),
        SqlFile(),
    ]
