"""What came of a mediation: once, by its mediators, in shares that sum to the whole, and points follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import statements
from points import chart
from points.awards import verifications
from points.events import life, mediations, settlements, taking
from points.events.assignments import verifier_of
from points.events.errors import (
    BadFollowUp,
    BadOutcome,
    BadShares,
    MediationOver,
    MediationRecorded,
    UnknownMediation,
    UnknownStudio,
)
from points.people import teams
from points.people.errors import UnknownMember
from tests.points.awards.town import ADMIN, LIUHE, VERIFIER, Town
from tests.points.events.hands import HEAD, key
from tests.points.events.quarrels import AUDITOR, LIU, OUYANG, ZHAO, filed, result, settled, staffed

pytestmark = pytest.mark.anyio
OTHERS = ("V-000005", "V-000006", "V-000007")


async def noticed(town: Town, *members: str) -> list[int]:
    """The points of each that are on notice."""
    return [await statements.balance(town.book.reader, chart.noticed(member)) for member in members]


async def test_it_goes_to_a_verifier_and_points_follow_the_shares(town: Town) -> None:
    """Ten points: seven to whom seventy percent are, none to the member of staff whose duty it is."""
    await staffed(town)
    await town.fund(100)
    event = await settled(town)
    assert await verifier_of(town.book, event) == VERIFIER
    done = await town.verify_one(event)
    assert (done.accepted, done.nothing, done.points) == (1, 1, 7)
    assert await noticed(town, OUYANG, ZHAO) == [7, 0]
    case = await mediations.find(town.book, event)
    assert life.of("mediation", case.whole.steps).state == "verified"
    await taking.take(town.book, event, "archived", by=HEAD, key=key())


async def test_shares_by_largest_remainder_sum_to_the_pool(town: Town) -> None:
    """34, 33, 33 of ten points are 4, 3, 3; without shares all claim the same; one who is returned leaves his."""
    await staffed(town)
    await town.fund(100)
    for member in OTHERS:
        await town.member(member)
    event = await settled(town, mediators=tuple(zip(OTHERS, (33, 34, 33), strict=True)))
    assert (await town.verify_one(event)).points == 10
    assert await noticed(town, *OTHERS) == [3, 4, 3]
    alike = await settled(town, outcome="difficult", mediators=[(who, None) for who in OTHERS])
    assert (await town.verify_one(alike)).points == 30
    assert await noticed(town, *OTHERS) == [13, 14, 13]
    last = await settled(town, mediators=tuple(zip(OTHERS, (20, 20, 60), strict=True)))
    case = await mediations.find(town.book, last)
    back = {each.id: "不在场" for each in case.whole.contributions if each.member == OTHERS[2]}
    on = town.book.today()
    done = await verifications.accept(town.book, last, by=VERIFIER, on=on, returned=back)
    assert (done.accepted, done.returned, done.points) == (2, 1, 10)
    assert await noticed(town, *OTHERS) == [18, 19, 13]


async def test_the_same_key_is_once_and_another_is_too_late(town: Town) -> None:
    """A double click changes nothing; a second result is refused."""
    await staffed(town)
    one = await filed(town)
    for _ in range(2):
        await settlements.record(town.book, one.event, result(town), by=ZHAO, key="k")
    with pytest.raises(MediationRecorded):
        await settlements.record(town.book, one.event, result(town, outcome="difficult"), by=ZHAO, key="l")
    assert len((await mediations.find(town.book, one.event)).shares) == 2


async def test_only_its_mediators_record_it(town: Town) -> None:
    """To all others it is not there."""
    await staffed(town)
    one = await filed(town)
    for by in (LIU, HEAD, AUDITOR, VERIFIER, ADMIN, OUYANG):
        with pytest.raises(UnknownMediation):
            await settlements.record(town.book, one.event, result(town), by=by, key=key())
    assert (await mediations.find(town.book, one.event)).result is None


SHARES = [
    (),
    ((OUYANG, 99), (ZHAO, 2)),
    ((OUYANG, 99),),
    ((OUYANG, 100), (ZHAO, None)),
    ((OUYANG, 50), (OUYANG, 50)),
    ((OUYANG, 101), (ZHAO, -1)),
    ((OUYANG, 100), (ZHAO, 0)),
]


@pytest.mark.parametrize("shares", SHARES)
async def test_shares_that_do_not_sum_are_refused(
    town: Town, shares: tuple[tuple[str, int | None], ...]
) -> None:
    """Nobody twice, all or none with a share, each at least one percent, together a hundred."""
    await staffed(town)
    one = await filed(town)
    with pytest.raises(BadShares):
        await settlements.record(town.book, one.event, result(town, mediators=shares), by=ZHAO, key=key())


async def test_result_agreement_and_day_must_fit(town: Town) -> None:
    """Failed has no agreement, all else has one and a day to look again; the studio is one; people are known."""
    await staffed(town)
    one = await filed(town)
    team = await teams.register(town.book, "清洁队", kind="team", area=LIUHE, leader=None, by=ADMIN, key="t")
    today = town.book.today()
    for wrong, refusal in (
        ({"outcome": "failed"}, BadOutcome),
        ({"agreement": "none"}, BadOutcome),
        ({"outcome": "oral"}, BadOutcome),
        ({"outcome": "won"}, BadOutcome),
        ({"follow_up_on": None}, BadOutcome),
        ({"follow_up_on": today - timedelta(days=1)}, BadFollowUp),
        ({"follow_up_on": today + timedelta(days=800)}, BadFollowUp),
        ({"studio": team.number}, UnknownStudio),
        ({"studio": "D-9999"}, UnknownStudio),
        ({"mediators": (("V-999999", None),)}, UnknownMember),
    ):
        with pytest.raises(refusal):
            await settlements.record(town.book, one.event, result(town, **wrong), by=ZHAO, key=key())
    failed = result(town, outcome="failed", agreement="none", follow_up_on=None)
    await settlements.record(town.book, one.event, failed, by=ZHAO, key=key())


async def test_a_studio_is_kept_with_its_case(town: Town) -> None:
    """老赵调解室."""
    await staffed(town)
    studio = await teams.register(
        town.book, "老赵调解室", kind="studio", area=LIUHE, leader=None, by=ADMIN, key="s"
    )
    case = await mediations.find(town.book, await settled(town, studio=studio.number))
    assert case.result is not None
    assert case.result.studio == studio.number == "D-0001"


async def test_what_was_found_false_has_no_result(town: Town) -> None:
    """And what is reopened goes its round with the heads, its result being known."""
    await staffed(town)
    one = await filed(town)
    await taking.take(town.book, one.event, "found_false", by=HEAD, key=key())
    with pytest.raises(MediationOver):
        await settlements.record(town.book, one.event, result(town), by=ZHAO, key=key())
    event = await settled(town)
    await taking.take(town.book, event, "reopened", by=HEAD, key=key())
    await taking.take(town.book, event, "handled", by=HEAD, key=key())
    assert life.of("mediation", (await mediations.find(town.book, event)).whole.steps).state == "handled"
