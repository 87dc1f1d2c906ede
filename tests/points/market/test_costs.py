"""What a thing cost on a day: the cost of then, whatever it costs now."""

from __future__ import annotations

import pytest

from points.keys import new_key
from points.market import crossings, settlements
from points.market.catalogue_records import ItemChange
from points.market.costs import Costs
from tests.points.market.allied import HAIRCUT, Allied, Watch
from tests.points.market.conftest import DISTRICT


@pytest.mark.anyio
async def test_a_cost_that_changes_later_changes_no_month_that_was(allied: Allied, watch: Watch) -> None:
    """What a thing cost on its day counts, in the balance and in the statement; the new cost from the day after."""
    book, month = allied.book, allied.month
    await allied.cut()
    item = (await allied.town.item(HAIRCUT)).number
    row = ItemChange(
        id=new_key(), item=item, what="cost_fen", value="4000", changed_on=allied.today.isoformat(),
        changed_by="S-0001", reference="item-change/test",
    )  # fmt: skip
    async with book.write() as db:
        await row.save(using_db=db, force_create=True)
    watch.next_month()
    later = allied.month
    await allied.cut()
    watch.next_month()
    assert [(await crossings.draw(book, DISTRICT, each)).fen for each in (month, later)] == [1000, 4000]
    said = await settlements.preview(book, allied.barber, later)
    assert [line.fen for line in said.lines] == [1000, 4000]


@pytest.mark.parametrize(
    ("day", "fen"),
    [
        ("2018-12-31", 1000),
        ("2019-01-05", 1000),
        ("2019-01-06", 2000),
        ("2019-02-01", 2000),
        ("2019-02-02", 3000),
    ],
)
def test_a_change_counts_from_the_day_after_until_the_next(day: str, fen: int) -> None:
    """On the very day it is changed the old cost stands, so what was handed over that morning keeps its cost."""
    costs = Costs({1: 1000, 2: 700}, {1: [("2019-01-05", 2000), ("2019-02-01", 3000)]})
    assert costs.on(1, day) == fen
    assert costs.on(2, day) == 700
