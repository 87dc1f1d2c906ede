"""Verifications on a real book: who may decide, what is awarded, and that it happens once."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import date, timedelta

import pytest

from points import chart
from points.awards import drawing, funds, verifications
from points.awards.errors import (
    AlreadyVerified,
    FundEmpty,
    NoArea,
    NotAssigned,
    NotVerifier,
    NotYet,
    OwnEvent,
    OwnHousehold,
    UnknownEvent,
)
from points.awards.models import Verification
from points.awards.outcomes import Outcome
from points.events.models import Assignment
from points.evidence import snapshots
from points.evidence.models import Snapshot, SnapshotText
from points.keys import new_key
from points.people import roles
from points.people.models import HouseholdJoin
from tests import books
from tests.points.awards.town import ADMIN, GRID, LIUHE, ON, SHAHU, STREET, VERIFIER, Town

pytestmark = pytest.mark.anyio

V1, V2, V3 = "V-000001", "V-000002", "V-000003"


async def test_an_award_moves_points_honour_minutes_and_caps_together(town: Town) -> None:
    """A report of 2 and two hours of service: the fund pays 6; honour, hours and caps move in the same transactions."""
    await town.fund(100)
    event = await town.event((V1, "reporter"), (V2, "participant", 120))
    outcome = await town.verify()
    assert (outcome.accepted, outcome.points, outcome.refused) == (2, 6, ())
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 94
    assert [await town.points(chart.noticed(member)) for member in (V1, V2)] == [2, 4]
    assert [await town.points(chart.honour(member), "honour") for member in (V1, V2)] == [2, 4]
    assert [await town.points(chart.hours(member), "minutes") for member in (V1, V2)] == [0, 120]
    assert await town.points(chart.cap(V1, "report-day", 10, "2018-07-04"), "cap") == -2
    assert await town.points(chart.cap(V1, "report-month", 60, "2018-07"), "cap") == -2
    assert await town.points(chart.cap(V2, "service-day", 240, "2018-07-04"), "cap") == -120
    references = {row.reference for row in await Verification.all().using_db(town.book.reader)}
    assert references == {
        f"award/2018-07-04/{event}/{V1}/report",
        f"award/2018-07-04/{event}/{V2}/service",
    }


async def test_the_snapshot_holds_what_was_known(town: Town) -> None:
    """The transaction cites a snapshot with event, member, rule, rule book and verifier, and its digest matches."""
    await town.fund(100)
    event = await town.event((V1, "reporter"))
    await town.verify()
    (row,) = await town.rows("SELECT * FROM ledger_transaction WHERE kind = 'award'")
    key = f"{row['evidence_kind']}/{row['evidence_id']}"
    kept = await SnapshotText.get(snapshot=key, using_db=town.book.reader)
    cited = await Snapshot.get(id=key, using_db=town.book.reader)
    facts = json.loads(kept.text)
    assert snapshots.matches(cited.digest, kept.salt, kept.text)
    assert json.loads(bytes(row["body"]))["evidence"]["digest"] == cited.digest
    assert facts["event"]["id"] == event
    assert (facts["contribution"]["member"], facts["rule"], facts["verifier"]) == (V1, "report", VERIFIER)
    assert facts["rule_book"]["version"] == 1
    assert facts["rule_book"]["digest"].startswith("sha256:")


async def test_the_verified_step_is_taken_once_for_an_event(town: Town) -> None:
    """Three contributions, one step; those worth nothing take it too when they are alone."""
    await town.fund(100)
    several = await town.event((V1, "reporter"), (V2, "participant", 60), (V3, "handler"))
    alone = await town.event((V3, "handler"))
    await town.verify()
    rows = await town.rows("SELECT event, actor FROM events_step WHERE name = 'verified' ORDER BY event")
    assert sorted((row["event"], row["actor"]) for row in rows) == sorted(
        [(several, VERIFIER), (alone, VERIFIER)]
    )


async def test_a_step_taken_in_an_earlier_run_is_not_taken_again(town: Town) -> None:
    """The fund pays one of two reporters now and the other after an allocation: one event, one step."""
    await town.fund(2)
    await town.event((V1, "reporter"), (V2, "reporter"))
    assert (await town.verify()).accepted == 1
    await town.fund(10, key="2")
    assert await town.points(chart.noticed(V2)) == 2
    assert len(await town.rows("SELECT * FROM events_step WHERE name = 'verified'")) == 1


async def test_worth_nothing_is_accepted_without_a_transaction(town: Town) -> None:
    """Duty earns nothing: there is a verification with its arithmetic, and no award."""
    event = await town.event((V1, "handler"))
    outcome = await town.verify()
    assert (outcome.accepted, outcome.nothing, outcome.points, outcome.refused) == (0, 1, 0, ())
    row = await Verification.get(event=event, using_db=town.book.reader)
    assert (row.decision, row.reference, row.rule) == ("accepted", None, "duty")
    assert json.loads(row.arithmetic) == [{"points": 0, "rule": "duty", "step": "fixed"}]
    assert not await town.rows("SELECT * FROM ledger_transaction WHERE kind = 'award'")


async def test_twenty_minutes_are_hours_though_no_points(town: Town) -> None:
    """Less than a point's time still counts as volunteered time, and needs no fund."""
    await town.event((V1, "participant", 20))
    outcome = await town.verify()
    assert (outcome.accepted, outcome.points) == (1, 0)
    assert await town.points(chart.hours(V1), "minutes") == 20


