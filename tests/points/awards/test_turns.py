"""Turns: each word takes one, a verification the last, and no award goes ahead of its event's turn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from points.awards import repeats, same_thing, turns, verifications
from points.awards.cases import Repetition
from tests import meanwhile
from tests.points.awards.town import VERIFIER, Town

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


async def test_a_verification_takes_one_turn_for_an_event_and_keeps_what_was_judged(town: Town) -> None:
    """However many took part, also where nothing is given; an activity, which repeats nothing, takes none."""
    await town.fund(100)
    facts: dict[str, Any] = {"subtype_name": "噪声"}
    first = await town.event(("V-1", "reporter"), **facts)
    second = await town.event(("V-2", "reporter"), ("V-3", "handler"), after=HOUR, **facts)
    nothing = await town.event(("V-4", "reporter"), after=2 * HOUR, **facts)
    activity = await town.event(
        ("V-5", "participant", 60), kind="activity", category="V", type_name="志愿服务"
    )
    await town.verify()
    ids = [row["id"] for row in await town.rows("SELECT id FROM events_same_thing_turn ORDER BY id")]
    assert ids == [f"{event}/1" for event in (first, second, nothing)]
    found = await turns.taken(town.book, [first, second, nothing, activity])
    assert found == {first: None, second: Repetition(first, 1), nothing: Repetition(first, 2)}


async def test_nobody_is_awarded_by_a_plan_whose_event_lost_its_turn(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two reported one thing together; a word that came meanwhile is heard for both, not for the first alone."""
    await town.fund(100)
    first = await town.event(("V-1", "reporter"))
    second = await town.event(("V-2", "reporter"), ("V-3", "reporter"), after=48 * HOUR)
    meanwhile.after(
        monkeypatch,
        repeats,
        "judge",
        lambda: same_thing.confirm(town.book, [first, second], by=VERIFIER, key="meanwhile"),
    )
    outcome = await town.verify_one(second)
    rows = await town.rows("SELECT points FROM awards_verification WHERE event = ?", second)
    assert (outcome.accepted, [row["points"] for row in rows]) == (2, [1, 1])


async def test_what_is_returned_takes_its_turn_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is entered for it, and a word that came meanwhile is heard all the same."""
    await town.fund(100)
    first, second = (
        await town.event(("V-1", "reporter")),
        await town.event(("V-2", "reporter"), after=48 * HOUR),
    )
    meanwhile.after(
        monkeypatch,
        repeats,
        "judge",
        lambda: same_thing.confirm(town.book, [first, second], by=VERIFIER, key="meanwhile"),
    )
    rows = await town.rows("SELECT id FROM events_contribution WHERE event = ?", second)
    back = {row["id"]: "again" for row in rows}
    on = town.book.today()
    outcome = await verifications.accept(town.book, second, by=VERIFIER, on=on, only=[], returned=back)
    assert outcome.returned == 1
    assert await turns.taken(town.book, [second]) == {second: Repetition(first, 1)}
