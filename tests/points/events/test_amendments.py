"""Amending an event: placed, or its category or severity mended, before it was verified."""

from __future__ import annotations

import pytest

from points.events import amendments, assignments, events
from points.events.amendments import Mended
from points.events.errors import BadCategory, EventSettled, NothingToAmend, UnknownEvent
from points.people import roles
from points.people.errors import BadLevel, NotAllowed
from tests.points.awards.town import (
    ADMIN,
    FAR,
    GRID,
    KEEPER,
    LAID_OUT,
    LIUHE,
    ON,
    OTHER_STREET,
    STREET,
    VERIFIER,
    Town,
)
from tests.points.events.hands import HEAD, WORKER, key, staffed

pytestmark = pytest.mark.anyio


async def test_an_event_without_a_place_gets_one_and_a_verifier(town: Town) -> None:
    """Whoever heads the place it gets may place it; the same key again changes nothing."""
    await staffed(town)
    event = await town.event(("V-1", "reporter"), area=None, assigned=None)
    assert list((await assignments.assign_waiting(town.book, ON)).left) == [event]
    for _ in range(2):
        await amendments.amend(town.book, event, Mended(area=GRID), by=HEAD, key="k")
    whole = await events.find(town.book, event)
    assert whole.area is not None
    assert (whole.area.code, whole.verifier) == (GRID, VERIFIER)
    assert [row.area for row in await amendments.of(town.book, event)] == [GRID]


async def test_moved_away_it_goes_to_a_verifier_there(town: Town) -> None:
    """Whoever had it has no role in its new place."""
    await roles.grant(town.book, member=KEEPER, role="verifier", area=OTHER_STREET, by=ADMIN, on=LAID_OUT)
    (grant,) = await roles.grants_of(town.book, VERIFIER, ON)
    await roles.revoke(town.book, grant=grant.id, by=ADMIN, on=ON)
    await roles.grant(town.book, member=VERIFIER, role="verifier", area=STREET, by=ADMIN, on=ON)
    event = await town.event(("V-1", "reporter"))
    await amendments.amend(town.book, event, Mended(area=FAR), by=ADMIN, key=key())
    assert await assignments.verifier_of(town.book, event) == KEEPER


async def test_category_and_severity_decide_what_it_is_worth(town: Town) -> None:
    """A major hazard is worth twenty."""
    await town.fund(100)
    event = await town.event(("V-1", "reporter"))
    await amendments.amend(town.book, event, Mended(category="F", severity="major"), by=ADMIN, key=key())
    assert (await town.verify()).points == 20


async def test_what_cannot_be_amended_is_refused(town: Town) -> None:
    """And nothing is written."""
    await staffed(town)
    await town.fund(100)
    event, unplaced = await town.event(("V-1", "reporter")), await town.event(area=None)
    verified = await town.event(("V-1", "reporter"))
    await town.verify_one(verified)
    for refusal, which, mended, by in (
        (UnknownEvent, "0" * 32, Mended(category="F"), ADMIN),
        (NothingToAmend, event, Mended(), ADMIN),
        (NothingToAmend, event, Mended(area=LIUHE, category="E"), ADMIN),
        (NothingToAmend, unplaced, Mended(category="F"), ADMIN),
        (BadCategory, event, Mended(category="Q"), ADMIN),
        (BadLevel, event, Mended(area=STREET), ADMIN),
        (NotAllowed, event, Mended(area=FAR), HEAD),
        (NotAllowed, event, Mended(area=GRID), WORKER),
        (NotAllowed, unplaced, Mended(area=FAR), HEAD),
        (EventSettled, verified, Mended(category="F"), ADMIN),
    ):
        with pytest.raises(refusal):
            await amendments.amend(town.book, which, mended, by=by, key=key())
    assert await town.rows("SELECT * FROM events_amendment") == []
