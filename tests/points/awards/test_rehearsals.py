"""Rehearsals on a book: the book in force changes nothing, a draft what its figures say, and nothing is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from points.awards import corrections, funds, rehearsal, rehearsals, rule_books, rule_text, verifications
from points.awards.errors import BadPeriod, NothingHappened
from points.awards.models import Repeat, Verification
from points.awards.rehearsal import Rehearsal
from points.awards.rules import RuleBook
from points.events.models import Step
from points.events.records import SameThingTurn
from points.evidence.models import Snapshot
from tests.figures import figure
from tests.points.awards.town import LIUHE, ON, PUBLISHER, SHAHU, Town, fresh
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio
JULY = (date(2018, 7, 1), date(2018, 7, 31))
TABLES = (Repeat, Snapshot, Step, SameThingTurn)
REPORT = "points = 2\nfound_first"


def changed(was: str, becomes: str) -> RuleBook:
    """The default book with one thing different."""
    text = rule_text.default()
    assert was in text
    return rule_text.parse(text.replace(was, becomes, 1))


async def rehearsed(town: Town, draft: RuleBook) -> Rehearsal:
    """July, by a draft."""
    return await rehearsals.rehearse(town.book, draft, *JULY)


async def eventful(town: Town) -> None:
    """Reports of three people in two communities, one of them until the cap; a mediation; a morning's service."""
    await town.fund(1000)
    await town.fund(50, under=SHAHU)
    for hour in range(7):
        await town.event(("V-000001", "reporter"), after=timedelta(hours=hour))
    await town.event(("V-000002", "reporter"), area=SHAHU, found_first=True)
    pair = (("V-000002", "mediator", None, "ordinary"), ("V-000003", "mediator", None, "ordinary"))
    await town.event(("V-000001", "reporter"), *pair, kind="mediation", after=timedelta(days=2))
    await town.event(("V-000003", "participant", 300), kind="activity", after=timedelta(days=3))


async def test_the_book_in_force_gains_and_loses_nothing(town: Town) -> None:
    """It costs what the ledger awarded, and that is what left the funds."""
    await eventful(town)
    await town.verify()
    found = await rehearsed(town, (await rule_books.shelf(town.book)).version(1))
    left = await funds.state(town.book, LIUHE, "2018-07"), await funds.state(town.book, SHAHU, "2018-07")
    awarded = sum(each.awarded for each in left)
    assert awarded > 0
    assert (found.totals.ledger, found.totals.now, found.totals.draft) == (awarded, awarded, awarded)
    assert (found.gained.members, found.lost.members, found.unchanged) == (0, 0, 3)
    assert [(one.code, one.fund, one.ledger) for one in found.communities] == [
        (LIUHE, 1000, left[0].awarded),
        (SHAHU, 50, left[1].awarded),
    ]


async def test_a_draft_costs_what_its_figures_say(town: Town) -> None:
    """Reports give 3 instead of 2: the day's cap of ten is reached by the fourth report; the sums are by hand."""
    await eventful(town)
    await town.verify()
    found = await rehearsed(town, changed(REPORT, "points = 3\nfound_first"))
    liuhe, shahu = found.communities
    assert (liuhe.now, liuhe.draft) == (10 + 2 + 10 + 8, 10 + 3 + 10 + 8)
    assert (shahu.now, shahu.draft) == (2 + 2, 3 + 2)
    assert [(each.member, each.now, each.draft) for each in found.gainers] == [
        ("V-000001", 12, 13),
        ("V-000002", 9, 10),
    ]
    caps = {line.id: line for line in found.caps}
    assert (caps["report-day"].now.times, caps["report-day"].now.amount) == (2, 4)
    assert (caps["report-day"].draft.times, caps["report-day"].draft.amount) == (4, 11)
    assert (caps["report-day"].draft.members, caps["report-month"].draft.times) == (1, 0)
    assert (caps["service-day"].now.amount, caps["service-day"].unit) == (60, "minutes")
    rules = {line.id: line for line in found.rules}
    assert (rules["report"].now.times, rules["report"].now.amount) == (9, 16)
    assert (rules["report"].draft.times, rules["report"].draft.amount) == (9, 18)


async def test_who_loses_is_told_and_what_the_fund_would_lack(town: Town) -> None:
    """Mediations at 2 instead of 10 take 4 from each; at 100 the draft is dearer than a fund of 50."""
    await town.fund(50)
    pair = (("V-000002", "mediator", None, "ordinary"), ("V-000003", "mediator", None, "ordinary"))
    await town.event(*pair, kind="mediation")
    await town.verify()
    less = await rehearsed(town, changed("ordinary = 10", "ordinary = 2"))
    assert [(each.member, each.now, each.draft) for each in less.losers] == [
        ("V-000002", 5, 1),
        ("V-000003", 5, 1),
    ]
    assert (less.lost.members, less.lost.amount, less.short) == (2, 8, [])
    more = await rehearsed(town, changed("ordinary = 10", "ordinary = 100"))
    assert [(one.code, one.short) for one in more.short] == [(LIUHE, 50)]


