"""What two people saw is what is written, or nothing: whoever comes between the look and the entry, on both engines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from points import chart
from points.awards import correction_plans, correction_requests, corrections, vesting
from points.awards.correction_requests import Request
from points.awards.errors import CorrectionChanged, CorrectionDecided
from points.district import open_district
from points.openness import notices
from points.people import roles
from tests import books, meanwhile, postgres
from tests.attack import consistency
from tests.points.awards.test_corrections import DAY, V1, award, spend, vest
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, ON, PUBLISHER, Town
from tests.points.awards.town import fresh as fresh_town

pytestmark = [pytest.mark.attack, pytest.mark.anyio]
both = pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)


@pytest.fixture
async def town(engine: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on each engine."""
    async with fresh_town(tmp_path) as it:
        yield it


async def asked(town: Town) -> Request:
    """The publisher asks that eight points that can be spent go back."""
    reference = await award(town)
    await vest(town)
    return await correction_requests.ask(town.book, reference, "wrong_sum", by=PUBLISHER, key="k1")


async def approve(book: Any, request: Request, by: str = ADMIN) -> Request:
    """Somebody who saw it approves."""
    return await correction_requests.decide(book, request.id, approved=True, digest=request.digest, by=by)


@both
async def test_two_who_approve_at_once_correct_once(engine: str, town: Town) -> None:
    """Through two openings: one decision, one correction, and the other is told."""
    request = await asked(town)
    await roles.grant(town.book, member=KEEPER, role="verifier", area=DISTRICT, by=ADMIN, on=LAID_OUT)
    async with open_district(books.url_of(town.book)) as other:
        answers = await asyncio.gather(
            approve(town.book, request), approve(other, request, KEEPER), return_exceptions=True
        )
    assert sorted(type(each).__name__ for each in answers) == ["CorrectionDecided", "Request"]
    assert len(await town.rows("SELECT * FROM awards_correction")) == 1
    (decision,) = await town.rows("SELECT decided_by FROM awards_correction_decision")
    (row,) = await town.rows("SELECT approved_by FROM awards_correction")
    assert decision["decided_by"] == row["approved_by"]
    assert await town.points(chart.until(V1, DAY)) == await town.points(chart.owed(V1)) == 0
    assert CorrectionDecided in map(type, answers)
    await consistency.check_book(town.book)


@both
async def test_a_redemption_between_look_and_entry_stops_the_approval(
    engine: str, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six points go over the counter: nobody saw that six would be owed, so nothing is corrected."""
    request = await asked(town)
    meanwhile.after(monkeypatch, correction_plans, "plan", lambda: spend(town, 6))
    with pytest.raises(CorrectionChanged):
        await approve(town.book, request)
    assert await town.rows("SELECT * FROM awards_correction") == []
    assert await town.points(chart.owed(V1)) == 0
    assert await town.points(chart.until(V1, DAY)) == 2


@both
async def test_without_the_digest_something_else_would_move(
    engine: str, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: what would move is not compared with what both saw. Six are owed that nobody was shown."""
    request = await asked(town)
    monkeypatch.setattr(correction_plans, "digest_of", lambda *_given: request.digest)
    meanwhile.after(monkeypatch, correction_plans, "plan", lambda: spend(town, 6))
    await approve(town.book, request)
    assert await town.points(chart.owed(V1)) == -6


@both
async def test_a_sweep_between_look_and_entry(
    engine: str, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The award vests after it was planned to take it from the notice: two people look again, one person need not."""
    first, second = [await award(town, days=n) for n in (0, 1)]
    request = await correction_requests.ask(town.book, first, "wrong_sum", by=PUBLISHER, key="k1")
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    closes = ON + timedelta(days=7)
    with monkeypatch.context() as once:
        meanwhile.after(once, correction_plans, "plan", lambda: vesting.sweep(town.book, closes))
        with pytest.raises(CorrectionChanged):
            await approve(town.book, request)
    assert await town.points(chart.until(V1, DAY)) == 16
    await award(town, days=2)
    with monkeypatch.context() as once:
        meanwhile.after(once, correction_plans, "plan", lambda: vesting.sweep(town.book, closes))
        await corrections.correct(town.book, second, "wrong_sum", by=PUBLISHER, on=ON)
    assert await town.points(chart.until(V1, DAY)) == 8
    assert await town.points(chart.noticed(V1)) == 8
    await consistency.check_book(town.book)
