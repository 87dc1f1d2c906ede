"""Events in words."""

from __future__ import annotations

from typing import Any

from points.events import dispatches, life, steps, workdays
from points.events.events import Whole
from points.events.models import Event, Step
from web import event_words


def whole(*names: str, kind: str = "report") -> Whole:
    """An event with steps taken by hand."""
    taken = [Step(id=f"{n:032x}", event="e", name=name, actor="S-1") for n, name in enumerate(names)]
    return Whole(Event(id="e", kind=kind), None, taken, (), None)


def told(each: Whole) -> list[tuple[str, bool]]:
    """Its timeline, without times."""
    standing = life.of(each.event.kind, each.steps)
    rows: list[Any] = event_words.timeline(each, standing, {"S-1": "甲"}, {})
    return [(str(row[0]), row[3]) for row in rows]


def test_what_is_to_come_follows_what_was_done() -> None:
    """The six steps in their order."""
    rows = told(whole("reported", "assigned"))
    assert [label for label, _ in rows] == [steps.NAMES[name] for name in steps.NAMES]
    assert [happened for _, happened in rows] == [True, True, False, False, False, False]


def test_a_reopened_event_shows_both_rounds() -> None:
    """Nothing of the first is hidden."""
    labels = [
        label for label, happened in told(whole("reported", "assigned", "handled", "reopened")) if happened
    ]
    assert labels == ["发现上报", "受理派遣", "处置反馈", "重新办理"]


def test_of_a_false_event_nothing_is_to_come() -> None:
    """And that it is false stands last."""
    rows = told(whole("reported", "found_false"))
    assert rows[-1] == ("查明不实", True)
    assert all(happened for _, happened in rows)


def test_a_gathering_has_nothing_to_handle() -> None:
    """Held, verified, archived, appraised."""
    labels = [label for label, _ in told(whole("reported", kind="activity"))]
    assert labels == ["发现上报", "任务核查", "事件归档", "考核评价"]


def test_every_state_and_lane_has_its_words() -> None:
    """What is added to the verbs is added here."""
    assert {name: str(label) for name, (label, _) in event_words.STATES.items()} == life.STATES
    assert {name: str(label) for name, label in event_words.LANES.items()} == dispatches.LANES


def test_beyond_the_known_holidays_it_is_said() -> None:
    """How the day was reckoned."""
    beyond = workdays.known_until() + 1
    assert "放假安排还没有" in str(event_words.due(f"{beyond}-03-01"))
    assert str(event_words.due("2018-07-06")) == "2018年7月6日前"


def test_a_filter_keeps_the_others_and_takes_itself_off() -> None:
    """As addresses."""
    rows = {str(label): links for label, links in event_words.filters({"kind": "report"}, everywhere=True)}
    assert rows["提醒"][0][1] == "/events?kind=report&overdue=1"
    assert rows["哪一种"][0][1] == "/events?"
    assert [on for _, _, on in rows["哪一种"]][:2] == [False, True]
