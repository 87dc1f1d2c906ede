"""Campaigns with their dates, and what was held for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from points.awards.models import Verification
from points.events import campaigns, filing
from points.events.errors import BadCampaign, CampaignTooLate, InCampaign, NotOfCampaign, UnknownCampaign
from points.events.filing import Held
from points.paging import Turn
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


async def test_campaigns_and_what_is_theirs_are_turned_by_keys(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page holds so many and no more, there and back; one beyond it is found by its key, and by nobody elsewhere."""
    await staffed(town)
    monkeypatch.setattr(campaigns, "A_PAGE", 1)
    begin: dict[str, Any] = {"area": STREET, "by": HEAD}
    old, new = [await campaigns.begin(town.book, name, **begin, key=name, **JULY) for name in ("c1", "c2")]
    first = await campaigns.under(town.book, [LIUHE])
    assert [row.id for row in first] == [new.id]
    second = await campaigns.under(town.book, [LIUHE], Turn(before=first.on or ""))
    assert ([row.id for row in second], second.on) == ([old.id], None)
    assert list(await campaigns.under(town.book, [LIUHE], Turn(after=second.back or ""))) == list(first)
    assert (await campaigns.find(town.book, old.id, [LIUHE])).name == "c1"
    for key_, codes in ((old.id, [FAR]), ("x", [None])):
        with pytest.raises(UnknownCampaign):
            await campaigns.find(town.book, key_, codes)
    assert await campaigns.running(town.book, [None]) == []
    for n in range(2):
        activity = said(kind="activity", category="V", what=f"清理 {n}", type_name="志愿服务")
        held = Held(MORNING + timedelta(hours=2), campaign=old.id)
        await filing.hold(town.book, activity, held, by=WORKER, key=key())
        filed = await filing.report(town.book, said(), by=WORKER, key=key())
        await campaigns.join(town.book, old.id, filed.number, by=WORKER, key=f"k{n}")
    for read in (campaigns.gatherings, campaigns.joined):
        one = await read(town.book, old.id)
        two = await read(town.book, old.id, Turn(before=one.on or ""))
        assert (len(one), len(two), two.on) == (1, 1, None)
        assert list(one) != list(two)


async def test_a_report_joins_a_campaign_and_a_rule_sees_it(town: Town) -> None:
    """By its number, once; in the campaign's place and days, in one only, and not after it was verified."""
    await staffed(town)
    begin: dict[str, Any] = {"area": STREET, "by": HEAD}
    one = await campaigns.begin(town.book, "清楼道", **begin, key="1", **JULY)
    other = await campaigns.begin(town.book, "消隐患", **begin, key="2", **JULY)
    late = {"starts_on": date(2018, 8, 1), "ends_on": date(2018, 8, 31)}
    august = await campaigns.begin(town.book, "八月", **begin, key="3", **late)
    filed = await filing.report(town.book, said(), by=WORKER, key=key())
    with pytest.raises(NotOfCampaign):
        await campaigns.join(town.book, august.id, filed.number, by=WORKER, key="k")
    with pytest.raises(NotAllowed):
        await campaigns.join(town.book, one.id, filed.number, by="V-000001", key="k")
    for _ in range(2):
        assert await campaigns.join(town.book, one.id, filed.number, by=WORKER, key="k") == filed.event
    with pytest.raises(InCampaign):
        await campaigns.join(town.book, other.id, filed.number, by=WORKER, key="k2")
    assert [event.id for event in await campaigns.joined(town.book, one.id)] == [filed.event]
    assert await campaigns.of_events(town.book, [filed.event, "x"]) == {filed.event: one.id}
    second = await filing.report(town.book, said(), by=WORKER, key=key())
    await town.insert(
        Verification(
            contribution="c", event=second.event, member="V-000001", decision="returned", verifier=HEAD,
            decided_on="2018-07-06", rule_book=1, points=0, minutes=0, arithmetic="[]",
        )
    )  # fmt: skip
    with pytest.raises(CampaignTooLate):
        await campaigns.join(town.book, one.id, second.number, by=WORKER, key="k3")


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
