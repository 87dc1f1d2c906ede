"""Batches: a series each, however many print at once."""

from __future__ import annotations

import asyncio

import pytest

from points.market.slips import batches
from points.market.slips.errors import (
    BadSlipCount,
)
from tests.points.market.slips.conftest import Till

pytestmark = pytest.mark.anyio


async def test_two_who_print_at_once_get_two_series(till: Till) -> None:
    """And the same key the same batch."""
    both = await asyncio.gather(
        *(
            batches.print_batch(till.book, till.town.shop, 5, by=till.other, key=key)
            for key in ("a", "b", "a")
        )
    )
    assert sorted({one.series for one in both}) == [2, 3]
    assert both[0].id == both[2].id
    with pytest.raises(BadSlipCount):
        await batches.print_batch(till.book, till.town.shop, 201, by=till.other, key="c")
