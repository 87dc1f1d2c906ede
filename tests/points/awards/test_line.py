"""The line for money: nobody is verified twice, passed, forgotten or paid twice."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta
from typing import Any

import pytest

from points import chart
from points.awards import (
    fund_requests,
    in_line,
    line,
    same_thing,
    sponsors,
    standing,
    turns,
    verifications,
    vesting,
    waiting,
)
from points.awards.errors import AlreadyVerified, RepeatSettled
from points.awards.fund_records import InLine
from points.awards.models import Verification
from points.people import roles
from points.people.records import MemberMerge
from tests import books, meanwhile
from tests.points.awards.town import ADMIN, KEEPER, LAID_OUT, LIUHE, ON, SHAHU, VERIFIER, Town

pytestmark = pytest.mark.anyio
FUND = (LIUHE, "2018-07")
HOUR = timedelta(hours=1)


async def reports(town: Town, count: int, **facts: Any) -> list[str]:
    """So many reports of 2 points, an hour apart, each by somebody else; the first first."""
    return [await town.event((f"V-10{n}", "reporter"), after=n * HOUR, **facts) for n in range(count)]


async def given(town: Town, count: int) -> list[int]:
    """What each of them was given."""
    return [await town.points(chart.noticed(f"V-10{n}")) for n in range(count)]


async def test_what_cannot_be_paid_is_accepted_and_remembered(town: Town) -> None:
    """Who accepted and when stays; nothing is in the ledger, and nothing waits for the verifier any more."""
    event, _ = await reports(town, 2)
    outcome = await town.verify()
    assert [len(each.contributions) for each in outcome.in_line] == [2]
    row = await InLine.filter(event=event).using_db(town.book.reader).first()
    assert row is not None
    assert (row.verifier, row.decided_on, row.member, row.community) == (VERIFIER, str(ON), "V-100", LIUHE)
    assert not await town.rows("SELECT * FROM ledger_transaction WHERE kind = 'award'")
    assert await waiting.assigned_to(town.book, VERIFIER, "pingshan") == {}
    assert len(await town.rows("SELECT * FROM events_step WHERE name = 'verified'")) == 2


async def test_it_is_not_verified_again(town: Town) -> None:
    """Asked once more, it is said to be decided; there is one place in line."""
    (event,) = await reports(town, 1)
    await town.verify()
    earlier = await town.event(("V-8", "reporter"), after=-HOUR)
    with pytest.raises(RepeatSettled):
        await same_thing.confirm(town.book, [earlier, event], by=VERIFIER, key="k")
    (doing,) = (await waiting.load(town.book, [event], by=VERIFIER)).doings[event]
    again = await verifications.accept(town.book, event, by=VERIFIER, on=ON, only=[doing.id])
    assert [type(each.reason) for each in again.refused] == [AlreadyVerified]
    assert await InLine.filter(event=event).using_db(town.book.reader).count() == 1


async def test_a_refill_pays_the_oldest_first(town: Town) -> None:
    """Five wait; 7 points pay the first three, the next allocation the others, and each once."""
    await reports(town, 5)
    await town.verify()
    await town.fund(7)
    assert await given(town, 5) == [2, 2, 2, 0, 0]
    assert [place.member for place in await in_line.first(town.book, FUND, limit=9)] == ["V-103", "V-104"]
    await town.fund(100, key="2")
    assert await given(town, 5) == [2] * 5
    assert await in_line.lengths(town.book, [FUND]) == {}
    rows = await Verification.all().using_db(town.book.reader)
    assert {(row.verifier, row.decided_on, row.points) for row in rows} == {(VERIFIER, str(ON), 2)}


async def test_who_comes_later_does_not_pass(town: Town) -> None:
    """A hazard of 5 waits with 4 in the fund: a report of 2 waits behind it, though it would fit; another fund pays."""
    await town.fund(4)
    await town.event(("V-1", "reporter"), category="F")
    assert (await town.verify()).accepted == 0
    await town.event(("V-2", "reporter"), after=HOUR)
    assert [len(each.contributions) for each in (await town.verify()).in_line] == [1]
    await town.fund(10, under=SHAHU)
    await town.event(("V-3", "reporter"), after=HOUR, area=SHAHU)
    assert (await town.verify()).accepted == 1
    await town.fund(3, key="2")
    assert [await town.points(chart.noticed(f"V-{n}")) for n in (1, 2)] == [5, 2]


async def test_what_takes_no_points_does_not_wait(town: Town) -> None:
    """Twenty minutes are hours and no points: behind a line they are entered all the same."""
    await reports(town, 1)
    await town.verify()
    await town.event(("V-9", "participant", 20), kind="activity")
    assert (await town.verify()).accepted == 1


async def test_the_points_are_reckoned_when_they_are_paid(town: Town) -> None:
    """Six reports of one day wait, the day's ten are drawn elsewhere meanwhile: they come to nothing."""
    await town.fund(100, under=SHAHU)
    await town.event(("V-1", "reporter"))
    await town.verify()
    for n in range(1, 6):
        await town.event(("V-1", "reporter"), after=n * timedelta(minutes=1), area=SHAHU)
    assert (await town.verify()).points == 10
    await town.fund(100)
    row = await Verification.filter(points=0).using_db(town.book.reader).first()
    assert row is not None
    assert (row.verifier, row.reference, await in_line.lengths(town.book, [FUND])) == (VERIFIER, None, {})


