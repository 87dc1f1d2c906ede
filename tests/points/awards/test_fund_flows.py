"""What moved in a month: tried over whole lives in test_fund_months; here, what a month and an empty one are."""

from __future__ import annotations

import pytest

from points.awards import fund_flows
from points.awards.fund_flows import Flows, Standing
from tests.points.awards.town import LIUHE, ON, SHAHU, Town

pytestmark = pytest.mark.anyio


async def test_a_month_ends_with_its_last_day(town: Town) -> None:
    """An award of the first of December is December's, and no other month's nor community's."""
    await town.fund(100)
    await town.event(("V-000001", "reporter"))
    await town.verify(ON)
    found = {
        month: await fund_flows.read(town.book, LIUHE, month) for month in ("2018-11", "2018-12", "2019-01")
    }
    assert found["2018-12"] == Flows(awarded=2)
    assert found["2018-11"] == found["2019-01"] == Flows()
    assert await fund_flows.read(town.book, SHAHU, "2018-12") == Flows()


async def test_what_stands_there_is_that_of_its_members(town: Town) -> None:
    """Two points on notice in one community, nothing in the other."""
    await town.fund(100)
    await town.event(("V-000001", "reporter"))
    await town.verify()
    assert await fund_flows.standing(town.book, LIUHE) == Standing(noticed=2)
    assert await fund_flows.standing(town.book, SHAHU) == Standing()
