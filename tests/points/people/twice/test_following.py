"""What was planned a moment before a number was closed goes where the rest went, and back when it is taken back."""

from __future__ import annotations

import pytest

from ledger import audit
from points import chart
from points.awards import corrections
from points.awards.models import Verification
from points.people.twice import following, merges, undoing
from tests import meanwhile
from tests.points.awards.steps import COUNTER
from tests.points.awards.town import ADMIN, ON, PUBLISHER, Town
from tests.points.people.twice import couple
from tests.points.people.twice.couple import GONE, KEPT, THIRD, serve, standing, vest

pytestmark = pytest.mark.anyio


async def too_late(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """An award that was planned for the closed number before it was closed, and written after."""

    async def nobody(*_given: object) -> dict[str, str]:
        return {}

    with monkeypatch.context() as before:
        before.setattr("points.awards.waiting.merges.into", nobody)
        await serve(town, GONE, 120, days=1)


async def test_an_award_that_came_too_late_follows_at_the_next_sweep(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It vests for the kept number like all others; following again finds nothing."""
    await serve(town, GONE)
    merged = await couple.merge(town.book)
    await too_late(town, monkeypatch)
    assert await town.points(chart.noticed(GONE)) == 4
    assert await following.follow(town.book, town.book.today()) == 1
    assert await following.follow(town.book, town.book.today()) == 0
    assert await standing(town.book, GONE) == {}
    await vest(town)
    assert {a for (name, _), a in (await standing(town.book, KEPT)).items() if "/until/" in name} == {6}
    await undoing.undo(town.book, merged.id, by=ADMIN, key="u1")
    assert {a for (name, _), a in (await standing(town.book, GONE)).items() if "/until/" in name} == {6}
    report = await audit.run(town.book.reader, guards=town.book.guards, vkey=None)
    assert not report.findings


async def test_room_that_a_correction_makes_is_the_kept_ones(town: Town) -> None:
    """The limit that a wrong award of the closed number had used can be used again, by the number that goes on."""
    await serve(town, GONE, 240)
    await couple.merge(town.book)
    award = await Verification.get(member=GONE, using_db=town.book.reader)
    await corrections.correct(town.book, award.reference or "", "时长不对", by=PUBLISHER, on=ON)
    assert await following.follow(town.book, ON) == 1
    assert await town.points(chart.cap(KEPT, "service-day", 240, "2018-07-04"), "cap") == 0
    await serve(town, KEPT, 120)
    assert await town.points(chart.noticed(KEPT)) == 4


async def test_a_merge_that_is_taken_back_meanwhile_is_not_followed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number is open again, and keeps what it has."""
    await serve(town, GONE)
    merged = await couple.merge(town.book)
    await too_late(town, monkeypatch)
    meanwhile.after(
        monkeypatch, merges, "every", lambda: undoing.undo(town.book, merged.id, by=ADMIN, key="u1")
    )
    assert await following.follow(town.book, town.book.today()) == 0
    assert await town.points(chart.noticed(GONE)) == 6


async def test_what_follows_along_a_chain_comes_back_with_the_merge_that_is_taken_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went through the number in the middle, and nothing of it stays with somebody who turned out to be another."""
    await serve(town, GONE)
    await couple.merge(town.book)
    later = await couple.ask_and_merge(town.book, THIRD, KEPT)
    await too_late(town, monkeypatch)
    assert await following.follow(town.book, town.book.today()) == 2
    assert await town.points(chart.noticed(THIRD)) == 6
    await undoing.undo(town.book, later.id, by=COUNTER, key="u1")
    assert await standing(town.book, THIRD) == {}
    assert await town.points(chart.noticed(KEPT)) == 6


async def test_merges_are_told_in_their_order(town: Town) -> None:
    """The earliest first, whatever their keys."""
    await couple.ask_and_merge(town.book, KEPT, THIRD)
    await couple.merge(town.book)
    assert [each.gone for each in await merges.of(town.book, KEPT)] == [THIRD, GONE]
    assert [each.gone for each in await merges.every(town.book)] == [THIRD, GONE]
