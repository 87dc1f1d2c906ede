"""Corrections on a real book: everything goes back, from wherever it is now, once, and not by one person alone."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from ledger import encoding
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import correction_rights, corrections, funds, rule_books, rule_text, vesting, whereabouts
from points.awards.errors import (
    AlreadyCorrected,
    NeedsReason,
    NeedsSecondPerson,
    NoteMissing,
    OwnCorrection,
    UnknownAward,
    UnknownReason,
)
from points.awards.funds import State
from points.awards.models import Verification
from points.openness import notices
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.awards.town import (
    ADMIN,
    DISTRICT,
    KEEPER,
    LIUHE,
    ON,
    PUBLISHER,
    VERIFIER,
    Town,
    both_have_seen,
)

pytestmark = pytest.mark.anyio

V1 = "V-000001"
CLOSES, DAY = date(2018, 12, 8), date(2019, 12, 31)
REASON = "时长不对"


async def award(town: Town, *, minutes: int = 240, days: int = 0) -> str:
    """Eight points for four hours of V-000001; the award's reference."""
    await town.fund(1000, key=f"k{town.told}")
    event = await town.event((V1, "participant", minutes), kind="activity", after=timedelta(days=days))
    await town.verify()
    row = await Verification.get(event=event, using_db=town.book.reader)
    return row.reference or ""


async def vest(town: Town) -> None:
    """Publish, and sweep when the notice has closed."""
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    await vesting.sweep(town.book, CLOSES)


async def spend(town: Town, amount: int, account: str = "", reference: str = "test/spend/1") -> None:
    """What the counter does."""
    evidence = Evidence("test", "1", encoding.digest("test"))
    posting = Posting(account or chart.until(V1, DAY), "shop/1/taken", amount, "points")
    await town.book.journal.post(Draft(reference, "redeem", evidence, ON, evidence.digest, (posting,)))


async def correct(town: Town, reference: str, *, by: str = PUBLISHER, on: date = ON) -> None:
    """The publisher corrects it, unless it is said otherwise."""
    await corrections.correct(town.book, reference, REASON, by=by, on=on)


async def test_every_source_gets_back_what_it_gave(town: Town) -> None:
    """While it is on notice: fund, honour, hours and cap are as before, and the transaction says what it reverses."""
    reference = await award(town)
    await correct(town, reference)
    assert await funds.state(town.book, LIUHE, "2018-07") == State(1000, 0, 1000)
    assert await town.points(chart.noticed(V1)) == 0
    assert await town.points(chart.honour(V1), "honour") == 0
    assert await town.points(chart.hours(V1), "minutes") == 0
    assert await town.points(chart.cap(V1, "service-day", 240, "2018-07-04"), "cap") == 0
    (row,) = await town.rows("SELECT * FROM ledger_transaction WHERE kind = 'correct'")
    (original,) = await town.rows("SELECT position FROM ledger_transaction WHERE reference = ?", reference)
    assert (row["reverses"], row["reference"]) == (original["position"], f"reverse/{reference}")
    (why,) = await town.rows("SELECT * FROM awards_correction")
    assert (why["of_reference"], why["reason"], why["corrected_by"]) == (reference, "wrong_hours", PUBLISHER)


async def test_the_cap_is_free_again(town: Town) -> None:
    """Four hours of that day were wrong: four others can be earned."""
    await correct(town, await award(town))
    await award(town)
    assert await town.points(chart.noticed(V1)) == 8


async def test_vested_points_are_taken_from_where_they_vested(town: Town) -> None:
    """Not from what is on notice for something else."""
    reference = await award(town)
    await vest(town)
    await award(town, days=1)
    await correct(town, reference, on=CLOSES)
    assert await town.points(chart.until(V1, DAY)) == 0
    assert await town.points(chart.noticed(V1)) == 8
    assert await town.points(chart.owed(V1)) == 0


async def test_spent_points_are_owed_and_settled_by_the_next_award(town: Town) -> None:
    """Six of eight were spent: two come from the purse, six are owed; the next eight settle them."""
    reference = await award(town)
    await vest(town)
    await spend(town, 6)
    await correct(town, reference, on=CLOSES)
    assert await town.points(chart.until(V1, DAY)) == 0
    assert await town.points(chart.owed(V1)) == -6
    await award(town, days=1)
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=CLOSES)
    await vesting.sweep(town.book, date(2018, 12, 15))
    assert await town.points(chart.owed(V1)) == 0
    assert await town.points(chart.until(V1, DAY)) == 2