async def test_a_second_run_finds_nothing_to_do(town: Town) -> None:
    """The same command again changes nothing: everything once."""
    await town.fund(100)
    await town.event((V1, "reporter"), (V2, "handler"))
    await town.verify()
    head = await town.head()
    assert await town.verify() == Outcome()
    assert await town.head() == head


async def test_two_runs_at_once_award_once(town: Town) -> None:
    """Two commands side by side: each contribution is awarded by exactly one of them."""
    await town.fund(1000)
    for n in range(20):
        await town.event((V1, "reporter"), (V2, "participant", 60), (V3, "handler"), after=timedelta(days=n))
    first, second = await asyncio.gather(town.verify(), town.verify())
    assert first.accepted + second.accepted == 40
    assert first.nothing + second.nothing == 20
    assert await town.points(chart.noticed(V1)) == await town.points(chart.honour(V1), "honour") == 40
    reasons = {type(each.reason) for each in (*first.refused, *second.refused)}
    assert reasons <= {AlreadyVerified}


async def test_caps_hold_across_runs_and_show_in_the_arithmetic(town: Town) -> None:
    """Ten points a day from reports: the sixth report that day gives nothing, whichever run it comes in."""
    await town.fund(1000)
    for n in range(4):
        await town.event((V1, "reporter"), after=timedelta(minutes=n))
    await town.verify()
    for n in range(4, 7):
        await town.event((V1, "reporter"), after=timedelta(minutes=n))
    outcome = await town.verify()
    assert (outcome.accepted, outcome.nothing, outcome.points) == (1, 2, 2)
    assert await town.points(chart.noticed(V1)) == 10
    row = await Verification.filter(points=0).using_db(town.book.reader).first()
    assert row is not None
    cap = json.loads(row.arithmetic)[-1]
    assert (cap["cap"], cap["limit"], cap["used"], cap["got"]) == ("report-day", 10, 10, 0)


async def test_a_repeat_is_judged_kept_and_never_rescored(town: Town) -> None:
    """1 for the first repeat within 24 hours, then 0; what is learnt later about the past changes nothing."""
    await town.fund(1000)
    first = await town.event((V1, "reporter"), subtype_name="店外经营")
    second = await town.event((V2, "reporter"), subtype_name="店外经营", after=timedelta(hours=1))
    third = await town.event((V3, "reporter"), subtype_name="店外经营", after=timedelta(hours=2), area=GRID)
    elsewhere = await town.event((V3, "reporter"), subtype_name="店外经营", area=SHAHU, assigned=None)
    outcome = await town.verify()
    assert (outcome.accepted, outcome.nothing, outcome.points) == (2, 1, 3)
    rows = await town.rows("SELECT event, of_event, ordinal FROM awards_repeat ORDER BY ordinal")
    assert [(row["event"], row["of_event"], row["ordinal"]) for row in rows] == [
        (second, first, 1),
        (third, first, 2),
    ]
    await town.event((V2, "reporter"), subtype_name="店外经营", after=timedelta(hours=-1))
    await town.verify()
    again = await town.rows("SELECT event, of_event, ordinal FROM awards_repeat ORDER BY ordinal")
    assert again == rows
    assert elsewhere not in {row["event"] for row in again}


