"""Rulings on a real book: upheld, a correction takes the points back; dismissed, they are let go and vest."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from points.awards import correction_requests, correction_rights, corrections, vesting
from points.awards.errors import NeedsSecondPerson
from points.awards.models import Verification, Vesting
from points.openness import objections, rulings, unanswered
from points.openness.errors import LineCorrected, RuledAlready
from points.openness.records import Release, Ruling, RulingText
from tests.points.awards.town import ON, PUBLISHER, Town
from tests.points.openness.objecting import CLOSES, NEIGHBOUR, OTHER, V1, Listed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def listed(town: Town) -> Listed:
    """A town with a list."""
    return await Listed.begin(town)


async def rows(listed: Listed, model: Any) -> list[Any]:
    """All of a table."""
    return list(await model.all().using_db(listed.town.book.reader))


async def vested(listed: Listed) -> set[str]:
    """The awards that vested."""
    return {row.award for row in await rows(listed, Vesting)}


@pytest.mark.parametrize("which", [0, 1])
async def test_the_sweep_leaves_out_what_is_frozen_and_nothing_else(listed: Listed, which: int) -> None:
    """Of two awards of one member the disputed one waits, whichever comes first; the other five vest."""
    made = await listed.object(listed.codes[V1][which])
    swept = await vesting.sweep(listed.town.book, CLOSES)
    assert (swept.vested, swept.waiting) == (5, 1)
    assert made.award not in await vested(listed)


async def test_dismissed_before_the_notice_closes_it_waits_for_the_sweep(listed: Listed) -> None:
    """The points are on notice again, and vest with the others."""
    made = await listed.object()
    ruling = await listed.dismiss(made)
    assert ruling.decision == "dismissed"
    assert await listed.stands() == (10, 0)
    assert await vested(listed) == set()
    assert (await vesting.sweep(listed.town.book, CLOSES)).vested == 6


async def test_dismissed_after_the_notice_closed_it_vests_at_once(listed: Listed) -> None:
    """Nobody waits for another sweep."""
    made = await listed.object(listed.codes[V1][1])
    await vesting.sweep(listed.town.book, CLOSES)
    assert await listed.stands() == (0, 8)
    await listed.dismiss(made, on=CLOSES)
    assert await listed.stands() == (0, 0)
    assert made.award in await vested(listed)


async def test_upheld_the_points_go_back_and_it_never_vests(listed: Listed) -> None:
    """One correction with the reason of its own, linked from the answer; the other award is not touched."""
    made = await listed.object()
    await listed.uphold(made)
    assert await listed.stands() == (8, 0)
    (ruling,) = await rows(listed, Ruling)
    assert (ruling.decision, ruling.correction) == ("upheld", f"reverse/{made.award}")
    (correction,) = await listed.town.rows("SELECT * FROM awards_correction")
    assert (correction["reference"], correction["reason"]) == (ruling.correction, "objection_upheld")
    assert [row.text for row in await rows(listed, RulingText)] == ["确实没有这回事"]
    await vesting.sweep(listed.town.book, CLOSES)
    assert made.award not in await vested(listed)


async def test_each_of_several_objections_gets_an_answer(listed: Listed) -> None:
    """The points stay frozen until the last is dismissed."""
    made = [await listed.object(by=who) for who in (NEIGHBOUR, "V-000002", None)]
    for each in made:
        assert await listed.stands() == (8, 2)
        await listed.dismiss(each)
    assert await listed.stands() == (10, 0)
    assert len(await rows(listed, Ruling)) == 3
    assert len(await rows(listed, Release)) == 1


async def test_two_answers_at_once_to_the_last_two_let_the_points_go(listed: Listed) -> None:
    """Neither takes the other for still open."""
    made = [await listed.object(by=who) for who in (NEIGHBOUR, "V-000002")]
    await asyncio.gather(*[listed.dismiss(each) for each in made])
    assert await listed.stands() == (10, 0)


async def test_one_upheld_answers_the_others_too(listed: Listed) -> None:
    """There is nothing left to rule on."""
    first, second = await listed.object(), await listed.object(by=None)
    await listed.uphold(first)
    states = [(await unanswered.state(listed.town.book, await objections.find(listed.town.book, each.number)))[0]
              for each in (first, second)]  # fmt: skip
    assert states == ["upheld", "upheld"]
    with pytest.raises(RuledAlready):
        await listed.dismiss(second)


async def test_a_ruling_twice_is_once_and_another_one_is_refused(listed: Listed) -> None:
    """By the same person it changes nothing; by somebody else, or otherwise, it is refused."""
    made = await listed.object()
    await listed.dismiss(made)
    head = await listed.town.head()
    await listed.dismiss(made)
    assert await listed.town.head() == head
    with pytest.raises(RuledAlready):
        await listed.dismiss(made, by=OTHER)
    with pytest.raises(RuledAlready):
        await listed.uphold(made)
    again = await listed.object(by="V-000002")
    assert await listed.stands() == (8, 2)
    await listed.uphold(again)
    await listed.uphold(again)
    assert await listed.stands() == (8, 0)


async def test_of_two_rulings_at_once_one_stands(listed: Listed) -> None:
    """Dismissed by one and upheld by another in the same moment: the points are in one place."""
    made = await listed.object()
    answers = await asyncio.gather(
        listed.dismiss(made), listed.uphold(made, by=OTHER), return_exceptions=True
    )
    assert len([one for one in answers if isinstance(one, RuledAlready | LineCorrected)]) == 1, answers
    (ruling,) = await rows(listed, Ruling)
    assert await listed.stands() == ((10, 0) if ruling.decision == "dismissed" else (8, 0))


async def test_an_award_corrected_while_disputed_lets_nothing_frozen_lie(listed: Listed) -> None:
    """The correction takes what is frozen, not what another line has on notice; the objection needs no answer."""
    made = await listed.object()
    await corrections.correct(listed.town.book, made.award, "情况不实", by=OTHER, on=ON)
    assert await listed.stands() == (8, 0)
    (release,) = await rows(listed, Release)
    assert release.how == "corrected"
    found = await objections.find(listed.town.book, made.number)
    assert (await unanswered.state(listed.town.book, found))[0] == "corrected"
    with pytest.raises(LineCorrected):
        await listed.dismiss(made)
    assert await unanswered.waiting(listed.town.book, [None]) == []


async def test_an_undisputed_award_is_corrected_from_what_is_on_notice(listed: Listed) -> None:
    """What another objection froze stays frozen."""
    made = await listed.object()
    (other,) = await listed.town.rows(
        "SELECT award FROM openness_notice_line WHERE code = ?", listed.codes[V1][1]
    )
    await corrections.correct(listed.town.book, other["award"], "情况不实", by=OTHER, on=ON)
    assert await listed.stands() == (0, 2)
    await listed.dismiss(made)
    assert await listed.stands() == (2, 0)


async def test_an_objection_and_a_correction_at_once_leave_nothing_frozen(listed: Listed) -> None:
    """Whichever comes first: the award is gone, and the member's other points are where they were."""
    (row,) = await listed.town.rows(
        "SELECT award FROM openness_notice_line WHERE code = ?", listed.codes[V1][0]
    )
    await asyncio.gather(
        listed.object(),
        corrections.correct(listed.town.book, row["award"], "情况不实", by=OTHER, on=ON),
        return_exceptions=True,
    )
    assert await listed.stands() == (8, 0)