async def test_other_unexpired_points_are_taken_latest_first(town: Town) -> None:
    """Five of 8 were spent in 2019 and three expired; 8 each live to 2020 and 2021: three, and then five of 2021."""
    reference = await award(town)
    await vest(town)
    await spend(town, 5)
    for year in (2019, 2020):
        await award(town, days=year - 2018)
        day = date(year, 12, 1)
        await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=day, days=0)
        await vesting.sweep(town.book, day)
    assert await town.points(chart.EXPIRED) == 3
    await correct(town, reference, on=date(2020, 12, 2))
    left = [await town.points(chart.until(V1, date(year, 12, 31))) for year in (2019, 2020, 2021)]
    assert left == [0, 8, 3]
    assert await town.points(chart.EXPIRED) == await town.points(chart.owed(V1)) == 0


async def test_expired_points_are_taken_from_what_expired(town: Town) -> None:
    """Five were spent, three expired: three come from the expired account, five are owed."""
    reference = await award(town)
    await vest(town)
    await spend(town, 5)
    after = DAY + timedelta(days=1)
    await vesting.sweep(town.book, after)
    assert await town.points(chart.EXPIRED) == 3
    await correct(town, reference, on=after)
    assert await town.points(chart.EXPIRED) == 0
    assert await town.points(chart.owed(V1)) == -5


async def test_an_expiry_is_not_taken_twice_nor_from_others(town: Town) -> None:
    """Two awards, 13 of 16 spent, 3 expired, 8 of another member expired: corrections take the 3 once, nothing else."""
    first = await award(town)
    second = await award(town, days=1)
    await town.event(("V-000002", "participant", 240), kind="activity")
    await town.verify()
    await vest(town)
    await spend(town, 13)
    after = DAY + timedelta(days=1)
    await vesting.sweep(town.book, after)
    assert await town.points(chart.EXPIRED) == 11
    await correct(town, first, on=after)
    await correct(town, second, on=after)
    assert await town.points(chart.EXPIRED) == 8
    assert await town.points(chart.owed(V1)) == -13


