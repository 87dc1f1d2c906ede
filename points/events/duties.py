"""Duties: which roles may take which part in the life of an event, in its area and for that day."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.book import Book
from points.people import areas, roles
from points.people.errors import NotAllowed
from points.people.roles import Grant

FILERS = ("grid_worker", "grid_head")
DISPATCHERS = ("grid_head",)
HANDLERS = ("liaison", "grid_head")
"""Who answers for a unit. Whoever an event was sent to by name may answer for themself."""
VERIFIERS = ("verifier",)
ARCHIVERS = ("grid_head", "admin")
REOPENERS = ("grid_head", "verifier", "admin")
JUDGES = ("grid_head", "verifier")
"""Who may say that an event was found false."""
PROVERS = ("grid_worker", "grid_head", "liaison", "mediator")
"""Who brings pictures and papers that prove an event; whoever verifies it only looks at them."""
AMENDERS = ("grid_head", "admin")
SETTERS = ("grid_head", "admin")
"""Who adds units and campaigns."""

OF_STEP = {
    "reported": FILERS,
    "assigned": DISPATCHERS,
    "handled": HANDLERS,
    "verified": VERIFIERS,
    "archived": ARCHIVERS,
    "rated": ARCHIVERS,
    "reopened": REOPENERS,
    "found_false": JUDGES,
}
"""The roles that may take each step."""


async def require(book: Book, member: str, names: Sequence[str], path: str) -> None:
    """Raise NotAllowed unless a member holds one of these roles today where this path leads."""
    granted = await roles.grants_of(book, member, book.today())
    if not covered(granted, names, path):
        raise NotAllowed(member=member, role=roles.NAMES.get(names[0], names[0]))


def covered(granted: Sequence[Grant], names: Sequence[str], path: str) -> bool:
    """Whether one of these grants is of one of these roles, and for the area at this path."""
    return any(grant.role in names and areas.covers(path, grant.area) for grant in granted)
