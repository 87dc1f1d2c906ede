"""Looking again at what was settled: by its mediators or the head, and it leaves the list of what is due."""

from __future__ import annotations

import pytest

from points.events import follow_ups, mediations, taking
from points.events.errors import MediationOver, NotFollowed, UnknownMediation
from tests.points.awards.town import ADMIN, VERIFIER, Town
from tests.points.events.hands import HEAD, key
from tests.points.events.quarrels import AUDITOR, LIU, OUYANG, ZHAO, filed, settled, staffed

pytestmark = pytest.mark.anyio


async def test_each_look_is_kept(town: Town) -> None:
    """It held, and later it did not; pressing twice is once."""
    await staffed(town)
    event = await settled(town)
    for _ in range(2):
        await follow_ups.record(town.book, event, held=True, by=ZHAO, key="k")
    await follow_ups.record(town.book, event, held=False, by=HEAD, key="l")
    found = (await mediations.find(town.book, event)).follow_ups
    assert [(row.held, row.seen_by, row.seen_on) for row in found] == [
        (True, ZHAO, town.book.today().isoformat()),
        (False, HEAD, town.book.today().isoformat()),
    ]


async def test_only_its_mediators_and_the_head(town: Town) -> None:
    """For all others it is not there."""
    await staffed(town)
    event = await settled(town)
    for by in (LIU, AUDITOR, VERIFIER, ADMIN, OUYANG):
        with pytest.raises(UnknownMediation):
            await follow_ups.record(town.book, event, held=True, by=by, key=key())


async def test_not_before_a_result_nor_when_it_was_not_so(town: Town) -> None:
    """There is nothing that could hold."""
    await staffed(town)
    one, event = await filed(town), await settled(town)
    with pytest.raises(NotFollowed):
        await follow_ups.record(town.book, one.event, held=True, by=ZHAO, key=key())
    await taking.take(town.book, event, "found_false", by=HEAD, key=key())
    with pytest.raises(MediationOver):
        await follow_ups.record(town.book, event, held=True, by=ZHAO, key=key())
