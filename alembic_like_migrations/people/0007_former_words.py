"""Names and phones that were put right, to be erased with whom they named."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    """One table whose rows may be erased."""

    dependencies = [("people", "0006_codes")]

    initial = False

    operations = [
        ops.CreateModel(
            name="FormerWord",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("field", fields.CharField(description="name, phone", max_length=8)),
                ("word", fields.CharField(max_length=40)),
            ],
            options={
                "table": "people_former_word",
                "app": "people",
                "pk_attr": "id",
                "table_description": "A name or a phone that a member had before it was put right, kept to be erased with them.",
            },
            bases=["Model"],
        ),
    ]
