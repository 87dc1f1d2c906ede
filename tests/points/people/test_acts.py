"""Acts on people stand once for each key, and name nobody."""

from __future__ import annotations

import pytest

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.people import acts


@pytest.mark.anyio
async def test_an_act_stands_once_for_each_key(book: Book) -> None:
    """Pressing twice gives the first receipt; it is known by its reference."""
    assert await acts.before(book, "pin", "V-000001", {}, by="S-0001", key="k1") is None
    first = await acts.post(book, "pin", "V-000001", {}, [], by="S-0001", key="k1")
    again = await acts.post(book, "pin", "V-000001", {}, [], by="S-0001", key="k1")
    assert (again.position, again.repeated) == (first.position, True)
    done = await acts.before(book, "pin", "V-000001", {}, by="S-0001", key="k1")
    assert done is not None
    assert (done.position, done.subject) == (first.position, "V-000001/k1")


@pytest.mark.anyio
async def test_another_act_under_the_same_key_is_refused(book: Book) -> None:
    """By what was asked, or by whom; what was made for it is not asked."""
    made = {"home": "H-000001"}
    await acts.post(book, "move", "V-000001", made, [], by="S-0001", key="k1", request={"to": ""})
    assert await acts.before(book, "move", "V-000001", {"to": ""}, by="S-0001", key="k1")
    for asked, by in (({"to": "H-000002"}, "S-0001"), ({"to": ""}, "S-0002")):
        with pytest.raises(ReferenceConflict):
            await acts.before(book, "move", "V-000001", asked, by=by, key="k1")
