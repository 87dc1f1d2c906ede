"""Goods in: with a document, by the stock keeper, once for each key."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.market import deliveries, shops
from points.market.errors import BadFigure, BadKey, NoDocument, UnknownItem
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town

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
    rows = await deliveries.of_shop(town.book, town.shop)
    assert sorted((row.item, row.quantity, row.document, row.received_by) for row in rows) == [
        (7, 12, "单据 1", town.keeper),
        (16, 3, "单据 1", town.keeper),
        (20, 50, "单据 1", town.keeper),
    ]
    assert {row.reference for row in rows} == {"stock/1/d1"}


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