async def test_an_empty_fund_lets_it_wait_in_line(town: Town) -> None:
    """Two points are left for two reports: the older gets them; the other is accepted, and paid when it is refilled."""
    await town.fund(2)
    newer = await town.event((V2, "reporter"), after=timedelta(hours=5))
    await town.event((V1, "reporter"))
    outcome = await town.verify()
    (waits,) = outcome.in_line
    assert isinstance(waits.reason, FundEmpty)
    assert waits.reason.facts == {"community": LIUHE, "month": "2018-07"}
    assert (outcome.accepted, len(waits.contributions), outcome.refused) == (1, 1, ())
    assert (await town.points(chart.noticed(V1)), await town.points(chart.noticed(V2))) == (2, 0)
    assert not await Verification.filter(event=newer).using_db(town.book.reader).exists()
    await town.fund(10, key="2")
    assert (await town.verify()).accepted == 0
    assert await town.points(chart.noticed(V2)) == 2


async def test_what_the_fund_could_not_pay_draws_no_cap(town: Town) -> None:
    """A report that waits for money does not use up the day of the one that is paid from another fund."""
    await town.fund(100, under=SHAHU)
    await town.event(*[(V1, "reporter")], category="F")
    for n in range(1, 6):
        await town.event((V1, "reporter"), area=SHAHU, after=timedelta(minutes=n))
    outcome = await town.verify()
    assert (outcome.accepted, outcome.points) == (5, 10)


async def test_the_fund_is_that_of_the_events_month(town: Town) -> None:
    """A July event verified in December draws on July."""
    await town.fund(100, month="2018-12")
    await town.event((V1, "reporter"))
    (waits,) = (await town.verify()).in_line
    assert waits.reason.facts["month"] == "2018-07"
    assert (await funds.state(town.book, LIUHE, "2018-12")).left == 100


async def test_nobody_verifies_their_own_event(town: Town) -> None:
    """Even when it is assigned to them: the verifier among the contributors is refused for the whole event."""
    await town.fund(100)
    await town.event((VERIFIER, "participant", 60), (V1, "reporter"))
    outcome = await town.verify()
    (refused,) = outcome.refused
    assert isinstance(refused.reason, OwnEvent)
    assert (outcome.accepted, len(refused.contributions)) == (0, 2)


async def test_nobody_verifies_for_their_household(town: Town) -> None:
    """A declared household is one side; one who moved out since is another."""
    await town.fund(100)
    await town.household("H1", VERIFIER, V1)
    await town.event((V1, "reporter"))
    (refused,) = (await town.verify()).refused
    assert isinstance(refused.reason, OwnHousehold)
    await town.insert(HouseholdJoin(id=new_key(), household="H2", member=V1, joined_on="2018-06-01"))
    assert (await town.verify()).accepted == 1


async def test_only_what_is_assigned_and_placed_is_taken(town: Town) -> None:
    """Somebody else's event is left alone, silently in bulk and by name alone; one without a community is said."""
    await town.fund(100)
    other = await town.event((V1, "reporter"), assigned="S-0009")
    await town.event((V2, "reporter"), area=None, assigned=None)
    outcome = await town.verify()
    (refused,) = outcome.refused
    assert isinstance(refused.reason, NoArea)
    assert (outcome.accepted, len(refused.contributions)) == (0, 1)
    (single,) = (await verifications.accept(town.book, other, by=VERIFIER, on=ON)).refused
    assert isinstance(single.reason, NotAssigned)


async def test_the_latest_assignment_counts(town: Town) -> None:
    """An event handed on belongs to the one it was handed to."""
    await town.fund(100)
    event = await town.event((V1, "reporter"), assigned="S-0009")
    await town.insert(Assignment(id=new_key(), event=event, verifier=VERIFIER, assigned_on="2018-08-01"))
    assert (await town.verify()).accepted == 1


