"""Requests: what one person asks for and another, who saw the same, decides; how far one is, and whether it is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from ledger.book import Book
from points.people.errors import RequestChanged, RequestDecided, RequestLapsed

LAPSES_AFTER = timedelta(hours=72)
"""Nobody decides later than that: it is asked for anew."""


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
