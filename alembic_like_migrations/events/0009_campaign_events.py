"""Events of any kind that joined a campaign after they were written down."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table that is only ever inserted into."""

    dependencies = [("events", "0008_batch_names"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CampaignEvent",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("campaign", fields.CharField(db_index=True, max_length=32)),
                ("joined_on", fields.CharField(max_length=10)),
                ("joined_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_campaign_event",
                "app": "events",
                "pk_attr": "event",
                "table_description": "An event of any kind joined a campaign after it was written down, at most one.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
