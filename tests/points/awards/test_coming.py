"""What a member has coming is the noticed points of the ledger, line by line, and what nobody decided on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from points.awards import coming, corrections, vesting
from points.openness import notices
from tests.points.awards.town import LIUHE, ON, PUBLISHER, VERIFIER, Town


@pytest.mark.anyio
async def test_the_lines_on_notice_are_the_noticed_points(town: Town) -> None:
    """Before and after the notice; what vested, what was corrected and what is worth nothing is not among them."""
    await town.fund(100)
    for hour in range(3):
        await town.event(("V-000001", "reporter"), after=timedelta(hours=hour))
    await town.verify()
    assert [line.closes_on for line in await coming.noticed(town.book, "V-000001")] == [None] * 3
    wrong = (await town.rows("SELECT reference FROM awards_verification"))[0]["reference"]
    await corrections.correct(town.book, wrong, "wrong_person", by=VERIFIER, on=ON)
    await notices.publish(town.book, LIUHE, by=PUBLISHER, on=ON)
    lines = await coming.noticed(town.book, "V-000001")
    assert [(line.points, line.closes_on, line.verifier) for line in lines] == [
        (2, date(2018, 12, 8), VERIFIER)
    ] * 2
    assert sum(line.points or 0 for line in lines) == await town.points("member/V-000001/noticed")
    await vesting.sweep(town.book, date(2018, 12, 8))
    assert await coming.noticed(town.book, "V-000001") == []


@pytest.mark.anyio
async def test_what_nobody_decided_on_is_being_checked(town: Town) -> None:
    """With who is to decide, the latest first, at most so many; a decision takes it off."""
    first = await town.event(("V-000001", "reporter"), assigned=None)
    await town.event(("V-000001", "participant", 90), after=timedelta(days=1), subtype_name="清扫")
    lines = await coming.being_checked(town.book, "V-000001")
    assert [(line.what, line.minutes, line.happened_on, line.verifier) for line in lines] == [
        ("清扫", 90, date(2018, 7, 5), VERIFIER),
        ("小类1", 0, date(2018, 7, 4), None),
    ]
    assert len(await coming.being_checked(town.book, "V-000001", limit=1)) == 1
    await town.fund(100)
    await town.verify()
    (left,) = await coming.being_checked(town.book, "V-000001")
    rows = await town.rows("SELECT id FROM events_contribution WHERE event = ?", first)
    assert left.contribution == rows[0]["id"]
