"""A rule book on its way: the saves of its draft, who asked to publish it, and who decided."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Three more tables that are only ever inserted into."""

    dependencies = [("awards", "0003_stands"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RuleBookDecision",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                (
                    "version",
                    fields.IntField(null=True, unique=True, description="the version that it became"),
                ),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_rule_decision",
                "app": "awards",
                "pk_attr": "request",
                "table_description": "Another person decided on it. What was approved was published in the same transaction.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RuleBookRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("draft", fields.CharField(max_length=32)),
                ("version", fields.IntField(db_index=True, description="the version that it is to be")),
                ("meeting", fields.CharField(description="the event", max_length=32)),
                (
                    "papers",
                    fields.TextField(
                        description="canonical JSON: key, digest and name of each attachment", unique=False
                    ),
                ),
                ("digest", fields.CharField(description="of all that both people see", max_length=80)),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "awards_rule_request",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "Somebody asked that a draft be published, with the minutes of the meeting that agreed on it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RuleDraft",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "before",
                    fields.CharField(
                        unique=True,
                        description="version/N, or the save it was made from: one follows each",
                        max_length=40,
                    ),
                ),
                (
                    "follows",
                    fields.IntField(db_index=True, description="the version in whose place it is to come"),
                ),
                ("text", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=80)),
                ("saved_by", fields.CharField(max_length=16)),
                ("saved_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "awards_rule_draft",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "The draft of the next rule book was saved. The newest save that follows the newest version is the draft.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
