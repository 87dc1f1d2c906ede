"""The tables of web, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Job",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36)),
                ("kind", fields.CharField(max_length=40)),
                ("arguments", fields.TextField(unique=False)),
                (
                    "state",
                    fields.CharField(
                        db_index=True, description="waiting, running, done or failed", max_length=10
                    ),
                ),
                ("done", fields.BigIntField(default=0)),
                ("total", fields.BigIntField(null=True)),
                ("message", fields.CharField(default="", max_length=400)),
                ("result", fields.TextField(null=True, unique=False)),
                ("asked_by", fields.CharField(max_length=40)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "beat_at",
                    fields.DatetimeField(
                        null=True,
                        description="the worker's last sign of life",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
            ],
            options={
                "table": "web_job",
                "app": "web",
                "pk_attr": "id",
                "table_description": "Long work whose progress survives a reload. `arguments` and `result` are JSON texts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Limit",
            fields=[
                ("key", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=100)),
                ("count", fields.IntField()),
                (
                    "until",
                    fields.DatetimeField(
                        description="the count is forgotten, or the lock ends, at this time",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
            ],
            options={
                "table": "web_limit",
                "app": "web",
                "pk_attr": "key",
                "table_description": "How often something was tried. `key` is a digest where it is made from what a person typed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ("member", fields.CharField(db_index=True, description="the person's number", max_length=40)),
                ("kind", fields.CharField(description="resident (PIN) or staff (password)", max_length=10)),
                (
                    "csrf",
                    fields.CharField(description="what every form of this session must carry", max_length=43),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "seen_at",
                    fields.DatetimeField(
                        description="kept to the minute", auto_now=False, auto_now_add=False
                    ),
                ),
                (
                    "expires_at",
                    fields.DatetimeField(
                        db_index=True,
                        description="its end, however busy it is",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
                (
                    "stepped_up_at",
                    fields.DatetimeField(
                        null=True,
                        description="when the password was last asked again",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
            ],
            options={
                "table": "web_session",
                "app": "web",
                "pk_attr": "id",
                "table_description": "One signed-in browser. `id` is the SHA-256 (hex) of the cookie, so the table cannot be used to sign in.",
            },
            bases=["Model"],
        ),
    ]
