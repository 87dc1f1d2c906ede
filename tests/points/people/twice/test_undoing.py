"""A merge taken back: everything is where it was, or nothing is touched and a sentence says why."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import statements
from ledger.book import Book
from points import chart
from points.awards import corrections, vesting, whereabouts
from points.awards.models import Verification
from points.people import members
from points.people.errors import NotAllowed
from points.people.twice import merges, undoing
from points.people.twice.errors import MergeCorrected, MergedInto, MergeSpent, UnknownMerge
from tests import meanwhile
from tests.points.awards.steps import COUNTER, Life
from tests.points.awards.town import ADMIN, PUBLISHER, VERIFIER, Town, fresh
from tests.points.people.twice import couple
from tests.points.people.twice.couple import GONE, KEPT, THIRD, redeem, serve, standing, vest

pytestmark = pytest.mark.anyio


async def undo(book: Book, merge: str, *, by: str = ADMIN, key: str = "u1") -> None:
    """As a clerk does it."""
    await undoing.undo(book, merge, by=by, key=key)


async def versions(book: Book) -> int:
    """How often the accounts of both were touched, added up."""
    rows = [
        row for number in (KEPT, GONE) for row in await statements.balances(book.reader, f"member/{number}/")
    ]
    return sum(row.version for row in rows)


STEPS = (
    "kept 60",
    "gone 60",
    "kept 200",
    "gone 240",
    "gone 30 1",
    "vest",
    "kept soap",
    "gone soap",
    "correct",
)


async def take(life: Life, step: str, number: int) -> None:
    """One thing that happens to one of the two before they are merged."""
    who, *rest = step.split()
    if step == "vest":
        await vest(life.town)
    elif step == "correct":
        award = (
            await Verification.filter(points__gt=0)
            .using_db(life.town.book.reader)
            .order_by("reference")
            .first()
        )
        if award and award.reference:
            await corrections.correct(
                life.town.book, award.reference, "时长不对", by=PUBLISHER, on=life.town.book.today()
            )
    elif rest == ["soap"]:
        member = KEPT if who == "kept" else GONE
        if (
            sum(a for (name, _), a in (await standing(life.town.book, member)).items() if "until" in name)
            >= 3
        ):
            await redeem(life, member, 1, f"r{number}")
    else:
        minutes, *day = [int(each) for each in rest]
        await serve(life.town, KEPT if who == "kept" else GONE, minutes, days=sum(day))


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(STEPS), min_size=2, max_size=5))
def test_merging_and_undoing_leave_everything_as_it_was(tmp_path: Path, steps: list[str]) -> None:
    """Whatever happened before: every balance, limit and debt of both is what it was, and each account was touched
    once there and once back."""

    async def live() -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            async with fresh(Path(folder)) as town:
                life = await couple.settle(town)
                for number, step in enumerate(["gone 240", *steps]):
                    await take(life, step, number)
                before, touched = await standing(town.book, KEPT, GONE), await versions(town.book)
                merged = await couple.merge(town.book)
                once = await versions(town.book) - touched
                await undo(town.book, merged.id)
                assert await standing(town.book, KEPT, GONE) == before
                assert await versions(town.book) - touched == 2 * once

    asyncio.run(live())


async def test_both_numbers_are_open_again_and_once_is_enough(town: Town) -> None:
    """Who asks for either finds it; taking back what was taken back writes nothing; they can be merged anew."""
    await serve(town, GONE)
    first = await couple.merge(town.book)
    await undo(town.book, first.id)
    head = await town.head()
    await undo(town.book, first.id, key="u2")
    assert (await town.head(), (await members.find(town.book, GONE)).number) == (head, GONE)
    assert await couple.merge(town.book) == first, (
        "the same key is the same merge, also when it was taken back"
    )
    assert await merges.of(town.book, GONE) == []
    second = await couple.merge(town.book, key="k2")
    assert (await standing(town.book, KEPT))[chart.noticed(KEPT), "points"] == 2
    await undo(town.book, second.id)
    assert (await standing(town.book, GONE))[chart.noticed(GONE), "points"] == 2


async def test_what_became_spendable_since_goes_back_spendable(town: Town) -> None:
    """A week of notice is no reason to keep what is another's; what was awarded since stays where it came."""
    await serve(town, GONE)
    await serve(town, KEPT, 120)
    merged = await couple.merge(town.book)
    await serve(town, GONE, days=2)
    await vest(town)
    await undo(town.book, merged.id)
    spendable = {
        name.split("/")[1]: amount
        for (name, unit), amount in (await standing(town.book, KEPT, GONE)).items()
        if "/until/" in name
    }
    assert spendable == {KEPT: 6, GONE: 2}
    assert not any("noticed" in name for name, _ in await standing(town.book, KEPT, GONE))


async def test_spent_since_is_refused_and_nothing_moves(life: Life) -> None:
    """The sentence names the number; both stay as they are, and the number closed."""
    town = life.town
    await serve(town, GONE, 120)
    await vest(town)
    merged = await couple.merge(town.book)
    await redeem(life, KEPT, 1, "r1")
    before = await standing(town.book, KEPT, GONE)
    with pytest.raises(MergeSpent, match=GONE):
        await undo(town.book, merged.id)
    assert await standing(town.book, KEPT, GONE) == before
    assert await merges.stands_for(town.book, GONE) == KEPT


