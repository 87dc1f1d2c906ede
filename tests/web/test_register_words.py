"""Registers in words."""

from __future__ import annotations

from datetime import UTC, datetime

from points.events.life import Life
from points.events.listing import Line
from points.events.models import Event
from points.events.registers import KINDS, Entry
from web import register_words
from web.i18n import speaking


def _entry(**facts: object) -> Entry:
    event = Event(
        id="e", kind="mediation", source="x", external_id="=7", category="D", type_name="甲", main_type_name="乙",
        subtype_name="邻里纠纷", severity="major", occurred_at=datetime(2018, 7, 4, 1, tzinfo=UTC),
    )  # fmt: skip
    line = Line(event, None, Life("reported", False, frozenset()), None, False)
    kept = {
        "line": line,
        "outcome": "late",
        "unit": "司法所",
        "responsible": "王*兰",
        "mediation": "difficult",
    }
    return Entry(**(kept | facts))  # type: ignore[arg-type]


def test_a_line_has_a_cell_for_every_column() -> None:
    """In the language being spoken."""
    shown = register_words.cells(3, _entry())
    when, where = "2018年7月4日", "还没有写明社区"
    assert shown[:6] == [3, when, where, "=7", "矛盾纠纷", "邻里纠纷"]
    assert shown[6:] == ["重大", "司法所", "超时办结，疑难调解", "王*兰"]
    assert len(shown) == len(register_words.HEADINGS) == len(register_words.WIDTHS)
    with speaking("en"):
        assert register_words.cells(3, _entry())[4] == "Disputes"
        assert register_words.headings()[0] == "No."


def test_what_is_not_known_is_left_empty() -> None:
    """No mediation, no department, nobody."""
    shown = register_words.cells(1, _entry(unit=None, responsible=None, mediation=None))
    assert shown[-3:] == ["", "超时办结", ""]


def test_every_register_has_its_name() -> None:
    """The words of the registers are those of the pages."""
    assert register_words.NAMES == KINDS
