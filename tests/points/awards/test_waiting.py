"""What waits: by verifier and source, the oldest first, with everything a decision needs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.awards import waiting
from points.awards.cases import Repetition
from tests.points.awards.town import GRID, LIUHE, ON, VERIFIER, Town

pytestmark = pytest.mark.anyio


async def test_the_oldest_event_comes_first(town: Town) -> None:
    """Whatever the order they came in; other sources and other verifiers are not there."""
    newer = await town.event(("V-000001", "reporter"), after=timedelta(days=1))
    older = await town.event(("V-000001", "reporter"), ("V-000002", "participant", 60))
    await town.event(("V-000001", "reporter"), source="egova")
    await town.event(("V-000001", "reporter"), assigned="S-0009")
    found = await waiting.assigned_to(town.book, VERIFIER, "pingshan")
    assert [(event, len(each)) for event, each in found.items()] == [(older, 2), (newer, 1)]


async def test_what_was_decided_waits_no_more(town: Town) -> None:
    """Awarded, worth nothing: both are gone from the queue."""
    await town.fund(10)
    await town.event(("V-000001", "reporter"), ("V-000002", "handler"))
    await town.verify()
    assert await waiting.assigned_to(town.book, VERIFIER, "pingshan") == {}


async def test_an_event_without_a_community_is_unplaced(town: Town) -> None:
    """Nobody can be given it."""
    await town.event(("V-000001", "reporter"), area=None, assigned=None)
    await town.event(("V-000001", "reporter"), assigned=None)
    assert len(await waiting.unplaced(town.book, "pingshan")) == 1


async def test_a_bench_holds_what_the_rules_ask_for(town: Town) -> None:
    """Members' kinds, minutes, what was decided and awarded before, and the community of the grid."""
    await town.fund(10)
    event = await town.event(("V-000001", "reporter"), ("V-000002", "participant", 60), area=GRID)
    await town.verify()
    bench = await waiting.load(town.book, [event], by=VERIFIER)
    (row,) = bench.events
    case = bench.case(row, ON, Repetition("x", 1))
    told = [(each.member_kind, each.minutes, each.decided, each.awarded) for each in case.contributions]
    assert told == [("volunteer", None, "accepted", 2), ("volunteer", 60, "accepted", 2)]
    assert (case.community, case.repeat) == (LIUHE, Repetition("x", 1))
    assert bench.stepped == {event}