async def test_the_answer_of_an_award_of_nobody_else_is_left_alone(listed: Listed) -> None:
    """The verification and the rest of the awards stay as they were."""
    before = len(await rows(listed, Verification))
    await listed.uphold(await listed.object())
    assert len(await rows(listed, Verification)) == before
    assert await listed.stands("V-000002") == (2, 0)


async def test_a_ruling_and_a_correction_at_once_leave_the_award_in_one_place(listed: Listed) -> None:
    """Dismissed and corrected for another reason at once: the points are gone once, and nothing is frozen."""
    made = await listed.object()
    await asyncio.gather(
        listed.dismiss(made),
        corrections.correct(listed.town.book, made.award, "情况不实", by=OTHER, on=ON),
        return_exceptions=True,
    )
    assert await listed.stands() == (8, 0)
    assert len(await rows(listed, Release)) == 1


async def test_above_the_threshold_it_takes_two_people(
    listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One asks, another who sees the same lines approves, and that is the answer; until then it stays frozen."""
    monkeypatch.setattr(correction_rights, "ALONE_AT_MOST", 1)
    made, book = await listed.object(), listed.town.book
    with pytest.raises(NeedsSecondPerson):
        await listed.uphold(made)
    asked = await rulings.ask(book, made.number, text="确实没有", by=PUBLISHER, key="k")
    assert await listed.stands() == (8, 2)
    await correction_requests.decide(book, asked.id, approved=True, digest=asked.digest, by=OTHER)
    assert await listed.stands() == (8, 0)
    (ruling,) = await rows(listed, Ruling)
    assert (ruling.decision, ruling.ruled_by) == ("upheld", PUBLISHER)
    assert [row.text for row in await rows(listed, RulingText)] == ["确实没有"]
