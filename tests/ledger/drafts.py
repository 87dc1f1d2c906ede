"""A chart of a few accounts and a short way to write drafts, for the tests of the ledger that know of no volunteers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from alembic_like_migrations.rooms import APPS
from ledger import encoding
from ledger.accounts import Chart, Rule
from ledger.book import Book, open_book
from ledger.transactions import Draft, Evidence, Posting

CHART = Chart(
    (
        Rule("bank", "points", floor=None),
        Rule("bank", "honour", floor=None),
        Rule("bank", "cap", floor=None),
        Rule("bank", "item:*", floor=None),
        Rule("box/{name}", "points"),
        Rule("box/{name}", "honour", floor=None),
        Rule("box/{name}", "item:*"),
        Rule("box/{name}/until/{date}", "points"),
        Rule("box/{name}/cap/{rule}:{limit}/{month}", "cap", floor="limit"),
    )
)

DAY = date(2018, 7, 4)


def move(source: str, target: str, amount: int, unit: str = "points") -> Posting:
    """A posting; `a` stands for `box/a`."""
    return Posting(_address(source), _address(target), amount, unit)


def _address(name: str) -> str:
    return name if "/" in name or name == "bank" else f"box/{name}"


def draft(
    reference: str,
    *postings: Posting,
    kind: str = "move",
    asked: str = "",
    reverses: str | None = None,
    rows: tuple[Any, ...] = (),
    on: date = DAY,
    evidence: Evidence | None = None,
    seen: tuple[tuple[str, str, int], ...] = (),
) -> Draft:
    """A draft in good form; `asked` is what its request is the digest of, by default its reference."""
    return Draft(
        reference=f"t/{reference}",
        kind=kind,
        evidence=evidence or Evidence("note", reference, encoding.digest(reference)),
        effective_on=on,
        request=encoding.digest(asked or reference),
        postings=postings,
        reverses=None if reverses is None else f"t/{reverses}",
        rows=rows,
        seen=seen,
    )


@asynccontextmanager
async def opened(place: Path | str, *, chart: Chart = CHART) -> AsyncIterator[Book]:
    """A migrated book on this chart, open: a file, or an address."""
    url = str(place) if "://" in str(place) else f"sqlite://{place}"
    async with open_book(url, chart=chart, apps=APPS) as book:
        yield book


@asynccontextmanager
async def fresh(folder: Path, name: str = "book.db", *, chart: Chart = CHART) -> AsyncIterator[Book]:
    """An empty book on this chart, open."""
    from tests import books  # the attacks run this file in a tree that has no points

    url = await books.make(folder, name)
    async with open_book(url, chart=chart, apps=APPS) as book:
        yield book