async def test_what_was_corrected_returned_or_waits_is_left_out(town: Town) -> None:
    """Four alike: one accepted, one taken back since, one returned, one nobody looked at."""
    await town.fund(1000)
    events = [await town.event((f"V-00000{n}", "reporter")) for n in range(1, 5)]
    for event in events[:2]:
        await town.verify_one(event)
    rows = await town.rows("SELECT id FROM events_contribution WHERE event = ?", events[2])
    returned = {rows[0]["id"]: "重复"}
    await verifications.accept(
        town.book, events[2], by="S-0003", on=town.book.today(), only=[], returned=returned
    )
    row = await Verification.get(event=events[1], using_db=town.book.reader)
    await corrections.correct(
        town.book, reference=str(row.reference), reason="情况不实", by=PUBLISHER, on=town.book.today()
    )
    found = await rehearsed(town, changed(REPORT, "points = 3\nfound_first"))
    assert (found.events, found.contributions, found.corrected) == (2, 1, 1)
    assert (found.totals.ledger, found.totals.now, found.totals.draft) == (2, 2, 3)


async def test_repeats_stand_as_they_were_judged_unless_the_draft_asks_for_other_hours(town: Town) -> None:
    """Two hours apart: a repeat within 24 hours, and by a draft of one hour none."""
    await town.fund(1000)
    alike = {"subtype_name": "井盖"}
    await town.event(("V-000001", "reporter"), **alike)
    await town.event(("V-000002", "reporter"), after=timedelta(hours=2), **alike)
    await town.verify()
    same = await rehearsed(town, changed("first = 1", "first = 2"))
    assert (same.repeats_anew, same.totals.now, same.totals.draft) == (False, 3, 3)
    anew = await rehearsed(town, changed("within_hours = 24", "within_hours = 1"))
    assert (anew.repeats_anew, anew.totals.now, anew.totals.draft) == (True, 3, 4)


async def test_nothing_is_written_and_it_can_be_kept(town: Town) -> None:
    """Not a row; what came of it goes into a job's row and out again whole."""
    await eventful(town)
    await town.verify()
    before = await _contents(town)
    found = await rehearsed(town, changed("within_hours = 24", "within_hours = 1"))
    assert await _contents(town) == before
    assert rehearsal.read(found.said()) == found


async def _contents(town: Town) -> dict[str, int]:
    tables = [str(model.Meta.table) for model in (*TABLES, Verification)] + ["ledger_transaction"]
    return {table: (await town.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in tables}


async def test_a_period_has_days_and_something_happened_in_it(town: Town) -> None:
    """The wrong way round, too long, or empty."""
    draft = rule_text.parse(rule_text.default())
    for days in ((JULY[1], JULY[0]), (date(2017, 1, 1), date(2018, 7, 31))):
        with pytest.raises(BadPeriod):
            await rehearsals.rehearse(town.book, draft, *days)
    with pytest.raises(NothingHappened):
        await rehearsals.rehearse(town.book, draft, *JULY)


async def test_as_many_statements_for_five_hundred_events_as_for_five(town: Town) -> None:
    """A part of 500 is read at once, whatever is in it."""
    await town.fund(100_000)
    counts = []
    for many in (5, 60):
        for n in range(many):
            await town.event((f"V-{n:06}", "reporter"), after=timedelta(minutes=n + many))
        await town.verify()
        seen: list[tuple[int, int]] = []
        book = town.book
        draft = changed(REPORT, "points = 3\nfound_first")
        async with statements_during(book) as asked:
            await rehearsals.rehearse(book, draft, *JULY, progress=lambda *now, seen=seen: seen.append(now))
        counts.append(len(asked))
        assert seen[0][0] == 0
        assert seen[-1][0] == seen[-1][1]
    assert counts[0] == counts[1]
    assert counts[0] > 0


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["report", "repeat", "found_first", "mediation", "service", "hazard"]),
        st.integers(1, 3),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=figure(short=3, full=60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
async def test_whatever_happened_the_book_in_force_is_what_the_ledger_holds(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int, int]]
) -> None:
    """When it was verified in the order it happened, and there was money for all of it."""
    async with fresh(tmp_path_factory.mktemp("any")) as town:
        await town.fund(100_000)
        for what, member, hours in deeds:
            await _happen(town, what, f"V-00000{member}", timedelta(hours=hours))
        await town.verify(on=ON)
        found = await rehearsed(town, (await rule_books.shelf(town.book)).version(1))
        state = await funds.state(town.book, LIUHE, "2018-07")
        totals = found.totals
        assert totals.ledger == totals.now == totals.draft == state.awarded
        assert found.gained.members == found.lost.members == 0


async def _happen(town: Town, what: str, member: str, after: timedelta) -> None:
    facts = {
        "report": {},
        "repeat": {"subtype_name": "井盖"},
        "found_first": {"found_first": True},
        "hazard": {"category": "F", "severity": "major"},
        "mediation": {"kind": "mediation"},
        "service": {"kind": "activity"},
    }[what]
    role = {"mediation": "mediator", "service": "participant"}.get(what, "reporter")
    more = {"mediation": (None, "difficult"), "service": (150,)}.get(what, ())
    await town.event((member, role, *more), after=after, **facts)
