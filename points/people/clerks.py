"""Clerks: who may look somebody up, enrol them and keep what is known of them right, in their own area."""

from __future__ import annotations

from ledger.book import Book
from points.people import areas, roles
from points.people.errors import NotAllowed

ROLES = ("counter", "grid_worker", "admin")
"""A verifier is none: who judges what somebody did does not change what is known of them."""
PIN_ROLES = ("counter", "admin")
"""PINs and cards are handed out over the counter, never on the round of a grid."""


async def require(book: Book, by: str, area: str, names: tuple[str, ...] = ROLES) -> None:
    """Raise NotAllowed unless `by` holds one of these roles today where this area lies. Raises UnknownArea."""
    path = await areas.path(book, area)
    granted = await roles.grants_of(book, by, book.today())
    if not any(grant.role in names and areas.covers(path, grant.area) for grant in granted):
        raise NotAllowed(member=by, role=roles.NAMES[names[0]])
