"""Clerks: who may look somebody up, enrol them and keep what is known of them right, in their own area."""

from __future__ import annotations

from ledger.book import Book
from points.people import areas, roles

ROLES = ("counter", "grid_worker", "admin")
"""A verifier is none: who judges what somebody did does not change what is known of them."""
PIN_ROLES = ("counter", "admin")
"""PINs and cards are handed out over the counter, never on the round of a grid."""


async def require(book: Book, by: str, area: str, names: tuple[str, ...] = ROLES) -> None:
    """Raise NotAllowed unless `by` holds one of these roles today where this area lies. Raises UnknownArea."""
    await roles.require_any(book, by, names, await areas.path(book, area))
