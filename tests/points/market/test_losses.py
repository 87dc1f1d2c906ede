"""Losses: with a reason, never below zero, and above a sum in a month by two people."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.market import losses
from points.market.errors import (
    BadFigure,
    NeedsReasonOfStock,
    StockNeedsTwo,
    TooFewThere,
)
from points.people.errors import NotAllowed
from tests.points.market.conftest import Town

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
