"""Pick-up days: how long something is kept, and who says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from points.market import (
    pick_up_days,
)
from points.market.reservation_errors import BadPickUpDays
from points.market.reservation_records import Reservation
from points.people.errors import NotAllowed
from tests.points.market.conftest import Town
from tests.points.market.reserving import LATER, Watch, reserve, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""Half past nine in the morning in Shanghai."""


@pytest.mark.parametrize(
    ("weekdays", "last", "until"),
    [
        ((), None, datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
        ((), date(2026, 12, 31), datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
        ((), date(2026, 11, 23), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        ((5,), None, datetime(2026, 11, 27, 16, 0, tzinfo=UTC)),
        ((1,), None, datetime(2026, 11, 30, 16, 0, tzinfo=UTC)),
        ((1, 2), None, datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        ((5,), date(2026, 11, 25), datetime(2026, 11, 25, 16, 0, tzinfo=UTC)),
    ],
)
async def test_how_long_it_is_kept(
    town: Town, weekdays: tuple[int, ...], last: date | None, until: datetime
) -> None:
    """24 hours, or to the end of the next pick-up day after today; never beyond the last day of the points."""
    assert pick_up_days.deadline(MONDAY, weekdays, last, town.book.zone) == until


async def test_a_shop_chooses_its_days(town: Town) -> None:
    """From then on, for what is reserved from then on; by who works there, and pressing twice is pressing once."""
    await town.give(town.wang, 50, LATER)
    await town.stock(香皂=5)
    before = await reserve(town, "香皂")
    for _ in range(2):
        await pick_up_days.choose(town.book, town.shop, [5, 2], by=town.counter, key="d")
    assert await pick_up_days.of(town.book, town.shop.number) == (2, 5)
    after = await reserve(town, "香皂")
    day = (after.until_at - timedelta(seconds=1)).astimezone(town.book.zone)
    assert day.isoweekday() in (2, 5)
    assert (await Reservation.get(id=before.id, using_db=town.book.reader)).until_at == before.until_at
    await pick_up_days.choose(town.book, town.shop, [], by=town.admin, key="e")
    assert await pick_up_days.of(town.book, town.shop.number) == ()
    with pytest.raises(BadPickUpDays):
        await pick_up_days.choose(town.book, town.shop, [0], by=town.counter, key="f")
    with pytest.raises(NotAllowed):
        await pick_up_days.choose(town.book, town.shop, [5], by=town.wang, key="g")
