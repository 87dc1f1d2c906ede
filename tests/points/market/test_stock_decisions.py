"""The second person's word: on what was seen, once, by another; approved, the stock moves in the same entry."""

from __future__ import annotations

import pytest

from points.market import losses, stock_decisions, stock_requests
from points.market.errors import StockNeedsOther, StockNeedsTwo, TooFewThere
from points.people.errors import RequestChanged, RequestDecided
from tests.points.market.conftest import Town
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio


async def test_the_second_person_is_another_and_decides_on_what_was_seen(town: Town) -> None:
    """Not who asked, not who may only serve; once; then the goods are gone."""
    there = await lay(town)
    cooker = (await town.item("电饭煲")).number
    await town.stock(电饭煲=9)
    lines = [(cooker, 7, "stolen")]
    with pytest.raises(StockNeedsTwo):
        await losses.report(town.book, town.shop, lines, by=town.keeper, key="k")
    asked = await losses.ask(town.book, town.shop, lines, by=town.keeper, key="k")
    assert await losses.ask(town.book, town.shop, lines, by=town.keeper, key="k") == asked
    assert [each.id for each in await stock_requests.waiting(town.book, [town.shop.number])] == [asked.id]
    for by in (town.keeper, town.counter, there.there):
        with pytest.raises(StockNeedsOther):
            await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=by)
    with pytest.raises(RequestChanged):
        await stock_decisions.decide(town.book, asked.id, approved=True, digest="sha256:0", by=there.second)
    for _ in range(2):
        done = await stock_decisions.decide(
            town.book, asked.id, approved=True, digest=asked.digest, by=there.second
        )
        assert done.state == "approved"
    with pytest.raises(RequestDecided):
        await stock_decisions.decide(
            town.book, asked.id, approved=False, digest=asked.digest, by=there.second
        )
    assert await there.left(cooker) == 2
    assert [row.approved_by for row in await losses.of_shop(town.book, town.shop)] == [there.second]


async def test_a_refused_request_moves_nothing_and_too_few_is_said(town: Town) -> None:
    """Refused: the shelf stays. Approved when too few are left: it is said, and it stays open."""
    there = await lay(town)
    await town.stock(电饭煲=3)
    cooker = (await town.item("电饭煲")).number
    asked = [
        await losses.ask(town.book, town.shop, [(cooker, n, "stolen")], by=town.keeper, key=f"k{n}")
        for n in (2, 4)
    ]
    await stock_decisions.decide(
        town.book, asked[0].id, approved=False, digest=asked[0].digest, by=there.second
    )
    with pytest.raises(TooFewThere):
        await stock_decisions.decide(
            town.book, asked[1].id, approved=True, digest=asked[1].digest, by=there.second
        )
    assert await there.left(cooker) == 3
    assert (await stock_requests.find(town.book, asked[1].id)).state == "open"
