"""Acts on people stand once for each key, and name nobody."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import acts


@pytest.mark.anyio
async def test_an_act_stands_once_for_each_key(book: Book) -> None:
    """Pressing twice gives the first receipt; it is known by its reference."""
    named = acts.reference("pin", "V-000001", "k1")
    assert not await acts.known(book, named)
    first = await acts.post(book, "pin", "V-000001", {}, [], by="S-0001", key="k1")
    again = await acts.post(book, "pin", "V-000001", {}, [], by="S-0001", key="k1")
    assert (again.position, again.repeated) == (first.position, True)
    assert await acts.known(book, named)
