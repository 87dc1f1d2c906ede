"""What a meeting decides gives points only as any other event does: filed by one, verified by another."""

from __future__ import annotations

import pytest

from points import chart
from points.awards import rule_text, verifications
from points.events import decisions, filing
from points.events.errors import BadDecision
from points.events.filing import Held
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, VERIFIER, Town
from tests.points.events.hands import WORKER, key, said, staffed
from tests.points.events.test_filing import EVENING
from web import event_words

pytestmark = pytest.mark.anyio


async def test_a_commendation_is_filed_and_verified(town: Town) -> None:
    """Two are commended: nothing until a verifier has accepted it, then 20 each, citing the decision's event."""
    await staffed(town)
    await town.fund(100)
    meeting = said(kind="meeting", category="M", what="七月议事会", type_name="议事会")
    one = await filing.hold(town.book, meeting, Held(EVENING), by=WORKER, key=key())
    who = [await town.member(number) for number in ("V-000001", "V-000002")]
    wanted = {"decision": "镇街表扬", "members": [*who, who[0]], "by": WORKER}
    done = await decisions.decide(town.book, one.event, "抗台风", key="k", **wanted)
    assert await decisions.decide(town.book, one.event, "抗台风", key="k", **wanted) == done
    assert done.number == f"{one.number}-1"
    assert await town.points(chart.noticed(who[0])) == 0
    outcome = await verifications.accept(town.book, done.event, by=VERIFIER, on=town.book.today())
    assert (outcome.accepted, outcome.points) == (2, 40)
    (row,) = await town.rows(
        "SELECT DISTINCT kind, evidence_kind FROM ledger_transaction WHERE kind = 'award'"
    )
    assert row["evidence_kind"] == "contribution"


async def test_what_no_meeting_decides_is_refused(town: Town) -> None:
    """Nor by somebody who files nothing; nor on nobody."""
    await staffed(town)
    meeting = said(kind="meeting", category="M", what="七月议事会", type_name="议事会")
    one = await filing.hold(town.book, meeting, Held(EVENING), by=WORKER, key=key())
    who = await town.member("V-000001")
    for decision, members in (("加 100 分", [who]), ("镇街表扬", [])):
        with pytest.raises(BadDecision):
            await decisions.decide(
                town.book, one.event, "x", decision=decision, members=members, by=WORKER, key=key()
            )
    with pytest.raises(NotAllowed):
        await decisions.decide(
            town.book, one.event, "x", decision="镇街表扬", members=[who], by=ADMIN, key=key()
        )


def test_the_rules_know_every_decision() -> None:
    """Each of the list stands in the default rule book, and has a word on pages."""
    assert all(f'"{name}"' in rule_text.default() for name in decisions.DECISIONS)
    assert event_words.DECISIONS.keys() == decisions.DECISIONS.keys()
