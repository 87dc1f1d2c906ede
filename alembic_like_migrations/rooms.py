"""The one list of rooms that have tables, as Tortoise wants it. To write a new migration:

python -m tortoise -c alembic_like_migrations.rooms.TORTOISE makemigrations
"""

from typing import Any

ROOMS = {
    "ledger": ["ledger.models"],
    "evidence": ["points.evidence.models"],
    "people": ["points.people.models", "points.people.records", "points.people.card_records"],
    "events": ["points.events.models", "points.events.records", "points.events.campaign_records"],
    "awards": [
        "points.awards.models",
        "points.awards.rule_records",
        "points.awards.fund_records",
        "points.awards.records",
        "points.awards.look_records",
        "points.awards.shared_records",
    ],
    "honours": ["points.honours.models"],
    "openness": ["points.openness.models", "points.openness.records"],
    "market": [
        "points.market.models",
        "points.market.catalogue_records",
        "points.market.stock_records",
        "points.market.giving.records",
        "points.market.slips.records",
        "points.market.allied_records",
        "points.market.undo_records",
        "points.market.shift_records",
        "points.market.reservation_records",
    ],
    "web": ["web.models"],
}

APPS: dict[str, dict[str, Any]] = {
    label: {
        "models": models,
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
