"""One slip: what stands on it, and what is still open."""

from __future__ import annotations

import pytest

from points.market.slips import entering, slips
from points.market.slips.errors import (
    SlipWithoutMember,
)
from tests.points.market.slips.conftest import Till

pytestmark = pytest.mark.anyio


async def test_a_slip_without_a_member_is_kept_and_moves_no_points(till: Till) -> None:
    """Nobody could say whose it is."""
    slip = await till.enter(member="")
    with pytest.raises(SlipWithoutMember):
        await till.confirm(slip)


async def test_what_is_open_is_listed_by_number_with_what_stands_on_it(till: Till) -> None:
    """What was sent back, cancelled or done is not there; nor is what nobody entered."""
    first, second, third = [await till.enter(n) for n in (1, 2, 3)]
    await till.confirm(second)
    shop = till.town.shop
    await entering.send_back(till.book, shop, third.number.shown, reason="misread", by=till.other)
    (only,) = await slips.open_ones(till.book, shop)
    assert (only.number, only.content, only.state) == (first.number, first.content, "entered")
    assert (await slips.of_number(till.book, third.number)).content is None
