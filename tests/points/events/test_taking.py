"""The steps of a report by hand: each open to whom it belongs to, once, at its time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from points.events import dispatches, events, filing, taking
from points.events.assignments import verifier_of
from points.events.errors import StepNotOpen
from points.events.models import Assignment, Step
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, KEEPER, LAID_OUT, LIUHE, VERIFIER, Town
from tests.points.events.hands import HEAD, LIAISON, WORKER, filed, key, said, staffed

pytestmark = pytest.mark.anyio


async def names(town: Town, event: str) -> list[str]:
    """The steps of an event."""
    return [step.name for step in (await events.find(town.book, event)).steps]


async def test_a_report_goes_from_hand_to_hand(town: Town) -> None:
    """Grid worker, grid head, handler, verifier, grid head; points are awarded where verification is."""
    await staffed(town)
    await town.fund(100)
    one = await filed(town, reporter=await town.member("V-000001"))
    assert await taking.open_to(town.book, await events.find(town.book, one.event), WORKER) == frozenset()
    assert await verifier_of(town.book, one.event) is None
    await dispatches.send(town.book, one.event, "own", by=HEAD, key=key(), handler=LIAISON)
    assert await verifier_of(town.book, one.event) is None
    await taking.take(town.book, one.event, "handled", by=LIAISON, key=key(), note="已搬走")
    assert await verifier_of(town.book, one.event) == VERIFIER
    outcome = await town.verify_one(one.event)
    assert (outcome.accepted, outcome.points) == (1, 5)
    await taking.take(town.book, one.event, "archived", by=HEAD, key=key())
    await taking.take(town.book, one.event, "rated", by=ADMIN, key=key())
    whole = await events.find(town.book, one.event)
    assert [step.name for step in whole.steps] == [
        "reported",
        "assigned",
        "handled",
        "verified",
        "archived",
        "rated",
    ]
    assert [step.actor for step in whole.steps] == [WORKER, HEAD, LIAISON, VERIFIER, HEAD, ADMIN]
    assert [step.on_time for step in whole.steps] == [None, None, True, None, True, None]
    assert list((await taking.notes_of(town.book, whole)).values()) == ["已搬走"]


async def test_each_step_is_refused_to_others(town: Town) -> None:
    """And nothing is written."""
    await staffed(town)
    one = await filed(town)
    with pytest.raises(NotAllowed):
        await dispatches.send(town.book, one.event, "own", by=WORKER, key=key())
    await dispatches.send(town.book, one.event, "own", by=HEAD, key=key(), handler=KEEPER)
    for by in (WORKER, VERIFIER, ADMIN):
        with pytest.raises(NotAllowed):
            await taking.take(town.book, one.event, "handled", by=by, key=key())
    await taking.take(town.book, one.event, "handled", by=KEEPER, key=key())
    for by in (WORKER, KEEPER, LIAISON):
        with pytest.raises(NotAllowed):
            await taking.take(town.book, one.event, "found_false", by=by, key=key())
    assert await names(town, one.event) == ["reported", "assigned", "handled"]


@pytest.mark.parametrize("name", ["handled", "verified", "archived", "rated", "reopened"])
async def test_no_step_before_its_time(town: Town, name: str) -> None:
    """Only sending it and finding it false are open from the start."""
    await staffed(town)
    one = await filed(town)
    with pytest.raises(StepNotOpen):
        await taking.take(town.book, one.event, name, by=HEAD, key=key())
    assert await names(town, one.event) == ["reported"]


async def test_the_same_key_twice_is_once(town: Town) -> None:
    """Pressing twice, one after the other."""
    await staffed(town)
    one = await filed(town)
    for _ in range(2):
        await dispatches.send(town.book, one.event, "own", by=HEAD, key="a")
        await taking.take(town.book, one.event, "handled", by=HEAD, key="b")
    assert await names(town, one.event) == ["reported", "assigned", "handled"]
    head = await town.head()
    again = await filing.report(town.book, said(), by=WORKER, key="c")
    assert (await filing.report(town.book, said(), by=WORKER, key="c")) == again
    assert await town.head() == head + 1


async def test_who_had_a_hand_in_it_never_verifies_it(town: Town) -> None:
    """The grid head handled it and holds the role: another verifier gets it, and verifying by hand is refused them."""
    await staffed(town)
    await roles.grant(town.book, member=HEAD, role="verifier", area=LIUHE, by=ADMIN, on=LAID_OUT)
    one = await filed(town)
    await dispatches.send(town.book, one.event, "own", by=HEAD, key=key())
    await taking.take(town.book, one.event, "handled", by=HEAD, key=key())
    assert await verifier_of(town.book, one.event) == VERIFIER
    row = Assignment(id=town.key(), event=one.event, verifier=HEAD, assigned_on="2018-12-01")
    await town.insert(row)
    assert (await town.verify_one(one.event, by=HEAD)).accepted == 0


async def test_reopened_it_goes_round_again(town: Town) -> None:
    """The steps of the first round stay; the second is verified by hand, because the contributions are decided."""
    await staffed(town)
    one = await filed(town)
    for _ in range(2):
        await dispatches.send(town.book, one.event, "own", by=HEAD, key=key(), handler=LIAISON)
        await taking.take(town.book, one.event, "handled", by=LIAISON, key=key())
        if (await names(town, one.event)).count("handled") == 1:
            await town.verify_one(one.event)
            await taking.take(town.book, one.event, "reopened", by=VERIFIER, key=key(), note="又堵了")
    await taking.take(town.book, one.event, "verified", by=VERIFIER, key=key())
    await taking.take(town.book, one.event, "archived", by=HEAD, key=key())
    assert (await names(town, one.event)).count("verified") == 2
    standing = await taking.life_of(town.book, await events.find(town.book, one.event))
    assert (standing.state, standing.reopened) == ("archived", True)


async def test_late_is_said(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Handled eleven days later, which no holiday excuses."""
    await staffed(town)
    one = await filed(town)
    await dispatches.send(town.book, one.event, "own", by=HEAD, key=key())
    later = town.book.today() + timedelta(days=11)
    now = datetime.combine(later, datetime.min.time(), town.book.zone)
    monkeypatch.setattr(type(town.book), "today", lambda _: later)
    monkeypatch.setattr(type(town.book), "now", lambda _: now)
    await taking.take(town.book, one.event, "handled", by=HEAD, key=key())
    row = await Step.get(event=one.event, name="handled", using_db=town.book.reader)
    assert row.on_time is False
