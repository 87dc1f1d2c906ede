"""Transfers: off one shelf, on the way, on the other; received by somebody else; differences explained."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.market import transfers
from points.market.errors import (
    NotSentHere,
    ReasonOfArrival,
    SameShop,
    StockNeedsOther,
    TooFewThere,
    TransferArrived,
    UnknownTransfer,
)
from points.people.errors import NotAllowed
from tests.points.market.conftest import Town
from tests.points.market.stocked import Stocked, lay

pytestmark = pytest.mark.anyio


@pytest.fixture
async def there(town: Town) -> Stocked:
    """Two shops, ten soaps (1) and ten packets of salt (2) at the first."""
    await town.stock(香皂=10, 食盐=10)
    return await lay(town)


async def send(there: Stocked, goods: dict[int, int], key: str = "t1") -> transfers.Sent:
    """陈静 sends goods to the other shop."""
    return await transfers.send(
        there.town.book, there.town.shop, there.other, goods, by=there.town.keeper, key=key
    )


async def on_the_way(there: Stocked, item: int) -> int:
    """How many have left and not arrived."""
    return await statements.balance(
        there.town.book.reader, chart.coming(there.other.number), chart.item(item)
    )


async def test_goods_leave_are_on_the_way_and_arrive(there: Stocked) -> None:
    """On neither shelf in between; sent twice is sent once, and received twice is received once."""
    sent = await send(there, {1: 4, 2: 1})
    assert await send(there, {1: 4, 2: 1}) == sent
    assert (await there.left(1), await on_the_way(there, 1), await there.left(1, there.other)) == (6, 4, 0)
    for _ in range(2):
        await transfers.receive(there.town.book, sent, {1: 4, 2: 1}, {}, by=there.there)
    assert (await there.left(1), await on_the_way(there, 1), await there.left(1, there.other)) == (6, 0, 4)
    (seen,) = await transfers.of_shop(there.town.book, there.other)
    assert (seen.received_by, dict(seen.arrived)) == (there.there, {1: (4, ""), 2: (1, "")})


async def test_a_key_sends_what_it_sent(there: Stocked) -> None:
    """Other goods or another shop under the same key are refused, and nothing moves."""
    await send(there, {1: 4})
    with pytest.raises(ReferenceConflict):
        await send(there, {1: 5})
    assert (await there.left(1), await on_the_way(there, 1)) == (6, 4)


async def test_who_sent_does_not_receive(there: Stocked) -> None:
    """Nor somebody of a third place; and nobody sends what they do not keep."""
    sent = await send(there, {1: 4})
    with pytest.raises(StockNeedsOther):
        await transfers.receive(there.town.book, sent, {1: 4}, {}, by=there.town.keeper)
    with pytest.raises(NotAllowed):
        await transfers.receive(there.town.book, sent, {1: 4}, {}, by=there.town.counter)
    with pytest.raises(NotAllowed):
        await transfers.send(there.town.book, there.town.shop, there.other, {1: 1}, by=there.there, key="t9")


async def test_differences_are_explained(there: Stocked) -> None:
    """Short: the rest is back where it left. Broken: lost. More: that left the first shelf too."""
    book, unit = there.town.book, chart.item(1)
    short, broken, more = [await send(there, {1: 2}, f"t{n}") for n in range(3)]
    for wrong in ({}, {1: "more"}, {1: "不知道"}):
        with pytest.raises(ReasonOfArrival, match="香皂发出 2 份，到了 1 份"):
            await transfers.receive(book, short, {1: 1}, wrong, by=there.there)
    await transfers.receive(book, short, {1: 1}, {1: "short"}, by=there.there)
    await transfers.receive(book, broken, {1: 1}, {1: "broken"}, by=there.there)
    with pytest.raises(ReasonOfArrival):
        await transfers.receive(book, more, {1: 3}, {1: "lost"}, by=there.there)
    await transfers.receive(book, more, {1: 3}, {1: "more"}, by=there.there)
    assert (await there.left(1), await on_the_way(there, 1), await there.left(1, there.other)) == (4, 0, 5)
    assert await statements.balance(book.reader, chart.LOST, unit) == 1


async def test_nothing_is_sent_that_is_not_there_and_nothing_arrives_that_was_not_sent(
    there: Stocked,
) -> None:
    """Below zero is refused plainly, and so is another item, the same shop, an unknown transfer."""
    with pytest.raises(TooFewThere, match="香皂现在只有 10 份，不够 11 份"):
        await send(there, {1: 11})
    with pytest.raises(SameShop):
        await transfers.send(
            there.town.book, there.town.shop, there.town.shop, {1: 1}, by=there.town.keeper, key="t"
        )
    sent = await send(there, {1: 10})
    for wrong in ({2: 10}, {1: 10, 2: 1}, {}):
        with pytest.raises(NotSentHere):
            await transfers.receive(there.town.book, sent, wrong, {}, by=there.there)
    with pytest.raises(TooFewThere):
        await transfers.receive(there.town.book, sent, {1: 11}, {1: "more"}, by=there.there)
    with pytest.raises(UnknownTransfer):
        await transfers.find(there.town.book, "nothing")


async def test_two_who_receive_at_once_receive_once(there: Stocked) -> None:
    """The other is told."""
    sent = await send(there, {1: 4})
    done = await asyncio.gather(
        transfers.receive(there.town.book, sent, {1: 4}, {}, by=there.there),
        transfers.receive(there.town.book, sent, {1: 3}, {1: "lost"}, by=there.second),
        return_exceptions=True,
    )
    assert sum(isinstance(each, TransferArrived) for each in done) == 1
    assert await on_the_way(there, 1) == 0
