"""Shifts: begun by a press or by the first redemption, once; what is handed over names the one it belongs to."""

from __future__ import annotations

import asyncio

import pytest

from points.market import shifts
from points.market.models import Redemption
from points.market.shift_records import Shift
from points.people.errors import NotAllowed
from tests.points.market.conftest import Town
from tests.points.market.test_counter import redeem

pytestmark = pytest.mark.anyio


async def test_the_first_redemption_begins_a_shift_and_the_next_ones_are_of_it(town: Town) -> None:
    """No press is needed: who serves stands there."""
    await town.give(town.wang, 50)
    await town.stock(香皂=5)
    assert await shifts.current(town.book, town.shop, town.counter) is None
    for _ in range(2):
        await redeem(town, "香皂")
    standing = await shifts.current(town.book, town.shop, town.counter)
    assert standing is not None
    assert standing.number == 1
    rows = await Redemption.all().using_db(town.book.reader)
    assert {row.shift for row in rows} == {standing.id}
    assert await Shift.all().using_db(town.book.reader).count() == 1


async def test_ten_first_redemptions_at_once_begin_one_shift(town: Town) -> None:
    """Two tills of one clerk, a double press: all are served, and there is one shift."""
    await town.give(town.wang, 50)
    await town.stock(香皂=10)
    await asyncio.gather(*(redeem(town, "香皂") for _ in range(10)))
    assert await Shift.all().using_db(town.book.reader).count() == 1
    assert await Redemption.filter(shift__not_isnull=True).using_db(town.book.reader).count() == 10


async def test_a_press_begins_a_shift_and_a_second_press_changes_nothing(town: Town) -> None:
    """Whoever stands there already keeps the shift they have; only counter staff stand there."""
    first, second = await asyncio.gather(*(shifts.begin(town.book, town.shop, by=town.counter) for _ in "ab"))
    assert first == second
    with pytest.raises(NotAllowed):
        await shifts.begin(town.book, town.shop, by=town.keeper)
