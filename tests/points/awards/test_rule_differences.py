"""Differences between two rule books, as a meeting reads them."""

from __future__ import annotations

from points.awards import rule_differences, rule_edits, rule_text
from points.awards.rule_differences import Change

TEXT = rule_text.default()
PATROL = """[[rules]]
id = "lamp"
zh = "修路灯"
en = "lamps mended"
roles = ["participant"]
points = 2

"""


def test_the_same_book_differs_in_nothing_however_it_is_laid_out() -> None:
    """Comments and empty lines are not what it says."""
    bare = "\n".join(line.split(" #")[0] for line in TEXT.splitlines() if not line.startswith("#") and line)
    assert bare != TEXT
    assert rule_differences.between(TEXT, bare) == []


def test_the_order_in_a_list_is_no_difference() -> None:
    """A meeting is not asked about reporters and mediators who became mediators and reporters."""
    turned = TEXT.replace('roles = ["participant", "reporter"]', 'roles = ["reporter", "participant"]')
    if turned == TEXT:
        turned = TEXT.replace('roles = ["reporter", "participant"]', 'roles = ["participant", "reporter"]')
    assert turned != TEXT
    assert rule_differences.between(TEXT, turned) == []


def test_a_figure_says_what_was_and_what_it_becomes() -> None:
    """Of the book, of a cap, of a rule and of an outcome below it."""
    values = {"notice.days": 10, "caps.report-day.limit": 12, "rules.hazard.points": 6}
    values["rules.mediation.outcomes.oral"] = 4
    found = rule_differences.between(TEXT, rule_edits.changed(TEXT, values))
    assert [(each.kind, each.what, each.id, each.changes) for each in found] == [
        ("book", "changed", "", (Change("notice.days", "7", "10"),)),
        ("cap", "changed", "report-day", (Change("limit", "10", "12"),)),
        ("rule", "changed", "hazard", (Change("points", "5", "6"),)),
        ("rule", "changed", "mediation", (Change("outcomes.oral", "5", "4"),)),
    ]
    assert found[2].zh == "上报消防、安全隐患"


def test_a_rule_that_is_new_or_gone_is_told_whole() -> None:
    """With every key it says, or said."""
    begins = TEXT.index('[[rules]]\nid = "friday"')
    ends = TEXT.index('[[rules]]\nid = "meeting"')
    found = rule_differences.between(TEXT, TEXT[:begins] + PATROL + TEXT[ends:])
    assert [(each.what, each.id) for each in found] == [("added", "lamp"), ("removed", "friday")]
    assert Change("roles", "", "participant") in found[0].changes
    assert Change("points", "4", "") in found[1].changes


def test_a_rule_that_moved_is_named_and_only_that_one() -> None:
    """The first that holds counts, so the order is part of what a book says."""
    begins, ends = TEXT.index('[[rules]]\nid = "meeting"'), TEXT.index('[[rules]]\nid = "patrol"')
    first = TEXT.index("[[rules]]")
    moved = TEXT[:first] + TEXT[begins:ends] + TEXT[first:begins] + TEXT[ends:]
    found = rule_differences.between(TEXT, moved)
    assert [(each.what, each.id) for each in found] == [("moved", "meeting")]


def test_repeats_and_the_day_are_part_of_it() -> None:
    """They are no rules, and told all the same."""
    text = TEXT.replace("within_hours = 24", "within_hours = 48").replace("2000-01-01", "2030-01-01", 1)
    found = rule_differences.between(TEXT, text)
    assert [(each.kind, each.changes) for each in found] == [
        ("book", (Change("in_force_from", "2000-01-01", "2030-01-01"),)),
        ("repeats", (Change("within_hours", "24", "48"),)),
    ]
