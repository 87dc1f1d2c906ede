"""What rules ask about a case beyond its event, and the caps of households: with a book that asks for everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from points import chart
from points.awards import particulars, rule_books, rule_text, verifications
from points.awards.cases import Case
from points.awards.particulars import Joined, Particulars
from points.events.campaign_records import CampaignEvent
from points.events.records import Dispatch, Gathering
from points.people import roles
from points.people.models import HouseholdJoin, Team, TeamJoin
from points.people.records import Ending, MemberMerge, TeamNumber
from tests.points.awards.said import DEFAULT, case, doing
from tests.points.awards.town import ADMIN, LIUHE, MORNING, ON, VERIFIER, Town, fresh

A, B, C = "V-000101", "V-000102", "V-000103"
CAMPAIGN = "0190000000007000800000000000000a"
WEEK = "2018-W27"


@pytest.fixture
async def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town whose first rule book asks for everything, with money for July and the week before it."""
    text = Path(__file__).with_name("everything.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(rule_text, "default", lambda: text)
    async with fresh(tmp_path) as it:
        await it.fund(1000)
        yield it


async def filled(town: Town, event: str, **who: str) -> Case:
    """A bare case of an event, with what the rules ask about it."""
    rules = await rule_books.shelf(town.book)
    bare = case(doing(who.get("member", A), who.get("role", "participant")), event=event)
    (found,) = await particulars.fill(town.book, [bare], rules=rules)
    return found


@pytest.mark.anyio
async def test_the_last_lane_and_the_campaign_are_found(busy: Town) -> None:
    """Sent down its own lane, then to several departments; held for a campaign. Another event has neither."""
    event, other = await busy.event((A, "reporter")), await busy.event((A, "participant"))
    sent = {"event": event, "dispatched_at": MORNING, "dispatched_by": ADMIN, "due_on": "2018-07-06"}
    await busy.insert(
        Dispatch(id=busy.key(), lane="own", **sent),
        Dispatch(id=busy.key(), lane="joint", **sent),
        Gathering(
            event=other, title="清楼道", starts_at=MORNING, ends_at=MORNING, held_by=ADMIN, campaign=CAMPAIGN
        ),
    )
    assert ((await filled(busy, event)).lane, (await filled(busy, event)).campaign) == ("joint", "")
    assert ((await filled(busy, other)).lane, (await filled(busy, other)).campaign) == ("", CAMPAIGN)
    joined = await busy.event((B, "reporter"))
    await busy.insert(CampaignEvent(event=joined, campaign=CAMPAIGN, joined_on=f"{ON}", joined_by=ADMIN))
    assert (await filled(busy, joined)).campaign == CAMPAIGN
    assert await busy.verify() is not None
    assert await busy.points(chart.noticed(A)) == 8 + 6


@pytest.mark.anyio
async def test_who_was_in_a_team_that_day_is_found_under_every_number(busy: Town) -> None:
    """In before and still: yes. Joined later, or left on the day: no. A number that was merged counts as the kept."""
    ids = {member: busy.key() for member in (A, B, C)}
    await busy.insert(
        Team(name="巡逻队", area=LIUHE, formed_on="2018-01-01"),
        TeamNumber(
            number="T-0001",
            team="巡逻队",
            kind="team",
            registered_on="2018-01-01",
            registered_by=ADMIN,
            reference="t/1",
        ),
        TeamJoin(id=ids[A], team="巡逻队", member=A, joined_on="2018-07-04"),
        TeamJoin(id=ids[B], team="巡逻队", member=B, joined_on="2018-07-05"),
        TeamJoin(id=ids[C], team="巡逻队", member=C, joined_on="2018-01-01"),
        Ending(joined=ids[C], kind="team", ended_on="2018-07-04", ended_by=ADMIN),
        MemberMerge(
            id=busy.key(), kept="V-000109", gone=A, merged_on="2018-09-01", merged_by=ADMIN, reference="m/1"
        ),
    )
    event = await busy.event((A, "participant", 60))
    teams = {
        member: (await filled(busy, event, member=member)).contributions[0].teams
        for member in (A, B, C, "V-000109")
    }
    assert teams == {
        A: frozenset({"T-0001"}),
        B: frozenset(),
        C: frozenset(),
        "V-000109": frozenset({"T-0001"}),
    }


@pytest.mark.anyio
async def test_a_household_is_that_of_the_day_of_the_event(busy: Town) -> None:
    """Moved on the fifth: on the fourth still the old one. Who moved out lives in none."""
    first, second, third = busy.key(), busy.key(), busy.key()
    await busy.insert(
        HouseholdJoin(id=first, household="H-1", member=A, joined_on="2018-01-01"),
        Ending(joined=first, kind="household", ended_on="2018-07-05", ended_by=ADMIN),
        HouseholdJoin(id=second, household="H-2", member=A, joined_on="2018-07-05"),
        HouseholdJoin(id=third, household="H-1", member=B, joined_on="2018-01-01"),
        Ending(joined=third, kind="household", ended_on="2018-07-04", ended_by=ADMIN),
    )
    event = await busy.event((A, "reporter"))
    assert (await filled(busy, event, member=A)).contributions[0].household == "H-1"
    assert (await filled(busy, event, member=B)).contributions[0].household == ""
    later = Particulars(
        homes={A: [Joined("H-1", "2018-01-01", "2018-07-05"), Joined("H-2", "2018-07-05", None)]}
    )
    moved = later.of(case(doing(A), day=date(2018, 7, 5)))
    assert moved.contributions[0].household == "H-2"


@pytest.mark.anyio
async def test_a_book_that_asks_for_nothing_costs_nothing(
    busy: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the default rules alone no statement is sent and the cases are as they were."""
    bare = [case(doing())]
    monkeypatch.setattr(type(busy.book), "reader", property(lambda _: pytest.fail("it looked something up")))
    assert await particulars.fill(busy.book, bare, rules=rule_books.Shelf((DEFAULT,))) == bare


@pytest.mark.anyio
async def test_two_verifiers_never_pass_the_cap_of_a_household(busy: Town) -> None:
    """Two who live together, three hard cases each in a week, two verifiers at once: thirty points in all, not forty.

    The account of the household is at its floor, each line says what it was given, and the neighbour is not held back.
    """
    await busy.household("六和1栋", A, B)
    await roles.grant(busy.book, member="S-0005", role="verifier", area=LIUHE, by=ADMIN, on=date(2018, 2, 1))
    for n, member in enumerate((A, B, C) * 3):
        by = VERIFIER if n % 2 else "S-0005"
        event = await busy.event((member, "reporter"), after=timedelta(hours=n), assigned=by)
        await busy.insert(
            Dispatch(
                id=busy.key(),
                event=event,
                lane="joint",
                dispatched_at=MORNING,
                dispatched_by=ADMIN,
                due_on="2018-07-06",
            )
        )
    await asyncio.gather(
        busy.verify(), verifications.accept_assigned(busy.book, source="pingshan", by="S-0005", on=ON)
    )
    one, two = await busy.points(chart.noticed(A)), await busy.points(chart.noticed(B))
    assert one + two == 30
    assert max(one, two) <= 20
    assert await busy.points(chart.noticed(C)) == 20
    home = chart.household_cap("六和1栋", "home-week", 30, WEEK)
    assert await busy.points(home, chart.CAP) == -30
    assert await busy.points(chart.cap(C, "report-week", 20, WEEK), chart.CAP) == -20
