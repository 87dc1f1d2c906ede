"""Cancelling: by the member at once, by staff with a reason, and everything comes back."""

from __future__ import annotations

import pytest

from points.market import reservation_endings, reserved
from points.market.reservation_errors import AlreadyCancelled, NoCancelReason
from points.people.errors import NotAllowed
from tests.points.market.conftest import Town
from tests.points.market.reserving import LATER, Watch, reserve, standing, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def test_cancelled_by_the_member_it_comes_back(town: Town) -> None:
    """At once, and pressing twice is pressing once."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    for _ in range(2):
        await reservation_endings.cancel(town.book, row, by=town.wang)
    assert await standing(town) == {"purse": 50, "held": 0, "shelf": 1, "aside": 0, "open": 0}
    (found,) = await reserved.of_member(town.book, town.wang)
    assert (found.state, found.reason) == ("cancelled", "own")


async def test_staff_cancels_with_a_reason(town: Town) -> None:
    """Whoever works there, and says why; nobody else, and a neighbour not at all."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    for by, reason in ((town.zhao, "own"), (town.zhao, "gone"), (town.keeper, "gone")):
        with pytest.raises(NotAllowed):
            await reservation_endings.cancel(town.book, row, by=by, reason=reason)
    with pytest.raises(NoCancelReason):
        await reservation_endings.cancel(town.book, row, by=town.counter, reason="own")
    await reservation_endings.cancel(town.book, row, by=town.counter, reason="gone")
    with pytest.raises(AlreadyCancelled):
        await reservation_endings.cancel(town.book, row, by=town.wang)
    (found,) = await reserved.of_member(town.book, town.wang)
    assert (found.state, found.reason) == ("cancelled", "gone")
