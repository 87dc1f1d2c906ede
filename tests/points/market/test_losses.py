"""Losses: with a reason, never below zero, and above a sum in a month by two people."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.market import losses, stock_decisions, stock_requests
from points.market.errors import (
    BadFigure,
    NeedsReasonOfStock,
    StockNeedsOther,
    StockNeedsTwo,
    TooFewThere,
)
from points.people.errors import NotAllowed, RequestChanged, RequestDecided
from tests.points.market.conftest import Town
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio


async def test_what_is_lost_leaves_the_shelf_for_its_reason(town: Town) -> None:
    """One entry, one row for each item; pressed twice it is lost once; more than there is stays where it is."""
    soap = (await town.item("香皂")).number
    await town.stock(香皂=5)
    for _ in range(2):
        await losses.report(town.book, town.shop, [(soap, 2, "过期")], by=town.keeper, key="k1")
    (row,) = await losses.of_shop(town.book, town.shop)
    assert (row.item, row.quantity, row.reason, row.reported_by) == (soap, 2, "expired", town.keeper)
    unit = chart.item(soap)
    held = await statements.balances_of(
        town.book.reader, [(chart.stock(1), unit), (chart.LOST, unit), (chart.GOODS, unit)]
    )
    assert list(held.values()) == [3, 2, -5]
    with pytest.raises(TooFewThere, match="香皂现在只有 3 份，不够 4 份"):
        await losses.report(town.book, town.shop, [(soap, 4, "broken")], by=town.keeper, key="k2")
    with pytest.raises(ReferenceConflict):
        await losses.report(town.book, town.shop, [(soap, 1, "broken")], by=town.keeper, key="k1")


async def test_a_loss_needs_a_keeper_a_reason_and_a_number(town: Town) -> None:
    """Who hands over does not write off."""
    await town.stock(香皂=5)
    for by in (town.counter, town.admin):
        with pytest.raises(NotAllowed):
            await losses.report(town.book, town.shop, [(1, 1, "broken")], by=by, key="k")
    for reason in ("", "不想要"):
        with pytest.raises(NeedsReasonOfStock):
            await losses.report(town.book, town.shop, [(1, 1, reason)], by=town.keeper, key="k")
    for lines in ([], [(1, 0, "broken")], [(1, 1, "broken"), (1, 1, "expired")]):
        with pytest.raises(BadFigure):
            await losses.report(town.book, town.shop, lines, by=town.keeper, key="k")


async def test_many_small_losses_need_a_second_person_like_one_large_one(town: Town) -> None:
    """However many are entered at once, one person writes off for 200 yuan in a month and no more."""
    cooker = (await town.item("电饭煲")).number
    fen = (await town.item("电饭煲")).cost_fen
    await town.stock(电饭煲=9)
    done = await asyncio.gather(
        *(
            losses.report(town.book, town.shop, [(cooker, 1, "stolen")], by=town.keeper, key=f"k{n}")
            for n in range(6)
        ),
        return_exceptions=True,
    )
    alone = losses.ALONE_AT_MOST // fen
    assert 0 < alone < 6
    assert sum(isinstance(each, StockNeedsTwo) for each in done) == 6 - alone
    assert len(await losses.of_shop(town.book, town.shop)) == alone


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
    assert [each.id for each in await stock_requests.waiting(town.book)] == [asked.id]
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
