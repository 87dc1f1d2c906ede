"""Goods in: with a document, by the stock keeper, once for each key."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.market import deliveries, losses, shops, stock_decisions
from points.market.deliveries import Origin
from points.market.errors import (
    BadFigure,
    BadKey,
    DeliveryCorrected,
    NeedsReasonOfStock,
    NoDocument,
    NoSupplier,
    StockNeedsOther,
    StockNeedsTwo,
    TooFewThere,
    UnknownDelivery,
    UnknownItem,
)
from points.paging import Turn
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio


async def receive(
    town: Town, goods: dict[int, int], *, document: str = "单据 1", by: str = "", key: str = "d1"
) -> int:
    """陈静 takes goods in; the position of the transaction."""
    receipt = await deliveries.receive(
        town.book, town.shop, goods, document=document, by=by or town.keeper, on=ON, key=key
    )
    return receipt.position


async def test_goods_come_from_outside_onto_the_shelf(town: Town) -> None:
    """One transaction and one row for each item; goods, services and honours alike."""
    await receive(town, {7: 12, 16: 3, 20: 50})
    assert await shops.stock(town.book, town.shop) == {7: 12, 16: 3, 20: 50}
    assert await statements.balance(town.book.reader, chart.GOODS, chart.item(7)) == -12
    (found,) = await deliveries.of_shop(town.book, town.shop)
    assert dict(found.goods) == {7: 12, 16: 3, 20: 50}
    assert (found.document, found.received_by, found.reference) == ("单据 1", town.keeper, "stock/1/d1")


async def test_the_same_delivery_sent_twenty_times_is_one_delivery(town: Town) -> None:
    """And other goods under its key are refused."""
    positions = await asyncio.gather(*(receive(town, {7: 12}) for _ in range(20)))
    assert len(set(positions)) == 1
    with pytest.raises(ReferenceConflict):
        await receive(town, {7: 13})
    assert await shops.stock(town.book, town.shop) == {7: 12}
    assert len(await deliveries.of_shop(town.book, town.shop)) == 1


@pytest.mark.parametrize("goods", [{}, {7: 0}, {7: -1}, {7: 1_000_001}, dict.fromkeys(range(1, 202), 1)])
async def test_quantities_are_whole_numbers_that_make_sense(town: Town, goods: dict[int, int]) -> None:
    """From 1 on, and no more kinds than one transaction holds."""
    with pytest.raises(BadFigure):
        await receive(town, goods)


async def test_a_delivery_needs_its_document_a_known_item_and_a_key(town: Town) -> None:
    """Nothing comes from nowhere."""
    for document in ("", " 1", "单" * 61):
        with pytest.raises(NoDocument):
            await receive(town, {7: 1}, document=document)
    with pytest.raises(UnknownItem, match="98、99"):
        await receive(town, {7: 1, 99: 1, 98: 1})
    with pytest.raises(BadKey):
        await receive(town, {7: 1}, key="d/1")
    assert await shops.stock(town.book, town.shop) == {}


async def test_only_the_stock_keeper_takes_goods_in(town: Town) -> None:
    """Who hands over does not also fill the shelf."""
    for by in (town.counter, town.admin, town.wang):
        with pytest.raises(NotAllowed):
            await receive(town, {7: 1}, by=by)


async def test_a_wrong_delivery_is_undone_once_with_its_reason(town: Town) -> None:
    """Its goods leave again by an entry that reverses the first; twice is once; another is told that it is done."""
    there = await lay(town)
    delivery = await there.deliver(香皂=12, 食盐=3)
    assert (delivery.goods, delivery.correction) == ({1: 12, 2: 3}, None)
    receipts = [
        await deliveries.correct(town.book, town.shop, delivery, "记了两次", by=town.keeper) for _ in range(2)
    ]
    assert receipts[0].position == receipts[1].position
    with pytest.raises(DeliveryCorrected):
        await deliveries.correct(town.book, town.shop, delivery, "wrong_item", by=there.second)
    assert await shops.stock(town.book, town.shop) == {1: 0, 2: 0}
    again = await deliveries.find(town.book, town.shop, delivery.position)
    assert again.correction is not None
    assert (again.correction.reason, again.correction.corrected_by) == ("entered_twice", town.keeper)
    with pytest.raises(DeliveryCorrected):
        await deliveries.ask(town.book, town.shop, again, "wrong_item", by=town.keeper, key="k")


async def test_what_was_handed_over_cannot_be_sent_back(town: Town) -> None:
    """Below zero is refused plainly and the shelf stays as it is."""
    there = await lay(town)
    delivery = await there.deliver(香皂=3)
    await losses.report(town.book, town.shop, [(1, 1, "broken")], by=town.keeper, key="l")
    with pytest.raises(TooFewThere, match="香皂现在只有 2 份，不够 3 份"):
        await deliveries.correct(town.book, town.shop, delivery, "sent_back", by=town.keeper)
    for by in (town.counter, town.admin):
        with pytest.raises(NotAllowed):
            await deliveries.correct(town.book, town.shop, delivery, "sent_back", by=by)
    with pytest.raises(NeedsReasonOfStock):
        await deliveries.correct(town.book, town.shop, delivery, "因为", by=town.keeper)
    with pytest.raises(UnknownDelivery):
        await deliveries.find(town.book, town.shop, 1)
    assert await there.left(1) == 2


async def test_a_dear_delivery_is_undone_by_two(town: Town) -> None:
    """Otherwise goods could be taken off the book by one person as large as one likes."""
    there = await lay(town)
    delivery = await there.deliver(电饭煲=9)
    with pytest.raises(StockNeedsTwo):
        await deliveries.correct(town.book, town.shop, delivery, "wrong_shop", by=town.keeper)
    asked = await deliveries.ask(town.book, town.shop, delivery, "wrong_shop", by=there.second, key="k")
    for by in (town.keeper, there.second):  # who took it in, and who asked
        with pytest.raises(StockNeedsOther):
            await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=by)
    await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=town.admin)
    assert set((await shops.stock(town.book, town.shop)).values()) == {0}


async def test_a_delivery_says_where_it_comes_from(town: Town) -> None:
    """Bought, donated or allocated, and by whom; the list shows whole deliveries, the latest first."""
    origin = Origin("donated", "坪山超市有限公司")
    for wrong in (Origin("stolen", "x"), Origin("bought", "")):
        with pytest.raises(NoSupplier):
            await deliveries.receive(
                town.book, town.shop, {7: 1}, document="1", by=town.keeper, on=ON, key="d0", origin=wrong
            )
    for key, given in (("d1", None), ("d2", origin)):
        await deliveries.receive(
            town.book, town.shop, {7: 1, 8: 2}, document="1", by=town.keeper, on=ON, key=key, origin=given
        )
    found = await deliveries.of_shop(town.book, town.shop)
    assert [(each.origin, dict(each.goods)) for each in found] == [
        (origin, {7: 1, 8: 2}),
        (None, {7: 1, 8: 2}),
    ]


async def test_a_long_list_shows_every_delivery_whole_and_once(town: Town) -> None:
    """Nine deliveries of nine things each, fifty rows to a part: none is cut in two, none is there twice, there and
    back; the last part knows that it is the last."""
    for n in range(9):
        await receive(town, dict.fromkeys(range(1, 10), n + 1), document=f"单 {n}", key=f"k{n}")
    first = await deliveries.of_shop(town.book, town.shop)
    second = await deliveries.of_shop(town.book, town.shop, Turn(before=first.on or ""))
    assert [each.document for each in (*first, *second)] == [f"单 {n}" for n in reversed(range(9))]
    assert all(len(each.goods) == 9 for each in (*first, *second))
    assert (first.back, bool(second.back), second.on) == (None, True, None)
    again = await deliveries.of_shop(town.book, town.shop, Turn(after=second.back or ""))
    assert (again.rows, again.back) == (first.rows, None)
