"""Handing over: counted blind, explained, signed by another; and what was handed over in a closed shift is final."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import hand_overs, shift_sheets, shifts
from points.market.errors import (
    BadCount,
    CountedOtherwise,
    DifferenceUnexplained,
    NotCounted,
    NotYourHandOver,
    TakenOver,
    UnknownShift,
)
from points.market.models import Redemption
from points.market.shift_records import Shift
from points.people import roles
from points.people.errors import NotAllowed
from tests import meanwhile
from tests.points.market.conftest import COMMUNITY, ON, Town, enrol
from tests.points.market.test_counter import redeem
from tests.points.market.undoing.test_undone import NEXT_YEAR, undo

pytestmark = pytest.mark.anyio


async def worked(town: Town) -> Shift:
    """张强 handed over three times, once of it was undone; three soaps and two bottles are left by the book."""
    await town.give(town.wang, 90, NEXT_YEAR)
    await town.stock(香皂=5, 洗衣液=2, 小红花=9)
    for _ in range(2):
        await redeem(town, "香皂")
    done = await redeem(town, "洗衣液")
    await undo(town, done.receipt.reference)
    standing = await shifts.current(town.book, town.shop, town.counter)
    assert standing is not None
    return await hand_overs.find(town.book, standing.id)


async def counts(town: Town, soap: int, liquid: int) -> dict[int, int]:
    """By number."""
    return {(await town.item("香皂")).number: soap, (await town.item("洗衣液")).number: liquid}


async def other(town: Town) -> str:
    """Somebody else who works at the counter."""
    number = await enrol(town.book, "刘洋", "staff")
    await roles.grant(town.book, member=number, role="counter", area=COMMUNITY, by=town.admin, on=ON)
    return number


async def test_the_shelf_is_counted_blind_and_once(town: Town) -> None:
    """Goods only, each of them; another count is refused, for by then the book's numbers were seen."""
    shift = await worked(town)
    assert [item.name for item in await hand_overs.goods(town.book, town.shop)] == ["香皂", "洗衣液"]
    assert await hand_overs.differences(town.book, town.shop, shift) is None
    good = await counts(town, 2, 2)
    for wrong in ({}, {**good, 999: 1}, await counts(town, -1, 2)):
        with pytest.raises(BadCount):
            await hand_overs.count(town.book, town.shop, shift, wrong, by=town.counter)
    with pytest.raises(NotAllowed):
        await hand_overs.count(town.book, town.shop, shift, good, by=town.keeper)
    for _ in range(2):
        await hand_overs.count(town.book, town.shop, shift, good, by=town.counter)
    with pytest.raises(CountedOtherwise):
        await hand_overs.count(town.book, town.shop, shift, await counts(town, 3, 2), by=town.counter)
    found = await hand_overs.differences(town.book, town.shop, shift)
    assert found is not None
    assert [(each.name, each.counted, each.book) for each in found] == [("香皂", 2, 3)]


async def test_what_is_sold_after_the_count_is_no_difference(town: Town) -> None:
    """The shelf is compared with the book as it stood when it was counted."""
    shift = await worked(town)
    await hand_overs.count(town.book, town.shop, shift, await counts(town, 3, 2), by=town.counter)
    await redeem(town, "香皂x2")
    await town.stock(洗衣液=5)
    assert await hand_overs.differences(town.book, town.shop, shift) == []


