"""Corrections by two people: both see the same lines, nobody is both, and what moved meanwhile is looked at again."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from points import chart
from points.awards import correction_requests, corrections
from points.awards.correction_requests import Request
from points.awards.errors import (
    AlreadyCorrected,
    CorrectionChanged,
    CorrectionDecided,
    CorrectionLapsed,
    NotSecondPerson,
    OwnCorrection,
    UnknownCorrection,
)
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.awards.test_corrections import V1, award, large, spend, vest
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, PUBLISHER, VERIFIER, Town

pytestmark = pytest.mark.anyio
V10 = "V-000010"


async def ask(town: Town, reference: str, *, by: str = PUBLISHER, key: str = "k1") -> Request:
    """The publisher asks."""
    return await correction_requests.ask(
        town.book, reference, "wrong_sum", by=by, key=key, note="多写了一个零"
    )


async def decide(town: Town, asked: Request, *, by: str = ADMIN, approved: bool = True) -> Request:
    """Somebody who saw it decides."""
    return await correction_requests.decide(
        town.book, asked.id, approved=approved, digest=asked.digest, by=by
    )


@pytest.fixture
async def asked(town: Town) -> Request:
    """600 points were too many; the publisher asks that they go back."""
    (reference,) = await large(town, points=600)
    return await ask(town, reference)


async def test_with_a_second_person_they_go_back(town: Town, asked: Request) -> None:
    """The entry names the code, both people and the request; the note stands only where it can be erased."""
    seen = await correction_requests.look(town.book, asked)
    assert (seen.same, seen.plan.points, seen.plan.owed) == (True, 600, 0)
    now = await decide(town, asked)
    assert (now.state, now.decided_by, now.note) == ("approved", ADMIN, "多写了一个零")
    assert await town.points(chart.noticed(V10)) == 0
    (row,) = await town.rows("SELECT * FROM awards_correction")
    assert (row["reason"], row["corrected_by"], row["approved_by"]) == ("wrong_sum", PUBLISHER, ADMIN)
    (entry,) = await town.rows("SELECT evidence_id FROM ledger_transaction WHERE kind = 'correct'")
    sql = "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?"
    (kept,) = await town.rows(sql, f"correction/{entry['evidence_id']}")
    assert json.loads(kept["text"])["request"] == asked.id
    everything = await town.rows("SELECT text FROM evidence_snapshot_text")
    assert not any("多写了" in each["text"] for each in everything)
    notes = await town.rows("SELECT about FROM awards_correction_note ORDER BY about")
    assert {each["about"] for each in notes} == {asked.id, row["reference"]}


async def test_pressing_twice_is_pressing_once(town: Town, asked: Request) -> None:
    """Asking, and approving; another person, or the other word, is told that it was decided."""
    again = await ask(town, asked.award.reference or "")
    assert again == asked
    first = await decide(town, asked)
    head = await town.head()
    assert await decide(town, asked) == first
    for by, approved in ((VERIFIER, True), (ADMIN, False)):
        with pytest.raises(CorrectionDecided):
            await decide(town, asked, by=by, approved=approved)
    assert await town.head() == head
    with pytest.raises(AlreadyCorrected):
        await ask(town, asked.award.reference or "", key="k2")


async def test_refused_it_moves_nothing(town: Town, asked: Request) -> None:
    """And is out of the queue; it can be asked for anew."""
    assert [each.id for each in await correction_requests.waiting(town.book, ["/"])] == [asked.id]
    assert (await decide(town, asked, approved=False)).state == "refused"
    assert await town.points(chart.noticed(V10)) == 600
    assert await correction_requests.waiting(town.book, ["/"]) == []
    another = await ask(town, asked.award.reference or "", key="k2")
    path = f"/{DISTRICT}/"
    assert [each.id for each in await correction_requests.waiting(town.book, [path])] == [another.id]
    assert await correction_requests.waiting(town.book, ["/1/"]) == []
    assert await correction_requests.waiting(town.book, []) == []


async def test_the_second_person_is_another_side(town: Town, asked: Request) -> None:
    """Not who asked, not the one it is about, not their households, not without a role; a verifier there may."""
    await town.household("H1", PUBLISHER, VERIFIER)
    await town.household("H2", V10, KEEPER)
    await roles.grant(town.book, member=KEEPER, role="verifier", area=DISTRICT, by=ADMIN, on=LAID_OUT)
    for by in (PUBLISHER, VERIFIER, V10, KEEPER, "V-000099"):
        for approved in (True, False):
            with pytest.raises(NotSecondPerson):
                await decide(town, asked, by=by, approved=approved)
    assert (await decide(town, asked)).state == "approved"


async def test_nobody_asks_for_their_own(town: Town) -> None:
    """Nor for their household's, nor without the role."""
    reference = await award(town)
    await town.household("H1", V1, PUBLISHER)
    with pytest.raises(OwnCorrection):
        await ask(town, reference)
    with pytest.raises(NotAllowed):
        await ask(town, reference, by=KEEPER)