async def test_a_role_that_ended_verifies_nothing(town: Town) -> None:
    """An assignment is no permission: the role is asked for again on the day."""
    await town.fund(100)
    await town.event((V1, "reporter"))
    (held,) = await roles.grants_of(town.book, VERIFIER, ON)
    await roles.revoke(town.book, grant=held.id, by=ADMIN, on=ON)
    (refused,) = (await town.verify()).refused
    assert isinstance(refused.reason, NotVerifier)


async def test_a_role_reaches_only_its_area(town: Town) -> None:
    """A verifier of one street does not verify in another one."""
    await town.fund(100)
    await roles.grant(town.book, member="S-0005", role="verifier", area=STREET, by=ADMIN, on=date(2018, 2, 1))
    inside = await town.event((V1, "reporter"), area=GRID, assigned="S-0005")
    outside = await town.event((V2, "reporter"), area="440310002001", assigned="S-0005")
    assert (await verifications.accept(town.book, inside, by="S-0005", on=ON)).accepted == 1
    (refused,) = (await verifications.accept(town.book, outside, by="S-0005", on=ON)).refused
    assert isinstance(refused.reason, NotVerifier)


async def test_an_event_to_come_waits(town: Town) -> None:
    """Nothing is verified before it happened."""
    await town.fund(100)
    await town.event((V1, "reporter"))
    (refused,) = (await town.verify(on=date(2018, 7, 3))).refused
    assert isinstance(refused.reason, NotYet)
    assert (await town.verify(on=date(2018, 7, 4))).accepted == 1


async def test_returned_contributions_get_nothing_and_mediators_share_without_them(town: Town) -> None:
    """One of three mediators was not there: the pool of 10 is shared by two, the third is returned for a reason."""
    await town.fund(100)
    event = await town.event(*[(member, "mediator", None, "ordinary") for member in (V1, V2, V3)])
    (third,) = await town.rows("SELECT id FROM events_contribution WHERE member = ?", V3)
    outcome = await verifications.accept(
        town.book, event, by=VERIFIER, on=ON, returned={third["id"]: "不在场"}
    )
    assert (outcome.accepted, outcome.returned, outcome.points) == (2, 1, 10)
    row = await Verification.get(contribution=third["id"], using_db=town.book.reader)
    assert (row.decision, row.reason, row.reference) == ("returned", "不在场", None)
    assert (await verifications.accept(town.book, event, by=VERIFIER, on=ON)) == Outcome()


async def test_a_mediator_verified_later_gets_what_is_left_of_the_pool(town: Town) -> None:
    """Two shares of 10 in two steps make 10, never more."""
    await town.fund(100)
    event = await town.event((V1, "mediator", None, "ordinary"), (V2, "mediator", None, "ordinary"))
    ids = [row["id"] for row in await town.rows("SELECT id FROM events_contribution ORDER BY member")]
    for one in ids:
        await verifications.accept(town.book, event, by=VERIFIER, on=ON, only=[one])
    assert [await town.points(chart.noticed(member)) for member in (V1, V2)] == [5, 5]


async def test_an_unknown_event_is_refused(town: Town) -> None:
    """There is nothing to decide about it."""
    with pytest.raises(UnknownEvent):
        await verifications.accept(town.book, "nothing", by=VERIFIER, on=ON)


@pytest.mark.parametrize("drawn", [False, True])
async def test_a_chunk_takes_a_constant_number_of_statements(
    town: Town, monkeypatch: pytest.MonkeyPatch, drawn: bool
) -> None:
    """Ten times the contributions, not one read more, whether they are looked at again or not."""

    async def reads(days: range) -> int:
        for n in days:
            await town.event((V1, "reporter"), after=timedelta(days=n))
        counted = []
        for name in ("execute_query", "execute_query_dict"):
            original = getattr(type(town.book.reader), name)

            async def count(self, *args, _original=original, **kwargs):  # type: ignore[no-untyped-def]
                counted.append(args[0])
                return await _original(self, *args, **kwargs)

            monkeypatch.setattr(type(town.book.reader), name, count)
        monkeypatch.setattr(drawing, "is_drawn", lambda _digest: drawn)
        await town.verify()
        monkeypatch.undo()
        return len(counted)

    await town.fund(10_000)
    few = await reads(range(2))
    many = await reads(range(2, 22))
    assert 0 < many == few < 60


