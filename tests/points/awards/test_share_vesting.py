"""What a team, a household or a studio earned: on notice, vested, expired, frozen and taken back like a member's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger import statements
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import (
    corrections,
    funds,
    purse,
    rule_books,
    rule_text,
    rule_writing,
    share_vesting,
    vesting,
)
from points.awards.models import Verification
from points.awards.shared_records import AwardShare, ShareVesting
from points.events.records import Mediation
from points.openness import notices
from points.openness.records import Freeze, Release
from points.people.models import Team, TeamJoin
from points.people.records import TeamNumber
from tests.points.awards.town import ADMIN, DISTRICT, LAID_OUT, LIUHE, MORNING, ON, PUBLISHER, Town

pytestmark = pytest.mark.anyio
V1, V2, V3 = "V-000001", "V-000002", "V-000003"
TEAM, STUDIO, HOME = chart.group("T-0001"), chart.group("D-0001"), chart.household("H-000001")
CLOSES, DAY = date(2018, 12, 8), date(2019, 12, 31)
RULES = """
[[rules]]
id = "team-day"
zh = "志愿队活动"
en = "team day"
roles = ["participant"]
kinds = ["meeting"]
points = 6
earns = "team"

[[rules]]
id = "home-day"
zh = "文明家庭"
en = "good home"
roles = ["participant"]
kinds = ["activity"]
points = 5
earns = "household"

[[rules]]
id = "studio"
zh = "调解"
en = "mediation"
roles = ["mediator"]
studio_percent = 20