async def test_the_sweep_pays_as_well(town: Town) -> None:
    """A fund was refilled by somebody who died before they paid its line: the sweep does."""
    await reports(town, 2)
    await town.fund(2)
    await town.verify()
    assert await given(town, 2) == [2, 0]
    asked = await fund_requests.ask(
        town.book, under=LIUHE, month="2018-07", points=5, by=KEEPER, key="2", backing=sponsors.covering(5)
    )
    with pytest.MonkeyPatch.context() as killed:
        killed.setattr(line, "pay", _nothing)
        killed.setattr("points.awards.funds.line.pay", _nothing)
        await fund_requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=ADMIN)
    assert await given(town, 2) == [2, 0]
    assert (await vesting.sweep(town.book, ON)).paid == 1
    assert await given(town, 2) == [2, 2]


async def _nothing(*_: Any, **__: Any) -> line.Paid:
    return line.Paid()


async def test_what_is_found_false_leaves_the_line(town: Town) -> None:
    """It is never paid, and holds up nobody; reopened, it is judged anew, with a place at the end."""
    first, _ = await reports(town, 2)
    await town.verify()
    await town.false(first)
    await town.fund(2)
    assert await given(town, 2) == [0, 2]
    await town.turn(first, "reopened")
    assert list(await waiting.assigned_to(town.book, VERIFIER, "pingshan")) == [first]
    assert [len(each.contributions) for each in (await town.verify()).in_line] == [1]
    assert await InLine.filter(event=first).using_db(town.book.reader).count() == 2
    await town.fund(2, key="2")
    assert await given(town, 2) == [2, 2]


