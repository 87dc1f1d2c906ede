"""What was written before under a reference is answered; something else under it is refused."""

from __future__ import annotations

import pytest

from ledger import encoding
from ledger.errors import ReferenceConflict
from ledger.transactions import Draft
from points.evidence import snapshots
from points.market import earlier
from points.market.errors import BadKey
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio


async def test_a_reference_gives_its_first_receipt_and_refuses_another_request(town: Town) -> None:
    """The receipt is the one that was given, marked as repeated; an unused reference has none."""
    evidence, rows = snapshots.take("note", "1", {}, at=town.book.now())
    asked = encoding.digest("one thing")
    first = await town.book.journal.post(Draft("note/1", "act", evidence, ON, asked, rows=rows))
    again = await earlier.receipt(town.book, "note/1", asked)
    assert again is not None
    assert again.repeated
    assert (again.position, again.recorded_at, again.leaf) == (first.position, first.recorded_at, first.leaf)
    assert await earlier.receipt(town.book, "note/2", asked) is None
    with pytest.raises(ReferenceConflict):
        await earlier.receipt(town.book, "note/1", encoding.digest("another"))


def test_a_key_is_what_may_stand_in_a_reference() -> None:
    """Up to 40 letters, digits, - and _."""
    assert earlier.checked_key("0190-Ab_9") == "0190-Ab_9"
    for key in ("", "a/b", "a" * 41, "键", "a\n", "a#1"):
        with pytest.raises(BadKey):
            earlier.checked_key(key)
