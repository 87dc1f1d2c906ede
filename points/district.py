"""Open a district's book: the ledger's book with our chart of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from alembic_like_migrations.rooms import APPS
from ledger import places, schema
from ledger.book import Book, open_book
from points.chart import CHART
from points.evidence import lost


def open_district(
    url: str, *, zone: str = "Asia/Shanghai", witness: Path | None = None
) -> AbstractAsyncContextManager[Book]:
    """The book at `url`, for as long as the `async with` lasts. `zone` decides which day an instant belongs to.

    It is read-only unless it holds what was signed and what a witness saw (`witness`, a checkpoint's file).
    """
    return open_book(url, chart=CHART, apps=APPS, zone=zone, witness=witness, lost=lost.rows)


async def make(url: str, *, upto: Mapping[str, str] | None = None) -> None:
    """Make the book at an address, or bring it up to our newest schema; a file appears whole.

    On PostgreSQL it can be told where to stop: `upto` names the last migration of each room.
    """
    await places.make(url, APPS, upto=upto)


async def migrate(place: Path | str) -> None:
    """Bring a book's file or address up to our newest schema; an empty or absent one becomes an empty book."""
    await schema.migrate(place, APPS)
