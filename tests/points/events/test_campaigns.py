"""Campaigns with their dates, and what was held for them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from points.events import campaigns, filing
from points.events.errors import BadCampaign, UnknownCampaign
from points.events.filing import Held
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, FAR, GRID, LIUHE, MORNING, OTHER_STREET, STREET, Town
from tests.points.events.hands import HEAD, WORKER, key, said, staffed

pytestmark = pytest.mark.anyio
JULY = {"starts_on": date(2018, 7, 1), "ends_on": date(2018, 7, 31)}


async def test_a_campaign_gathers_its_activities(town: Town) -> None:
    """The same key twice is one campaign; it is seen above, below and in its area."""
    await staffed(town)
    one = await campaigns.begin(town.book, "清楼道", area=STREET, by=HEAD, key="k", **JULY)
    assert (await campaigns.begin(town.book, "清楼道", area=STREET, by=HEAD, key="k", **JULY)).id == one.id
    activity = said(kind="activity", category="V", what="清理楼道", type_name="志愿服务")
    held = Held(MORNING + timedelta(hours=2), campaign=one.id)
    filed = await filing.hold(town.book, activity, held, by=WORKER, key=key())
    ((event, gathering),) = await campaigns.gatherings(town.book, one.id)
    assert (event.id, gathering.title) == (filed.event, "清理楼道")
    for codes, seen in (
        ([None], 1),
        ([GRID], 1),
        ([LIUHE], 1),
        ([OTHER_STREET], 0),
        ([FAR], 0),
        ([STREET], 1),
    ):
        assert len(await campaigns.under(town.book, codes)) == seen


async def test_what_is_no_campaign(town: Town) -> None:
    """Without a name, ending before it begins, or announced by somebody who may not."""
    await staffed(town)
    backwards = {"starts_on": JULY["ends_on"], "ends_on": JULY["starts_on"]}
    for name, days in ((" ", JULY), ("清楼道", backwards)):
        with pytest.raises(BadCampaign):
            await campaigns.begin(town.book, name, area=STREET, by=ADMIN, key=key(), **days)
    with pytest.raises(NotAllowed):
        await campaigns.begin(town.book, "清楼道", area=LIUHE, by=WORKER, key=key(), **JULY)
    with pytest.raises(UnknownCampaign):
        await campaigns.gatherings(town.book, "0" * 32)
