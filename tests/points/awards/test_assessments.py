"""Monthly assessments: the street scores a community, somebody else agrees, and its fund gets what the rule says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from points import chart
from points.awards import assessments, fund_months, funds, rule_books, rule_text, rule_writing
from points.awards.assessment_errors import (
    AssessedBefore,
    BadScore,
    MonthNotOver,
    NoReward,
    NotAssessmentSecond,
    NotAssessor,
)
from points.awards.assessments import Assessed
from points.awards.sponsors import Backing
from points.events.models import Event
from points.people import roles
from points.people.errors import RequestChanged, RequestDecided, RequestLapsed
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, LIUHE, MORNING, STREET, VERIFIER, Town

pytestmark = pytest.mark.anyio
HEAD = "S-0040"
RULES = """
[[rules]]
id = "work"
zh = "参加"
en = "taking part"
roles = ["participant"]
points = 4

[[rules]]
id = "best"
zh = "优秀"
en = "best"
earns = "community"
points = 800
score_from = 90

[[rules]]
id = "good"
zh = "良好"
en = "good"
earns = "community"
points = 500
score_from = 80
"""


async def lay(town: Town) -> None:
    """Rules for communities, and a head of the street's grids who scores them."""
    default = replace(rule_text.parse(rule_text.default()), groups={}, rules=())
    text = rule_writing.write(default).replace("2000-01-01", "2018-02-01")
    await rule_books.publish(town.book, text + RULES, by=ADMIN, on=LAID_OUT + timedelta(days=1))
    await town.member(HEAD)
    await roles.grant(town.book, member=HEAD, role="grid_head", area=STREET, by=ADMIN, on=LAID_OUT)


def last_month(town: Town) -> str:
    """The month before this one."""
    return f"{town.book.today().replace(day=1) - timedelta(days=1):%Y-%m}"


async def score(town: Town, points: int = 85, *, key: str = "k1", by: str = HEAD) -> Assessed:
    """The street scores 六和社区."""
    return await assessments.assess(town.book, LIUHE, last_month(town), points, by=by, key=key)


async def agree(town: Town, asked: Assessed, *, by: str = VERIFIER, approved: bool = True) -> Assessed:
    """Somebody else agrees to what they see."""
    return await assessments.decide(town.book, asked.id, approved=approved, digest=asked.digest, by=by)


async def fund(town: Town, asked: Assessed) -> int:
    """What is in the fund it goes into."""
    return await town.points(chart.fund(LIUHE, asked.into))


async def test_a_community_is_rewarded_into_its_fund_by_the_rule(town: Town) -> None:
    """Nothing moves when it is scored; then 500 points are issued, cited by an event, and stand among the allocated."""
    await lay(town)
    asked = await score(town)
    assert (asked.state, asked.rule, asked.points, await fund(town, asked)) == ("open", "good", 500, 0)
    event = await Event.get(id=asked.event, using_db=town.book.reader)
    assert (event.kind, event.type_name, event.area) == ("decision", "月度考核", LIUHE)
    done = await agree(town, asked)
    assert (done.state, done.decided_by, await fund(town, asked)) == ("approved", VERIFIER, 500)
    assert (await funds.state(town.book, LIUHE, asked.into)).allocated == 500
    flows, (given,) = await fund_months.chain(town.book, LIUHE, asked.into)
    assert (flows.allocated, given.points, given.assessment, given.second) == (500, 500, asked.id, VERIFIER)
    assert (given.fen, given.backing) == (50_000, Backing("street", 50_000))
    (row,) = await town.rows("SELECT kind, reference FROM ledger_transaction WHERE kind = 'assess'")
    assert row["reference"] == f"assess/{last_month(town)}/{LIUHE}"


async def test_scoring_and_agreeing_twice_is_once(town: Town) -> None:
    """The same key answers the same; the same decision again issues nothing; the other is refused."""
    await lay(town)
    asked = await score(town)
    assert await score(town) == asked
    done = await agree(town, asked)
    assert await agree(town, asked) == done
    with pytest.raises(RequestDecided):
        await agree(town, asked, approved=False)
    assert await fund(town, asked) == 500