async def test_two_corrections_at_once_do_not_take_one_expiry_twice(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen the same 3 expired points before either writes; another member's 8 are there too."""
    first, second = [await award(town, days=n) for n in (0, 1)]
    await town.event(("V-000002", "participant", 240), kind="activity")
    await town.verify()
    await vest(town)
    await spend(town, 13)
    after = DAY + timedelta(days=1)
    await vesting.sweep(town.book, after)
    both_have_seen(monkeypatch, whereabouts, "of")
    await asyncio.gather(*(correct(town, one, on=after) for one in (first, second)))
    assert await town.points(chart.EXPIRED) == 8
    assert await town.points(chart.owed(V1)) == -13


async def test_what_has_passed_but_was_not_swept_is_taken_first(town: Town) -> None:
    """The sweep is late: the points are still in their account."""
    reference = await award(town)
    await vest(town)
    await correct(town, reference, on=DAY + timedelta(days=1))
    assert await town.points(chart.until(V1, DAY)) == 0
    assert await town.points(chart.owed(V1)) == 0


async def test_frozen_points_are_taken_where_they_are(town: Town) -> None:
    """An objection was upheld."""
    reference = await award(town)
    evidence = Evidence("test", "1", encoding.digest("test"))
    posting = Posting(chart.noticed(V1), chart.disputed(V1), 8, "points")
    await town.book.journal.post(Draft("test/dispute", "dispute", evidence, ON, evidence.digest, (posting,)))
    await correct(town, reference)
    assert await town.points(chart.disputed(V1)) == 0
    assert await town.points(chart.owed(V1)) == 0


async def test_the_same_correction_again_has_the_first_answer(town: Town) -> None:
    """A double click; another reason or another person is told that it was done."""
    reference = await award(town)
    first = await corrections.correct(town.book, reference, REASON, by=PUBLISHER, on=ON)
    head = await town.head()
    again = await corrections.correct(town.book, reference, REASON, by=PUBLISHER, on=CLOSES)
    assert (again.position, again.repeated, await town.head()) == (first.position, True, head)
    for reason, by in (("算错", PUBLISHER), (REASON, VERIFIER)):
        with pytest.raises(AlreadyCorrected):
            await corrections.correct(town.book, reference, reason, by=by, on=ON)


async def test_two_at_once_correct_once(town: Town) -> None:
    """One succeeds; the other is told, or has the same answer; nothing is taken twice."""
    reference = await award(town)
    both = await asyncio.gather(
        corrections.correct(town.book, reference, REASON, by=PUBLISHER, on=ON),
        corrections.correct(town.book, reference, REASON, by=VERIFIER, on=ON),
        return_exceptions=True,
    )
    assert sum(isinstance(each, AlreadyCorrected) for each in both) == 1
    assert await town.points(chart.owed(V1)) == 0
    assert len(await town.rows("SELECT * FROM awards_correction")) == 1


async def test_a_reason_and_an_award_are_needed(town: Town) -> None:
    """No blank reason, none that is not on the list, no "other" without a note, and nothing but an award."""
    reference = await award(town)
    with pytest.raises(UnknownReason):
        await corrections.correct(town.book, reference, "想改", by=PUBLISHER, on=ON)
    with pytest.raises(NoteMissing):
        await corrections.correct(town.book, reference, "other", by=PUBLISHER, on=ON)
    with pytest.raises(NeedsReason):
        await corrections.correct(town.book, reference, "  ", by=PUBLISHER, on=ON)
    for other in ("award/2018-07-04/nothing/V-000001/report", "rules/2000-01-01/1"):
        with pytest.raises(UnknownAward):
            await correct(town, other)


async def test_not_everybody_corrects(town: Town) -> None:
    """Not a keeper of funds nor an admin; and nobody their own or their household's."""
    reference = await award(town)
    for by in (KEEPER, ADMIN):
        with pytest.raises(NotAllowed):
            await correct(town, reference, by=by)
    await town.household("H1", V1, PUBLISHER)
    for by in (V1, PUBLISHER):
        with pytest.raises(OwnCorrection):
            await correct(town, reference, by=by)


async def large(town: Town, count: int = 1, points: int = 400, member: str = "") -> list[str]:
    """So many city commendations of so many points each, for members of their own."""
    text = (
        rule_text.default()
        .replace("2000-01-01", "2018-07-01")
        .replace("points = 100\n", f"points = {points}\n")
    )
    await rule_books.publish(town.book, text, by=ADMIN, on=date(2018, 7, 1))
    await town.fund(100_000, key="large")
    for n in range(count):
        await town.event((member or f"V-00001{n}", "participant"), kind="decision", type_name="市级表扬")
    await town.verify()
    rows = await Verification.all().using_db(town.book.reader).order_by("member")
    return [row.reference or "" for row in rows]


async def test_more_than_500_points_need_a_second_person(town: Town) -> None:
    """600 alone are refused, and nothing moved; exactly 500 are not."""
    (reference,) = await large(town, points=600)
    with pytest.raises(NeedsSecondPerson):
        await correct(town, reference)
    assert await town.points(chart.noticed("V-000010")) == 600


async def test_500_points_one_person_may(town: Town) -> None:
    """The limit itself is within it."""
    (reference,) = await large(town, points=500)
    await correct(town, reference)
    assert await town.points(chart.noticed("V-000010")) == 0


async def test_two_at_once_are_counted_one_after_the_other(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400 and 400 by one person at the same moment: both have seen none before; one needs a second person."""
    first, second = await large(town, count=2)
    both_have_seen(monkeypatch, correction_rights, "alone")
    both = await asyncio.gather(correct(town, first), correct(town, second), return_exceptions=True)
    assert [type(each) for each in both if each] == [NeedsSecondPerson]
    assert len(await town.rows("SELECT * FROM awards_correction")) == 1


async def test_many_small_ones_in_a_day_need_a_second_person_too(town: Town) -> None:
    """400 and 400 on one day by one person; the next day they may again."""
    first, second = await large(town, count=2)
    await correct(town, first)
    with pytest.raises(NeedsSecondPerson):
        await correct(town, second)
    await correct(town, second, on=ON + timedelta(days=1))


async def test_many_about_one_member_in_a_month_need_a_second_person_too(town: Town) -> None:
    """400 and 400 of one member, by two people on two days; in the next month one alone is enough."""
    first, second = await large(town, count=2, member="V-000010")
    await correct(town, first)
    with pytest.raises(NeedsSecondPerson):
        await correct(town, second, by=VERIFIER, on=ON + timedelta(days=1))
    await correct(town, second, by=VERIFIER, on=date(2019, 1, 1))


async def test_a_role_elsewhere_corrects_nothing_here(town: Town) -> None:
    """A publisher of the other street."""
    reference = await award(town)
    await roles.grant(town.book, member=KEEPER, role="notice_publisher", area="440310002000", by=ADMIN, on=ON)
    with pytest.raises(NotAllowed):
        await correct(town, reference, by=KEEPER)
