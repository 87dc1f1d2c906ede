"""Expiry: what stood until a day is moved when it is over, and what moved meanwhile is left to the next sweep."""

from __future__ import annotations

from datetime import date

import pytest

from points import chart
from points.awards import expiring, rule_books
from tests.points.awards.steps import Life
from tests.points.awards.town import Town

pytestmark = pytest.mark.anyio


async def test_what_stood_until_a_day_is_moved_once_when_it_is_over(town: Town) -> None:
    """Not on its last day; a second time nothing is left; an account spent from since is not moved as it was."""
    life = await Life.begin(town)
    for words in ("fund 100", "serve 240", "publish", "sweep 2018-12-08", "deliver 9"):
        assert await life.step(words) == ""
    last, after = date(2019, 12, 31), date(2020, 1, 1)
    assert await expiring.stale(town.book, last) == []
    (found,) = await expiring.stale(town.book, after)
    assert (found.address, found.balance) == (chart.until("V-000001", last), 8)
    rules = await rule_books.shelf(town.book)
    assert await life.step("redeem 1") == ""
    assert await expiring.expire(town.book, [found], rules, after) == (0, 0)
    (now,) = await expiring.stale(town.book, after)
    assert await expiring.expire(town.book, [now], rules, after) == (1, 5)
    assert await expiring.stale(town.book, after) == []
