"""Who keeps the register, and where."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import clerks
from points.people.errors import NotAllowed
from tests.points.people import clerks_of, village


@pytest.mark.anyio
async def test_clerks_act_where_they_are_and_hand_out_only_at_the_counter(book: Book) -> None:
    """Counter, grid worker and admin in their area; PINs never on a round; a verifier not at all."""
    counter, walker = await clerks_of.staff(book, "counter"), await clerks_of.staff(book, "grid_worker")
    verifier = await clerks_of.staff(book, "verifier")
    await clerks.require(book, counter, village.LIUHE)
    await clerks.require(book, walker, village.LIUHE)
    for by, area, names in (
        (counter, village.NANBU, clerks.ROLES),
        (walker, village.LIUHE, clerks.PIN_ROLES),
        (verifier, village.LIUHE, clerks.ROLES),
        ("V-000099", village.LIUHE, clerks.ROLES),
    ):
        with pytest.raises(NotAllowed):
            await clerks.require(book, by, area, names)