async def test_progress_is_told(town: Town) -> None:
    """From nothing done to all of it."""
    await town.fund(100)
    await town.event((V1, "reporter"), (V2, "participant", 60))
    told: list[tuple[int, int]] = []
    await verifications.accept_assigned(
        town.book,
        source="pingshan",
        by=VERIFIER,
        on=ON,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, 2), (2, 2)]


async def test_a_cap_holds_when_two_verifiers_draw_on_it_at_once(town: Town) -> None:
    """Ten reports of one member and day, given to two verifiers who start together: ten points in all."""
    await town.fund(1000)
    await roles.grant(town.book, member="S-0005", role="verifier", area=LIUHE, by=ADMIN, on=date(2018, 2, 1))
    for n in range(10):
        by = VERIFIER if n % 2 else "S-0005"
        await town.event((V1, "reporter"), after=timedelta(minutes=n), assigned=by)
    both = await asyncio.gather(
        town.verify(), verifications.accept_assigned(town.book, source="pingshan", by="S-0005", on=ON)
    )
    assert sum(each.points for each in both) == await town.points(chart.noticed(V1)) == 10
    assert sum(each.accepted + each.nothing for each in both) == 10
    assert await town.points(chart.cap(V1, "report-day", 10, "2018-07-04"), "cap") == -10


async def test_a_fund_holds_when_two_verifiers_draw_on_it_at_once(town: Town) -> None:
    """Ten members, ten reports, a fund of 7: three are paid, seven wait, whoever was faster."""
    await town.fund(7)
    await roles.grant(town.book, member="S-0005", role="verifier", area=LIUHE, by=ADMIN, on=date(2018, 2, 1))
    for n in range(10):
        by = VERIFIER if n % 2 else "S-0005"
        await town.event((f"V-1{n}", "reporter"), after=timedelta(minutes=n), assigned=by)
    both = await asyncio.gather(
        town.verify(), verifications.accept_assigned(town.book, source="pingshan", by="S-0005", on=ON)
    )
    assert sum(each.accepted for each in both) == 3
    assert sum(len(waits.contributions) for each in both for waits in each.in_line) == 7
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 1


KILLED = """
import asyncio, os, signal, sys
from datetime import date
from ledger.journal import Journal
from points.awards import deciding, verifications
from points.district import open_district

url, place, after = sys.argv[1], sys.argv[2], int(sys.argv[3])
verifications.AT_ONCE = 4
owner = Journal if place == "post_all" else deciding
original, calls = getattr(owner, place), []

def die():
    calls.append(1)
    if len(calls) == after:
        os.kill(os.getpid(), signal.SIGKILL)

def planned(*args, **kwargs):
    die()
    return original(*args, **kwargs)

async def posted(*args, **kwargs):
    answers = await original(*args, **kwargs)
    die()
    return answers

setattr(owner, place, posted if place == "post_all" else planned)

async def main():
    async with open_district(url) as book:
        await verifications.accept_assigned(book, source="pingshan", by="S-0003", on=date(2018, 12, 1))

asyncio.run(main())
"""


@pytest.mark.parametrize("place", ["plan", "post_all"])
@pytest.mark.parametrize("after", [1, 3])
async def test_a_killed_run_is_finished_by_the_next(town: Town, place: str, after: int) -> None:
    """kill -9 before the awards of a part are posted, and right after: the same command makes it everything once."""
    await town.fund(1000)
    for n in range(6):
        who = ((V1, "reporter"), (V2, "participant", 60), (V3, "handler"))
        await town.event(*who, after=timedelta(hours=n), subtype_name="噪声")
    url = books.url_of(town.book)
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, url, place, str(after))
    assert await child.wait() == -signal.SIGKILL
    before = await Verification.all().using_db(town.book.reader).count()
    assert before < 18
    outcome = await town.verify()
    assert before + outcome.accepted + outcome.nothing == 18
    assert [await town.points(chart.noticed(member)) for member in (V1, V2)] == [3, 8]
    assert [await town.points(chart.honour(member), "honour") for member in (V1, V2)] == [3, 8]
    assert len(await town.rows("SELECT * FROM events_step WHERE name = 'verified'")) == 6
    assert len(await town.rows("SELECT * FROM awards_repeat")) == 5
