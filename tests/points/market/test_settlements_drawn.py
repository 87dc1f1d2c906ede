"""Statements that were drawn up: which of them wait, and what names each."""

from __future__ import annotations

import pytest

from points.market import settlements, settlements_drawn
from points.market.allied_errors import UnknownSettlement
from tests.points.market.allied import Allied, Watch
from tests.points.market.settling import approve, draw

pytestmark = pytest.mark.anyio


async def test_only_the_newest_of_a_month_waits_until_it_is_settled(allied: Allied, watch: Watch) -> None:
    """An older one is shown with its shop but waits for nobody, not even once the newer is settled."""
    book, month = allied.book, allied.month
    await allied.cut()
    watch.next_month()
    older, newer = [await draw(allied, month) for _ in range(2)]
    assert [one.id for one in await settlements_drawn.waiting(book)] == [newer.id]
    await approve(allied, newer)
    assert await settlements_drawn.waiting(book) == []
    shown = await settlements_drawn.of_shop(book, allied.barber)
    assert [(one.id, one.state) for one in shown] == [(newer.id, "approved"), (older.id, "open")]
    assert not await settlements_drawn.of_shop(book, allied.town.shop)


async def test_a_note_gives_a_statement_another_name(allied: Allied, watch: Watch) -> None:
    """Two of the same lines have names of their own, and an objection to one changes its name alone."""
    book, month = allied.book, allied.month
    await allied.cut()
    watch.next_month()
    one, other = [await draw(allied, month) for _ in range(2)]
    assert one.statement == other.statement
    await settlements.note(book, one.id, "少了一次体检", by=allied.zhou, form="note")
    noted = await settlements_drawn.find(book, one.id)
    assert [(note.noted_by, note.text) for note in noted.notes] == [(allied.zhou, "少了一次体检")]
    assert len({one.digest, other.digest, noted.digest}) == 3
    assert await settlements_drawn.find(book, other.id) == other


@pytest.mark.parametrize("key", ["", "nobody", "x" * 40])
async def test_a_statement_that_is_none_is_said(allied: Allied, key: str) -> None:
    """Whatever stands in an address."""
    with pytest.raises(UnknownSettlement):
        await settlements_drawn.find(allied.book, key)