async def test_what_was_spent_meanwhile_is_looked_at_again(town: Town) -> None:
    """Asked for while the points were there; six are spent; approving moves nothing until somebody asks anew."""
    reference = await award(town)
    await vest(town)
    asked = await ask(town, reference)
    await spend(town, 6)
    seen = await correction_requests.look(town.book, asked)
    assert (seen.same, seen.plan.owed) == (False, 6)
    for digest in (asked.digest, seen.digest):
        with pytest.raises(CorrectionChanged):
            await correction_requests.decide(town.book, asked.id, approved=True, digest=digest, by=ADMIN)
    assert await town.rows("SELECT * FROM awards_correction") == []
    anew = await ask(town, reference, by=VERIFIER, key="k2")
    assert [each.id for each in await correction_requests.waiting(town.book, ["/"])] == [anew.id]
    await decide(town, anew)
    assert await town.points(chart.owed(V1)) == -6


async def test_what_vested_meanwhile_is_looked_at_again(town: Town) -> None:
    """The same points are in another account: it is not what both saw."""
    reference = await award(town)
    asked = await ask(town, reference)
    await vest(town)
    with pytest.raises(CorrectionChanged):
        await decide(town, asked)


async def test_a_request_lapses(town: Town, asked: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 72 hours nobody approves it, and it is out of the queue; a correction overtakes it too."""
    later = town.book.now() + timedelta(hours=73)
    with monkeypatch.context() as clock:
        clock.setattr(type(town.book), "now", lambda _book: later)
        assert await correction_requests.waiting(town.book, ["/"]) == []
        with pytest.raises(CorrectionLapsed):
            await decide(town, asked)
    with pytest.raises(UnknownCorrection):
        await correction_requests.find(town.book, "no such request")


async def test_one_person_overtakes_a_request(town: Town) -> None:
    """Eight points one may correct alone, whoever had asked for a second person."""
    reference = await award(town)
    asked = await ask(town, reference)
    await corrections.correct(town.book, reference, "not_true", by=VERIFIER, on=town.book.today())
    assert (await correction_requests.find(town.book, asked.id)).state == "overtaken"
    with pytest.raises(CorrectionDecided):
        await decide(town, asked)


@pytest.mark.parametrize("second", [True, False], ids=["both approve", "one refuses"])
async def test_two_decide_at_once(town: Town, asked: Request, second: bool) -> None:
    """One of them did; the other is told. The points moved once, or not at all."""
    await roles.grant(town.book, member=KEEPER, role="verifier", area=DISTRICT, by=ADMIN, on=LAID_OUT)
    both = await asyncio.gather(
        decide(town, asked), decide(town, asked, by=KEEPER, approved=second), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in both) == ["CorrectionDecided", "Request"]
    (decision,) = await town.rows("SELECT * FROM awards_correction_decision")
    assert await town.points(chart.noticed(V10)) == (0 if decision["approved"] else 600)
    assert len(await town.rows("SELECT * FROM awards_correction")) == int(decision["approved"])