async def test_a_shift_ends_with_a_sheet_and_moves_no_stock(town: Town) -> None:
    """Figures, counts, and every difference with its reason; the shelf in the book stays as it is."""
    shift = await worked(town)
    with pytest.raises(NotCounted):
        await hand_overs.close(town.book, town.shop, shift, {}, by=town.counter)
    await hand_overs.count(town.book, town.shop, shift, await counts(town, 2, 2), by=town.counter)
    with pytest.raises(DifferenceUnexplained, match="香皂"):
        await hand_overs.close(town.book, town.shop, shift, {}, by=town.counter)
    soap = (await town.item("香皂")).number
    for _ in range(2):
        await hand_overs.close(town.book, town.shop, shift, {soap: "掉在地上"}, by=town.counter)
    sheet = await shift_sheets.sheet(town.book, shift)
    assert sheet.figures == hand_overs.Figures(3, 21, 1, 15, 0)
    assert sheet.counted == (("香皂", 2), ("洗衣液", 2))
    assert [(each.counted, each.book, each.note) for each in sheet.differences] == [(2, 3, "掉在地上")]
    assert sheet.shift.state == "closed"
    assert await statements.balance(town.book.reader, chart.stock(town.shop.number), chart.item(soap)) == 3


async def test_the_next_redemption_is_of_the_next_shift(town: Town) -> None:
    """What was planned while the shift was closed is written into a new one: the sheet goes on adding up."""
    shift = await worked(town)
    await hand_overs.count(town.book, town.shop, shift, await counts(town, 3, 2), by=town.counter)
    await hand_overs.close(town.book, town.shop, shift, {}, by=town.counter)
    await redeem(town, "香皂")
    standing = await shifts.current(town.book, town.shop, town.counter)
    assert standing is not None
    assert standing.number == 2
    assert await Redemption.filter(shift=standing.id).using_db(town.book.reader).count() == 1


async def test_what_is_planned_while_the_shift_ends_goes_into_the_next(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shift was open when the redemption looked, and closed when it was written."""
    shift = await worked(town)
    await hand_overs.count(town.book, town.shop, shift, await counts(town, 3, 2), by=town.counter)

    async def ends() -> None:
        await hand_overs.close(town.book, town.shop, shift, {}, by=town.counter)

    meanwhile.after(monkeypatch, shifts, "turn", ends)
    await redeem(town, "香皂")
    assert await Redemption.filter(shift=shift.id).using_db(town.book.reader).count() == 3


async def test_what_is_handed_over_while_the_sheet_is_reckoned_is_on_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other till of the same clerk: the sheet is reckoned again."""
    shift = await worked(town)
    await hand_overs.count(town.book, town.shop, shift, await counts(town, 3, 2), by=town.counter)
    meanwhile.after(monkeypatch, hand_overs, "_reckoned", lambda: redeem(town, "香皂", key=new_key()))
    await hand_overs.close(town.book, town.shop, shift, {}, by=town.counter)
    assert (await hand_overs.figures(town.book, shift)).redemptions == 4


async def test_another_one_takes_over_and_signs_once(town: Town) -> None:
    """Not before the end, not oneself; their own shift begins with it."""
    shift, next_one = await worked(town), await other(town)
    with pytest.raises(NotCounted):
        await hand_overs.take_over(town.book, town.shop, shift, by=next_one)
    await hand_overs.count(town.book, town.shop, shift, await counts(town, 3, 2), by=town.counter)
    await hand_overs.close(town.book, town.shop, shift, {}, by=town.counter)
    with pytest.raises(NotYourHandOver):
        await hand_overs.take_over(town.book, town.shop, shift, by=town.counter)
    await asyncio.gather(*(hand_overs.take_over(town.book, town.shop, shift, by=next_one) for _ in range(3)))
    third = await enrol(town.book, "何伟", "staff")
    await roles.grant(town.book, member=third, role="counter", area=COMMUNITY, by=town.admin, on=ON)
    with pytest.raises(TakenOver):
        await hand_overs.take_over(town.book, town.shop, shift, by=third)
    assert await shifts.current(town.book, town.shop, next_one) is not None
    listed = await shift_sheets.recent(town.book, town.shop)
    assert [(each.member, each.state, each.taken_by) for each in listed] == [
        (next_one, "open", None),
        (town.counter, "taken", next_one),
    ]


async def test_there_is_no_shift_of_that_name(town: Town) -> None:
    """A made-up one, and one too long to be a name."""
    for name in ("1.S-0009.1", "x" * 61):
        with pytest.raises(UnknownShift):
            await hand_overs.find(town.book, name)