async def test_found_false_while_it_is_paid_is_not_paid(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The payer has planned, somebody finds it false: the commit refuses it."""
    (event,) = await reports(town, 1)
    await town.verify()
    meanwhile.after(monkeypatch, waiting, "load", lambda: town.false(event))
    await town.fund(10)
    assert await given(town, 1) == [0]
    assert await in_line.lengths(town.book, [FUND]) == {}


async def test_found_false_while_it_joins_does_not_join(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verifier has planned, somebody finds it false and reopens it: it is judged anew, with the turns it took."""
    (event,) = await reports(town, 1)

    async def turns_twice() -> None:
        await town.false(event)
        await town.turn(event, "reopened")

    meanwhile.after(monkeypatch, turns, "due_first", turns_twice)
    await town.verify()
    assert [row.turns for row in await InLine.all().using_db(town.book.reader)] == [2]


async def test_the_decision_outlives_the_role_and_a_marriage(town: Town) -> None:
    """The verifier's role ends, and they move in with the member: what they accepted before is paid."""
    await reports(town, 2)
    await town.verify()
    await town.household("H-1", VERIFIER, "V-100")
    today = town.book.today()
    for grant in await roles.grants_of(town.book, VERIFIER, today):
        await roles.revoke(town.book, grant=grant.id, by=ADMIN, on=LAID_OUT)
    await town.fund(100)
    assert await given(town, 2) == [2, 2]


async def test_another_verifiers_word_is_still_asked(town: Town) -> None:
    """The exception is for what waits: a row by somebody whose role ended before is refused."""
    (event,) = await reports(town, 1)
    for grant in await roles.grants_of(town.book, VERIFIER, town.book.today()):
        await roles.revoke(town.book, grant=grant.id, by=ADMIN, on=LAID_OUT)
    (doing,) = (await waiting.load(town.book, [event], by=VERIFIER)).doings[event]
    row = InLine(
        id="0" * 32,
        contribution=doing.id,
        turns=0,
        event=event,
        member="V-100",
        verifier=VERIFIER,
        decided_on=str(ON),
        accepted_at=town.book.now(),
        community=LIUHE,
        month="2018-07",
    )
    with pytest.raises(Exception, match="none any more"):
        await town.insert(row)


async def test_a_number_that_was_merged_is_paid_as_the_one_that_goes_on(town: Town) -> None:
    """The kept number has the points, and sees the place in line."""
    await reports(town, 2)
    await town.verify()
    kept = await town.member("V-900")
    merge = MemberMerge(
        id=town.key(), kept=kept, gone="V-100", merged_on=str(ON), merged_by=ADMIN, reference="m"
    )
    await town.insert(merge)
    assert [place.ahead for place in await in_line.of_member(town.book, kept)] == [0]
    await town.fund(100)
    assert [await town.points(chart.noticed(number)) for number in (kept, "V-100")] == [2, 0]


async def test_two_payers_pay_each_once(town: Town) -> None:
    """Both read the same line before either writes."""
    await reports(town, 4)
    await town.verify()
    with pytest.MonkeyPatch.context() as held:
        held.setattr("points.awards.funds.line.pay", _nothing)
        await town.fund(6)
    both = await asyncio.gather(*[line.pay(town.book, [FUND], on=ON) for _ in range(2)])
    assert sum(each.awards for each in both) == 3
    assert await given(town, 4) == [2, 2, 2, 0]


async def test_a_refill_while_somebody_joins_leaves_nobody_behind(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verifier has read an empty fund, the keeper refills it, then the verifier writes: it is paid."""
    await reports(town, 2)
    meanwhile.after(monkeypatch, standing, "read", lambda: town.fund(100))
    await town.verify()
    assert await given(town, 2) == [2, 2]


KILLED = """
import asyncio, os, signal, sys
from datetime import date
from points.awards import line
from points.district import open_district
post_all = None

async def main():
    async with open_district(sys.argv[1]) as book:
        kept, count = book.journal.post_all, 0
        async def dies(drafts, **more):
            if sys.argv[2] == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            await kept(drafts[:2], **more)
            os.kill(os.getpid(), signal.SIGKILL)
        book.journal.post_all = dies
        await line.pay(book, [("440310001001", "2018-07")], on=date(2018, 12, 1))

asyncio.run(main())
"""


@pytest.mark.parametrize("when", ["before", "between"])
async def test_a_kill_is_finished_by_whoever_pays_next(town: Town, when: str) -> None:
    """kill -9 before anything is written, and after two of four: each is paid once."""
    await reports(town, 4)
    await town.verify()
    with pytest.MonkeyPatch.context() as held:
        held.setattr("points.awards.funds.line.pay", _nothing)
        await town.fund(100)
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, books.url_of(town.book), when)
    assert await child.wait() == -signal.SIGKILL
    assert sum(await given(town, 4)) == (0 if when == "before" else 4)
    await line.sweep(town.book, on=ON)
    assert await given(town, 4) == [2] * 4
