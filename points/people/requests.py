"""Requests: what one person asks for and another, who saw the same, decides; how far one is, and whether it is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from tortoise.expressions import RawSQL
from tortoise.models import Model
from tortoise.queryset import QuerySet

from ledger.book import Book
from points import paging
from points.paging import Part, Turn
from points.people.errors import RequestChanged, RequestDecided, RequestLapsed

M = TypeVar("M", bound=Model)

LAPSES_AFTER = timedelta(hours=72)
"""Nobody decides later than that: it is asked for anew."""


MOST = 100
"""So many are read at once by who wants to know how many wait."""


class Asked(Protocol):
    """Of a request as both people see it, what deciding looks at."""

    @property
    def state(self) -> str:
        """open, approved, refused or lapsed."""

    @property
    def decided_by(self) -> str | None:
        """Who decided, None while nobody did."""

    @property
    def digest(self) -> str:
        """What names all that both people see."""


def state(book: Book, asked_at: datetime, approved: bool | None) -> str:
    """How far a request is: approved or refused as it was decided, open or lapsed while `approved` is None."""
    if approved is not None:
        return "approved" if approved else "refused"
    return "open" if book.now() - asked_at < LAPSES_AFTER else "lapsed"


def undecided(book: Book, rows: QuerySet[M], rulings: str) -> QuerySet[M]:
    """Of these requests those that nobody decided and that have not lapsed; `rulings` is the table of decisions."""
    table = rows.model._meta.db_table
    ruled = f"(SELECT count(*) FROM {rulings} AS x WHERE x.request = {table}.id)"  # noqa: S608 - tables of ours
    open_ = rows.annotate(ruled=RawSQL(ruled)).filter(ruled=0, asked_at__gt=book.now() - LAPSES_AFTER)
    return open_.using_db(book.reader)


async def named(rows: QuerySet[M], column: str) -> set[str]:
    """What these requests say in a column: where they are for. One statement."""
    return {str(each) for each in await rows.values_list(column, flat=True)}


async def part(rows: QuerySet[M], turn: Turn, *, limit: int) -> Part[M]:
    """A part of some requests, the oldest first. One statement."""
    return await paging.part(rows, turn, by=("asked_at", "id"), rising=True, limit=limit)


def was_decided(asked: Asked, *, approved: bool, by: str) -> bool:
    """Whether just this was decided by just them before. Raises RequestDecided when it was decided in another way."""
    if asked.state not in ("approved", "refused"):
        return False
    if (asked.state == "approved") != approved or asked.decided_by != by:
        raise RequestDecided
    return True


def require_open(asked: Asked, digest: str) -> None:
    """Raise RequestLapsed, or RequestChanged for one that is not as it was seen."""
    if asked.state == "lapsed":
        raise RequestLapsed
    if digest != asked.digest:
        raise RequestChanged
