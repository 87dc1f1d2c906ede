"""Where an event stands, as a table of the steps that were taken."""

from __future__ import annotations

import pytest

from points.events import life, steps
from points.events.models import Step
from points.keys import new_key


def lived(*names: str) -> list[Step]:
    """Steps taken by hand, one after the other."""
    return [Step(id=f"{n:032x}", event="e", name=name, actor="S-0001") for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("taken", "state", "can"),
    [
        ("reported", "reported", "assigned found_false"),
        ("reported assigned", "assigned", "assigned handled found_false"),
        ("reported assigned handled", "handled", "assigned handled verified reopened found_false"),
        ("reported assigned handled verified", "verified", "assigned handled archived reopened found_false"),
        ("reported assigned handled verified archived", "archived", "rated reopened found_false"),
        ("reported assigned handled verified archived rated", "rated", "reopened found_false"),
        ("reported found_false", "found_false", "reopened"),
        ("reported found_false reopened", "reported", "assigned found_false"),
        ("reported assigned handled reopened", "reported", "assigned found_false"),
        ("reported assigned handled reopened assigned", "assigned", "assigned handled found_false"),
        ("reported archived", "archived", "rated reopened found_false"),
    ],
)
def test_a_report_goes_its_way(taken: str, state: str, can: str) -> None:
    """Each step opens the next; reopening begins anew; what is false can only be reopened."""
    now = life.of("report", lived(*taken.split()))
    assert (now.state, now.open) == (state, frozenset(can.split()))
    assert now.reopened is ("reopened" in taken)
    assert now.false is (state == "found_false")


def test_verifying_contributions_takes_the_step_by_itself() -> None:
    """While some wait, nobody verifies by hand, and nobody archives."""
    handled = lived("reported", "assigned", "handled")
    assert "verified" not in life.of("report", handled, undecided=True).open
    verified = [*handled, *lived("verified")]
    assert "archived" not in life.of("report", verified, undecided=True).open


def test_a_gathering_is_handled_by_nobody() -> None:
    """It is held, verified and archived."""
    held = life.of("activity", lived("reported"))
    assert (held.state, held.open) == ("handled", frozenset({"verified", "found_false"}))
    assert "archived" in life.of("meeting", lived("reported", "verified")).open


def test_a_mediation_is_handled_by_recording_its_result() -> None:
    """It is under way from the start and sent to nobody; reopened, its result being known, a head says how it ended."""
    begun = life.of("mediation", lived("reported"))
    assert (begun.state, begun.open) == ("assigned", frozenset({"found_false"}))
    settled = life.of("mediation", lived("reported", "handled"))
    assert (settled.state, "verified" in settled.open, "handled" in settled.open) == ("handled", True, False)
    again = life.of("mediation", lived("reported", "handled", "reopened"))
    assert (again.state, again.open) == ("assigned", frozenset({"found_false", "handled"}))


def test_what_others_said_stands_before_what_was_done_here() -> None:
    """Keys of stated steps follow from the event, so they say nothing about when."""
    event = "f" * 32
    stated = ("archived", "reported")
    said = [Step(id=steps.stated_key(event, name), event=event, name=name) for name in stated]
    by_hand = Step(id=new_key(), event=event, name="reopened", actor="S-0001")
    names = [step.name for step in steps.in_order([by_hand, *said])]
    assert names == ["reported", "archived", "reopened"]
    assert life.of("report", steps.in_order([by_hand, *said])).state == "reported"