async def test_what_was_owed_and_paid_since_is_not_owed_again(life: Life) -> None:
    """A debt that came with the closed number, and that an award of the kept one settled, cannot come back."""
    town = life.town
    await serve(town, GONE, 120)
    await vest(town)
    await redeem(life, GONE, 1, "r1")
    await take(life, "correct", 0)
    assert await town.points(chart.owed(GONE)) == -3
    merged = await couple.merge(town.book)
    assert await town.points(chart.owed(KEPT)) == -3
    await serve(town, KEPT, 240)
    await vest(town)
    assert await town.points(chart.owed(KEPT)) == 0
    with pytest.raises(MergeSpent):
        await undo(town.book, merged.id)


async def test_corrected_since_is_refused(town: Town) -> None:
    """An award of the closed number that was found wrong was taken from the kept one; it is not taken twice."""
    await serve(town, GONE)
    merged = await couple.merge(town.book)
    await take(Life(town, None, 0), "correct", 0)  # type: ignore[arg-type]
    assert await town.points(chart.noticed(KEPT)) == 0
    assert await town.points(chart.honour(KEPT), "honour") == 0
    with pytest.raises(MergeCorrected, match=GONE):
        await undo(town.book, merged.id)


async def test_what_expired_of_one_is_taken_back_for_one_only(life: Life) -> None:
    """A correction of the kept one's award took what had expired of the closed one: they cannot be two again."""
    town = life.town
    after = date(town.book.today().year + 2, 1, 2)
    await serve(town, GONE, 240)
    await serve(town, KEPT, 240)
    await vest(town)
    await redeem(life, KEPT, 2, "r1")
    await vesting.sweep(town.book, after)
    merged = await couple.merge(town.book)
    award = await Verification.get(member=KEPT, using_db=town.book.reader)
    await corrections.correct(town.book, award.reference or "", "时长不对", by=PUBLISHER, on=after)
    assert await town.points(chart.EXPIRED) == 2
    with pytest.raises(MergeCorrected, match=KEPT):
        await undo(town.book, merged.id)


async def test_a_correction_does_not_take_what_expired_of_one_who_is_another_by_now(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The merge is taken back after the correction looked: it takes what expired of its own, and the rest is owed."""
    town = life.town
    after = date(town.book.today().year + 2, 1, 2)
    await serve(town, GONE, 240)
    await serve(town, KEPT, 240)
    await vest(town)
    await redeem(life, KEPT, 2, "r1")
    await vesting.sweep(town.book, after)
    merged = await couple.merge(town.book)
    award = await Verification.get(member=KEPT, using_db=town.book.reader)
    meanwhile.after(monkeypatch, whereabouts, "of", lambda: undo(town.book, merged.id))
    await corrections.correct(town.book, award.reference or "", "时长不对", by=PUBLISHER, on=after)
    assert await town.points(chart.EXPIRED) == 8
    assert await town.points(chart.owed(KEPT)) == -6


async def test_a_correction_between_the_look_and_the_writing_is_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though there is enough to give back: it would be the kept one's."""
    await serve(town, GONE, 240)
    await serve(town, KEPT, 240)
    await vest(town)
    merged = await couple.merge(town.book)
    award = await Verification.get(member=GONE, using_db=town.book.reader)
    meanwhile.after(
        monkeypatch,
        undoing,
        "_since",
        lambda: corrections.correct(
            town.book, award.reference or "", "时长不对", by=PUBLISHER, on=town.book.today()
        ),
    )
    with pytest.raises(MergeCorrected, match=GONE):
        await undo(town.book, merged.id)
    assert await town.points(chart.honour(KEPT), "honour") == 8


async def test_who_may_and_in_which_order(town: Town) -> None:
    """Not a verifier; not what nobody merged; not while the kept number is itself closed: the later one first."""
    await serve(town, GONE)
    merged = await couple.merge(town.book)
    with pytest.raises(UnknownMerge):
        await undo(town.book, "nothing")
    with pytest.raises(NotAllowed):
        await undo(town.book, merged.id, by=VERIFIER)
    await couple.ask_and_merge(town.book, THIRD, KEPT)
    assert await merges.stands_for(town.book, GONE) == THIRD
    with pytest.raises(MergedInto):
        await undo(town.book, merged.id)
    (later,) = await merges.of(town.book, THIRD)
    await undo(town.book, later.id, by=COUNTER)
    await undo(town.book, merged.id)
    assert (await standing(town.book, GONE))[chart.noticed(GONE), "points"] == 2


async def test_two_who_take_it_back_at_once_take_it_back_once(town: Town) -> None:
    """Both are answered as if they had done it."""
    await serve(town, GONE)
    merged = await couple.merge(town.book)
    await asyncio.gather(undo(town.book, merged.id), undo(town.book, merged.id, by=COUNTER, key="u2"))
    assert (await standing(town.book, GONE))[chart.noticed(GONE), "points"] == 2


@pytest.mark.parametrize("minutes", [0, 60])
async def test_a_number_that_is_closed_while_a_merge_is_taken_back_is_noticed(
    life: Life, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    """The kept number was open when it was looked at. Nothing is taken back behind the back of the next merge."""
    town = life.town
    if minutes:
        await serve(town, GONE, minutes)
    merged = await couple.merge(town.book)
    meanwhile.after(monkeypatch, merges, "require_open", lambda: couple.ask_and_merge(town.book, THIRD, KEPT))
    with pytest.raises(MergedInto):
        await undo(town.book, merged.id)
    assert await merges.stands_for(town.book, GONE) == THIRD
