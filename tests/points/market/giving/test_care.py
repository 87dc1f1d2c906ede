"""What a care fund holds, and a month of it that adds up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.market.giving import care
from tests.points.market.conftest import COMMUNITY, enrol
from tests.points.market.giving.conftest import Home
from tests.points.market.giving.test_care_requests import asked, decided

pytestmark = pytest.mark.anyio


async def test_the_month_of_a_fund_adds_up(home: Home) -> None:
    """Opening and what came in, less what went out and expired, is what is left; a gift taken back is not counted."""
    li = await enrol(home.book, "李强")
    await home.gift(35, "", named=True)
    await home.gift(5, "")
    await decided(home, await asked(home, li))
    fund = await care.read(home.book, COMMUNITY, home.book.today())
    month = fund.month
    assert (month.opening, month.came_in, month.went_out, month.expired) == (0, 40, 12, 0)
    assert month.closing == fund.left == 28
    after = (await care.read(home.book, COMMUNITY, home.book.today() + timedelta(days=40))).month
    assert (after.opening, after.closing) == (28, 28)
    assert [(name, points) for name, _, points in fund.thanked] == [("王*兰", 35)]