async def test_a_month_is_rewarded_once(town: Town) -> None:
    """Not while one waits, not after; and of two that came at once only one."""
    await lay(town)
    both = await asyncio.gather(score(town, key="a"), score(town, 95, key="b"), return_exceptions=True)
    open_ones = [each for each in both if isinstance(each, Assessed)]
    with pytest.raises(AssessedBefore):
        await score(town, key="c")
    first, *others = open_ones
    await agree(town, first, by=KEEPER)
    for other in others:
        with pytest.raises(AssessedBefore):
            await agree(town, other, by=KEEPER)
    assert await fund(town, first) == first.points


async def test_one_that_was_sent_back_is_scored_anew(town: Town) -> None:
    """Refused, nothing is issued."""
    await lay(town)
    asked = await score(town)
    assert (await agree(town, asked, approved=False)).state == "refused"
    assert await fund(town, asked) == 0
    assert (await score(town, 95, key="k2")).points == 800


async def test_who_scores_does_not_decide_nor_who_lives_with_them(town: Town) -> None:
    """A second person, of another household, for the place; over 500 points take who keeps money or approves."""
    await lay(town)
    await roles.grant(town.book, member=HEAD, role="verifier", area=STREET, by=ADMIN, on=LAID_OUT)
    asked = await score(town)
    with pytest.raises(NotAssessmentSecond):
        await agree(town, asked, by=HEAD)
    await town.household("H-000009", HEAD, VERIFIER)
    with pytest.raises(NotAssessmentSecond):
        await agree(town, asked)
    await agree(town, asked, by=KEEPER, approved=False)
    large = await score(town, 95, key="k2")
    other = await town.member("S-0041")
    await roles.grant(town.book, member=other, role="verifier", area=DISTRICT, by=ADMIN, on=LAID_OUT)
    with pytest.raises(NotAssessmentSecond):
        await agree(town, large, by=other)
    assert (await agree(town, large, by=KEEPER)).state == "approved"


async def test_nobody_scores_their_own_community(town: Town) -> None:
    """A role in the community itself is not enough: it is the street that scores."""
    await lay(town)
    own = await town.member("S-0042")
    await roles.grant(town.book, member=own, role="grid_head", area=LIUHE, by=ADMIN, on=LAID_OUT)
    for by in (own, VERIFIER):
        with pytest.raises(NotAssessor):
            await score(town, by=by)


async def test_what_cannot_be_scored_is_refused(town: Town) -> None:
    """A month that goes on, a score beyond 100, one that no rule rewards."""
    await lay(town)
    this = f"{town.book.today():%Y-%m}"
    with pytest.raises(MonthNotOver):
        await assessments.assess(town.book, LIUHE, this, 90, by=HEAD, key="k1")
    with pytest.raises(BadScore):
        await score(town, 101)
    with pytest.raises(NoReward):
        await score(town, 79)


async def test_only_what_was_seen_is_agreed_to_and_in_time(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another digest is refused; after 72 hours it has lapsed, and can be scored anew."""
    await lay(town)
    asked = await score(town)
    with pytest.raises(RequestChanged):
        await assessments.decide(town.book, asked.id, approved=True, digest="sha256:0", by=VERIFIER)
    monkeypatch.setattr("points.people.requests.LAPSES_AFTER", timedelta(0))
    with pytest.raises(RequestLapsed):
        await agree(town, asked)
    assert await fund(town, asked) == 0


async def test_who_waits_for_money_is_paid_from_it(town: Town) -> None:
    """A deed of this month that its fund could not pay: the line moves as soon as somebody agrees."""
    await lay(town)
    days = (town.book.today() - MORNING.date()).days
    await town.event(("V-000001", "participant"), kind="activity", after=timedelta(days=days, hours=-9))
    await town.verify(town.book.today())
    assert await town.points(chart.noticed("V-000001")) == 0
    asked = await agree(town, await score(town))
    assert await town.points(chart.noticed("V-000001")) == 4
    assert await fund(town, asked) == 496


async def test_the_list_is_of_ones_own_communities(town: Town) -> None:
    """The newest first; of no community none."""
    await lay(town)
    asked = await score(town)
    assert list(await assessments.recent(town.book, [LIUHE])) == [asked]
    assert not await assessments.recent(town.book, [])
    await agree(town, asked)
    assert [each.state for each in await assessments.recent(town.book, None)] == ["approved"]
