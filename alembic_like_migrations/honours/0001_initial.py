"""The tables of certificates and boards, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Board",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("period", fields.CharField(description="2026-10, 2026-Q3, 2026", max_length=7)),
                (
                    "as_of",
                    fields.BigIntField(description="the last position of the ledger that was looked at"),
                ),
                (
                    "digest",
                    fields.CharField(
                        description="of the whole order, with those who are not shown", max_length=80
                    ),
                ),
                ("closed_on", fields.CharField(db_index=True, max_length=10)),
                ("closed_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "honours_board",
                "app": "honours",
                "unique_together": (("area", "period"),),
                "pk_attr": "id",
                "table_description": "The honours of an area and a period, closed: it is not computed again. `reference` is board/AREA/PERIOD.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BoardLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="board/place", max_length=40
                    ),
                ),
                ("board", fields.CharField(db_index=True, max_length=32)),
                ("place", fields.IntField()),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("honour", fields.IntField()),
                ("minutes", fields.IntField()),
            ],
            options={
                "table": "honours_board_line",
                "app": "honours",
                "pk_attr": "id",
                "table_description": "One member on a board, by their own consent. Those who did not agree have no line.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Certificate",
            fields=[
                (
                    "number",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="15 random digits and a Damm digit",
                        max_length=16,
                    ),
                ),
                ("member", fields.CharField(db_index=True, max_length=16)),
                (
                    "numbers",
                    fields.TextField(
                        description="the member numbers it counts, with spaces between", unique=False
                    ),
                ),
                ("area", fields.CharField(description="the community that certifies", max_length=15)),
                ("since_on", fields.CharField(max_length=10)),
                ("until_on", fields.CharField(max_length=10)),
                ("minutes", fields.IntField()),
                ("times", fields.IntField(description="how often they served")),
                (
                    "as_of",
                    fields.BigIntField(description="the last position of the ledger that was looked at"),
                ),
                ("digest", fields.CharField(description="of what it counts", max_length=80)),
                ("issued_on", fields.CharField(max_length=10)),
                ("issued_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "honours_certificate",
                "app": "honours",
                "pk_attr": "number",
                "table_description": "A service certificate: so many minutes of a member's service in a period, as the ledger said at a position.",
            },
            bases=["Model"],
        ),
    ]