[rules.outcomes]
ordinary = 10
"""


async def lay(town: Town) -> None:
    """The rules, a fund, a team with V1, and a household of V2 and V3."""
    head = rule_writing.write(replace(rule_text.parse(rule_text.default()), rules=(), groups={}))
    first = head.replace("in_force_from = 2000-01-01", "in_force_from = 2018-02-01")
    await rule_books.publish(town.book, first + RULES, by=ADMIN, on=LAID_OUT + timedelta(days=1))
    await town.fund(100)
    await town.household("H-000001", V2, V3)
    await town.member(V1)
    day = LAID_OUT.isoformat()
    await town.insert(
        Team(name="红心队", area=LIUHE, formed_on=day),
        TeamNumber(
            number="T-0001", team="红心队", kind="team", registered_on=day, registered_by=ADMIN, reference="t"
        ),
        TeamJoin(id=town.key(), team="红心队", member=V1, joined_on=day),
    )


async def award(town: Town, *contributions: tuple[object, ...], kind: str, days: int = 0) -> list[str]:
    """The awards of an event that was verified."""
    event = await town.event(*contributions, kind=kind, after=timedelta(days=days))
    if kind == "mediation":
        facts = {"outcome": "ordinary", "agreement": "oral", "studio": "D-0001", "recorded_by": ADMIN}
        await town.insert(Mediation(event=event, recorded_at=MORNING, **facts))
    await town.verify()
    rows = await Verification.filter(event=event).using_db(town.book.reader).order_by("contribution")
    return [row.reference or "" for row in rows]


async def vested(town: Town, on: date = CLOSES) -> vesting.Swept:
    """Publish, and sweep on a day."""
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    return await vesting.sweep(town.book, on)


async def whole(town: Town) -> int:
    """Every point there is: all that was issued, wherever it stands now."""
    prefixes = ("fund/", "member/", "team/", "studio/", "household/", "system/expired", "shop/")
    found = [await statements.balances(town.book.reader, prefix, unit="points") for prefix in prefixes]
    return sum(one.balance for each in found for one in each)


async def test_a_teams_award_is_noticed_vests_and_expires_like_any_other(town: Town) -> None:
    """Out of the same fund, on the same notice, until the same day; the member keeps no point and no honour of it."""
    await lay(town)
    await award(town, (V1, "participant"), kind="meeting")
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 94
    assert (await purse.summary_of(town.book, TEAM, ON)).noticed == 6
    swept = await vested(town)
    assert (swept.vested, swept.points) == (1, 6)
    assert (await notices.open_on(town.book, ON))[0].closes_on == CLOSES
    line = (await notices.find(town.book, (await notices.open_on(town.book, ON))[0].number)).lines[0]
    assert line.points == 6
    assert (await vesting.sweep(town.book, CLOSES)).vested == 0
    has = await purse.summary_of(town.book, TEAM, CLOSES)
    assert (has.spendable, has.noticed, has.honour) == (6, 0, 6)
    assert (await purse.summary(town.book, V1, CLOSES)).honour == 0
    assert (await vesting.sweep(town.book, DAY + timedelta(days=1))).lapsed == 6
    assert (await purse.summary_of(town.book, TEAM, DAY + timedelta(days=1))).spendable == 0
    assert await whole(town) == 100


async def test_a_household_earns_for_all_who_live_there(town: Town) -> None:
    """Both took part: the same account gets both."""
    await lay(town)
    await award(town, (V2, "participant"), (V3, "participant"), kind="activity")
    await vested(town)
    assert (await purse.summary_of(town.book, HOME, CLOSES)).spendable == 10


async def test_a_studio_gets_its_part_and_the_mediators_the_rest(town: Town) -> None:
    """20 % of 10 among three: together exactly the pool, also in the ledger."""
    await lay(town)
    await award(town, *((v, "mediator", None, "ordinary") for v in (V1, V2, V3)), kind="mediation")
    swept = await vested(town)
    assert swept.points == 10
    assert (await purse.summary_of(town.book, STUDIO, CLOSES)).spendable == 2
    mine = [(await purse.summary(town.book, v, CLOSES)).spendable for v in (V1, V2, V3)]
    assert sum(mine) == 8
    assert (await funds.state(town.book, LIUHE, "2018-07")).awarded == 10


@pytest.mark.parametrize("when", ["on notice", "vested", "spent"])
async def test_a_correction_takes_every_part_back_from_where_it_is(town: Town, when: str) -> None:
    """Fund and honour have it all again; what a team has spent is owed, and its next award settles that first."""
    await lay(town)
    (name,) = await award(town, (V1, "participant"), kind="meeting")
    if when != "on notice":
        await vested(town)
    if when == "spent":
        until = chart.account(TEAM, f"until/{DAY}")
        await town.book.journal.post(
            Draft("test/spend", "test", Evidence("test", "1", "sha256:" + "0" * 64), ON, "sha256:" + "1" * 64,
                  (Posting(until, chart.taken(1), 6, "points"),))
        )  # fmt: skip
    await corrections.correct(town.book, name, "wrong_hours", by=PUBLISHER, on=CLOSES)
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 100
    has = await purse.summary_of(town.book, TEAM, CLOSES)
    assert (has.spendable, has.noticed, has.honour) == (0, 0, 0)
    assert has.owed == (6 if when == "spent" else 0)
    assert (await vested(town)).points == 0
    await award(town, (V1, "participant"), kind="meeting", days=1)
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=CLOSES)
    swept = await vesting.sweep(town.book, CLOSES + timedelta(days=7))
    assert (swept.points, swept.settled) == (6, 6 if when == "spent" else 0)
    left = await purse.summary_of(town.book, TEAM, CLOSES + timedelta(days=7))
    assert (left.spendable, left.owed) == (0 if when == "spent" else 6, 0)


async def test_what_is_frozen_waits_and_vests_when_it_is_let_go(town: Town) -> None:
    """An objection to the line holds the team's part back too, also when it comes while the sweep is writing."""
    await lay(town)
    (name,) = await award(town, (V1, "participant"), kind="meeting")
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    await town.insert(Freeze(reference="dispute/1", award=name, points=0, frozen_on=ON.isoformat()))
    assert (await vesting.sweep(town.book, CLOSES)).points == 0
    day = ON.isoformat()
    await town.insert(Release(freeze="dispute/1", how="dismissed", released_on=day, reference="dispute/2"))
    assert (await vesting.sweep(town.book, CLOSES)).points == 6


async def test_a_share_does_not_vest_that_was_frozen_after_the_sweep_looked(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book itself asks once more."""
    await lay(town)
    (name,) = await award(town, (V1, "participant"), kind="meeting")
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    real = share_vesting._owed

    async def late(*given: object) -> object:
        owed = await real(*given)  # type: ignore[arg-type]
        if not await Freeze.all().using_db(town.book.reader).count():
            await town.insert(Freeze(reference="dispute/1", award=name, points=0, frozen_on=ON.isoformat()))
        return owed

    monkeypatch.setattr(share_vesting, "_owed", late)
    swept = await vesting.sweep(town.book, CLOSES)
    assert (swept.points, swept.waiting) == (0, 1)
    assert await ShareVesting.all().using_db(town.book.reader).count() == 0
    assert (await purse.summary_of(town.book, TEAM, CLOSES)).noticed == 6


async def test_who_is_verified_later_sees_what_the_studio_got_before(town: Town) -> None:
    """The pool is given once, however many verifications it takes."""
    await lay(town)
    await award(town, *((v, "mediator", None, "ordinary") for v in (V1, V2, V3)), kind="mediation")
    rows = await AwardShare.all().using_db(town.book.reader)
    paid = await Verification.filter(rule="studio").using_db(town.book.reader)
    assert sum(row.points for row in rows) + sum(row.points for row in paid) == 10
