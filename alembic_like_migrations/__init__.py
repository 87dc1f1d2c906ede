"""The history of the schema: one folder for each Tortoise app, the guards as SQL beside the migration that sets them.

`APPS` is the one list of rooms that have tables. A book is migrated by `ledger.schema`; to write a new migration:

    python -m tortoise -c alembic_like_migrations.TORTOISE makemigrations
"""

from typing import Any

ROOMS = {
    "ledger": "ledger.models",
    "evidence": "points.evidence.models",
    "people": "points.people.models",
    "events": "points.events.models",
    "awards": "points.awards.models",
    "openness": "points.openness.models",
    "market": "points.market.models",
}

APPS: dict[str, dict[str, Any]] = {
    label: {
        "models": [models],
        "migrations": f"alembic_like_migrations.{label}",
        "default_connection": "writer",
    }
    for label, models in ROOMS.items()
}

TORTOISE: dict[str, Any] = {
    "connections": {"writer": "sqlite://:memory:"},
    "apps": APPS,
    "use_tz": True,
    "timezone": "UTC",
}
