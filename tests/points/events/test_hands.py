"""Who has a hand in an event never verifies it, whatever roles they hold: neither one event nor all of a source."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.awards import verifications
from points.awards.errors import OwnEvent, OwnHousehold
from points.awards.outcomes import Outcome
from points.events import assignments, attendance, events, filing, hands
from points.events.filing import Held
from points.events.models import Assignment, Contribution
from points.keys import new_key
from points.people import roles
from tests.points.awards.town import ADMIN, LAID_OUT, STREET, VERIFIER, Town
from tests.points.events.hands import HEAD, WORKER, filed, key, said, staffed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def friday(town: Town) -> str:
    """An activity that the grid worker filed, where the head, a verifier as well, signed 王秀兰 in."""
    await staffed(town)
    town.members |= {HEAD, WORKER}
    await town.fund(100)
    await roles.grant(town.book, member=HEAD, role="verifier", area=STREET, by=ADMIN, on=LAID_OUT)
    written = said(kind="activity", category="V", what="周五志愿日", type_name="周五志愿日")
    held = Held(written.occurred_at + timedelta(hours=2))
    one = await filing.hold(town.book, written, held, by=WORKER, key=key())
    await attendance.sign_in(town.book, one.event, [await town.member("V-000001")], by=HEAD)
    return one.event


async def given_to(town: Town, event: str, verifier: str) -> list[Outcome]:
    """What comes of it when an event is with somebody: by its own page, and with all of its source by a command."""
    row = Assignment(id=new_key(), event=event, verifier=verifier, assigned_on=LAID_OUT.isoformat())
    await town.insert(row)
    today = town.book.today()
    return [
        await verifications.accept(town.book, event, by=verifier, on=today),
        await verifications.accept_assigned(town.book, source="jishan", by=verifier, on=today),
    ]


def refused(outcome: Outcome) -> set[type[Exception]]:
    """Why nothing of it was accepted."""
    assert outcome.accepted + outcome.nothing == 0
    return {type(each.reason) for each in outcome.refused}


async def test_who_signs_people_in_does_not_verify_them(town: Town, friday: str) -> None:
    """The rota passes them over, and what is with them all the same is refused; another verifier accepts it."""
    assert (await events.find(town.book, friday)).verifier == VERIFIER
    for outcome in await given_to(town, friday, HEAD):
        assert refused(outcome) == {OwnEvent}
    assert await assignments.settle(town.book, friday, town.book.today()) == VERIFIER
    assert (await verifications.accept(town.book, friday, by=VERIFIER, on=town.book.today())).accepted == 1


async def test_nor_does_who_filed_it_or_lives_with_one_of_them(town: Town, friday: str) -> None:
    """With both roles of 网格员 and 核实人, and in one household with who signed people in."""
    await roles.grant(town.book, member=WORKER, role="verifier", area=STREET, by=ADMIN, on=LAID_OUT)
    for outcome in await given_to(town, friday, WORKER):
        assert refused(outcome) == {OwnEvent}
    await town.household("J-1", HEAD, VERIFIER)
    for outcome in await given_to(town, friday, VERIFIER):
        assert refused(outcome) == {OwnHousehold}
    assert await assignments.settle(town.book, friday, town.book.today()) is None


async def test_nor_does_a_mediator_of_the_case(town: Town, friday: str) -> None:
    """Nor one they live with."""
    one = await filed(town)
    row = Contribution(id=new_key(), event=one.event, member=HEAD, role="mediator", outcome="oral")
    await town.insert(row)
    for outcome in await given_to(town, one.event, HEAD):
        assert refused(outcome) == {OwnEvent}
    await town.household("J-1", HEAD, VERIFIER)
    for outcome in await given_to(town, one.event, VERIFIER):
        assert refused(outcome) == {OwnHousehold}


async def test_a_hand_is_noted_once_for_each_who_has_it(town: Town, friday: str) -> None:
    """However often they sign people in; together with those who took a step."""
    for number in ("V-000002", "V-000003"):
        await attendance.sign_in(town.book, friday, [await town.member(number)], by=HEAD)
    rows = await town.rows("SELECT member FROM events_hand WHERE event = ?", friday)
    assert [row["member"] for row in rows] == [HEAD]
    assert await hands.of(town.book.reader, [friday]) == {friday: {HEAD, WORKER}}
    assert await hands.signers(town.book.reader, []) == {}
