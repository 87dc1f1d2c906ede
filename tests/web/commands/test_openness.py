"""`jishan notice list`, `show` and `jishan objection`: what hangs, what was objected, and what was answered."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

PUBLISHER, NEIGHBOUR = ("--by", "S-0002"), ("--by", "V-000002")


def hanging(book: Path) -> tuple[str, str]:
    """The notice that hangs longest and the code of its first line."""
    number = asked("notice", "list", book=book)["notices"][0]
    return number, asked("notice", "show", number, book=book)["lines"][0]["code"]


def test_what_hangs_is_listed_and_read(book: Path) -> None:
    """Codes, categories and points, and nobody's number; before it was published there was none."""
    number, code = hanging(book)
    said = call("notice", "show", number, book=book).out
    assert code in said
    assert "V-0" not in said
    assert asked("notice", "list", "--on", "2018-01-01", book=book)["notices"] == []
    refused = call("notice", "show", number, "--on", "2018-01-01", book=book)
    assert (refused.status, number in refused.err) == (1, True)


def test_an_objection_is_made_listed_and_dismissed(book: Path) -> None:
    """Once for each key; its number is how one asks for the answer."""
    line = hanging(book)
    words = ("objection", "make", *line, "--reason", "hours", "--key", "k", *NEIGHBOUR)
    made = asked(*words, book=book)
    assert asked(*words, book=book) == made
    assert [each["number"] for each in asked("objection", "list", book=book)["objections"]] == [
        made["number"]
    ]
    assert "等答复" in call("objection", "show", made["number"], book=book).out
    assert [each["overdue"] for each in asked("objection", "list", book=book)["objections"]] == [False]
    asked("objection", "dismiss", made["number"], "--text", "查过签到表", *PUBLISHER, book=book)
    shown = asked("objection", "show", made["number"], book=book)
    assert (shown["state"], shown["answer"]) == ("dismissed", "查过签到表")
    assert asked("objection", "list", book=book)["objections"] == []


def test_an_upheld_objection_names_its_correction(book: Path) -> None:
    """A second answer is refused."""
    number = asked(
        "objection", "make", *hanging(book), "--reason", "nothing", *NEIGHBOUR, book=book
    )["number"]  # fmt: skip
    words = ("--text", "确实没有", *PUBLISHER)
    assert asked("objection", "uphold", number, *words, book=book)["position"] > 0
    refused = call("objection", "dismiss", number, *words, book=book)
    assert (refused.status, "已经答复过了" in refused.err) == (1, True)
    assert call("objection", "show", "Y-NOTHING", book=book).status == 1


def test_a_visitors_objection_is_for_another_to_answer(book: Path) -> None:
    """Who wrote it down does not rule on it."""
    desk = ("--reason", "other", "--text", "不是他", "--visitor", *PUBLISHER)
    number = asked("objection", "make", *hanging(book), *desk, book=book)["number"]
    refused = call("objection", "dismiss", number, "--text", "属实", *PUBLISHER, book=book)
    assert (refused.status, "请换一位公示员" in refused.err) == (1, True)
