"""What follows from an event that was found false: its awards are taken back, or stay listed."""

from __future__ import annotations

import pytest

from points.awards import consequences
from points.awards.errors import NeedsSecondPerson, OwnCorrection
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, PUBLISHER, VERIFIER, Town

pytestmark = pytest.mark.anyio


@pytest.fixture
async def awarded(town: Town) -> str:
    """Two were awarded for one event."""
    await town.fund(100)
    event = await town.event(("V-1", "reporter"), ("V-2", "mediator", None, "ordinary"))
    assert (await town.verify()).points == 12
    return event


async def test_an_event_that_stands_keeps_its_awards(town: Town, awarded: str) -> None:
    """Nothing is corrected without a reason in the event."""
    assert await consequences.follow(town.book, awarded, by=VERIFIER) == consequences.Outcome(0, ())
    assert await consequences.to_correct(town.book, ["/"]) == []


async def test_awards_of_a_false_event_go_back_to_the_fund(town: Town, awarded: str) -> None:
    """Once: following again corrects nothing more."""
    await town.false(awarded)
    assert len(await consequences.to_correct(town.book, ["/"])) == 2
    outcome = await consequences.follow(town.book, awarded, by=VERIFIER)
    assert (outcome.corrected, outcome.standing) == (2, ())
    assert await town.points("fund/440310001001/2018-07") == 100
    assert [await town.points(f"member/V-{n}/noticed") for n in (1, 2)] == [0, 0]
    assert (await consequences.follow(town.book, awarded, by=VERIFIER)).corrected == 0
    assert await consequences.to_correct(town.book, ["/"]) == []


async def test_what_one_may_not_correct_stays_listed(town: Town, awarded: str) -> None:
    """Without the role all of it, of one's own household that; somebody else takes it back."""
    await town.false(awarded)
    none = await consequences.follow(town.book, awarded, by=ADMIN)
    assert [type(each.why) for each in none.standing] == [NotAllowed, NotAllowed]
    await town.household("H1", VERIFIER, "V-2")
    some = await consequences.follow(town.book, awarded, by=VERIFIER)
    assert (some.corrected, [type(each.why) for each in some.standing]) == (1, [OwnCorrection])
    (left,) = await consequences.to_correct(town.book, ["/440310000000/"])
    assert left.award.member == "V-2"
    assert await consequences.to_correct(town.book, ["/1/"]) == []
    assert await consequences.to_correct(town.book, []) == []
    assert (await consequences.follow(town.book, awarded, by=PUBLISHER)).corrected == 1


async def test_large_ones_wait_for_a_second_person(
    town: Town, awarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are listed, never silently left."""
    monkeypatch.setattr("points.awards.correction_rights.ALONE_AT_MOST", 5)
    await town.false(awarded)
    outcome = await consequences.follow(town.book, awarded, by=VERIFIER)
    assert [type(each.why) for each in outcome.standing] == [NeedsSecondPerson]
    assert [each.award.points for each in await consequences.standing(town.book, awarded)] == [10]


async def test_handled_anew_its_awards_may_be_taken_back_too(town: Town, awarded: str) -> None:
    """By whoever decides so; nothing lists them as wrong."""
    await town.turn(awarded, "reopened")
    assert await consequences.to_correct(town.book, ["/"]) == []
    assert (await consequences.follow(town.book, awarded, by=VERIFIER)).corrected == 2
