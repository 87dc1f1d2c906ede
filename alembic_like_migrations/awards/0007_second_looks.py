"""Second looks at a random few of the awards, and what was written to who reads, which can be erased."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Three tables that are only ever inserted into, and the notes; nobody looks again at what they verified."""

    dependencies = [("awards", "0006_corrections")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "award",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="the award's reference",
                        max_length=200,
                    ),
                ),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("member", fields.CharField(max_length=16)),
                ("verifier", fields.CharField(db_index=True, description="who verified it", max_length=16)),
                ("drawn_on", fields.CharField(db_index=True, max_length=10)),
            ],
            options={
                "table": "awards_second_look",
                "app": "awards",
                "pk_attr": "award",
                "table_description": "An award was drawn for a second look, in the commit that wrote it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SecondLookAnswer",
            fields=[
                ("award", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("verifier", fields.CharField(db_index=True, max_length=16)),
                ("agrees", fields.BooleanField()),
                (
                    "request",
                    fields.CharField(null=True, description="the request for a correction", max_length=32),
                ),
                ("answered_on", fields.CharField(db_index=True, max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_second_look_answer",
                "app": "awards",
                "pk_attr": "award",
                "table_description": "Another verifier looked and agrees, or does not and asked that the award be corrected.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SecondLookGiven",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("award", fields.CharField(db_index=True, max_length=200)),
                ("verifier", fields.CharField(db_index=True, max_length=16)),
                ("given_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "awards_second_look_given",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "A second look was given to another verifier by rota, the latest counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="VerificationNote",
            fields=[
                (
                    "contribution",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("text", fields.CharField(max_length=120)),
            ],
            options={
                "table": "awards_verification_note",
                "app": "awards",
                "pk_attr": "contribution",
                "table_description": "What a verifier wrote to somebody whose contribution goes back, it can be erased. The reason's code stays.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
