"""`jishan correction`: asked for by one, seen with its check code, approved by another."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call
from tests.web.commands.test_awards import one

QUERY = "SELECT v.reference FROM awards_verification AS v WHERE v.points > 0 ORDER BY 1 LIMIT 1"


def test_two_people_correct_on_the_command_line(book: Path) -> None:
    """Listed, shown with what would move; who asked cannot approve; another with the code can, once."""
    (reference,) = one(book, QUERY)
    words = ("--reason", "记错人", "--note", "写成隔壁了", "--by", "S-0002")
    said = asked("correction", "ask", str(reference), *words, book=book)
    assert (said["state"], said["reason"], said["same"]) == ("open", "wrong_person", True)
    (listed,) = asked("correction", "list", book=book)["requests"]
    assert listed["request"] == said["request"]
    shown = call("correction", "show", said["request"], book=book).out
    assert "写成隔壁了" in shown
    assert said["digest"] in shown
    seen = ("correction", "approve", said["request"], "--digest", said["digest"][-12:])
    alone = call(*seen, "--by", "S-0002", book=book)
    assert (alone.status, "不能做第二个人" in alone.err) == (1, True)
    wrong = call(*seen[:-1], "0" * 12, "--by", "S-0011", book=book)
    assert (wrong.status, "请再看一眼" in wrong.err) == (1, True)
    assert asked(*seen, "--by", "S-0011", book=book)["state"] == "approved"
    assert asked("correction", "list", book=book)["requests"] == []
    assert one(book, "SELECT reason, approved_by FROM awards_correction") == ("wrong_person", "S-0011")


def test_refused_nothing_moves(book: Path) -> None:
    """And it is written down who refused."""
    (reference,) = one(book, QUERY)
    said = asked("correction", "ask", str(reference), "--reason", "wrong_sum", "--by", "S-0002", book=book)
    words = ("correction", "refuse", said["request"], "--digest", said["digest"], "--by", "S-0011")
    assert asked(*words, book=book)["state"] == "refused"
    assert one(book, "SELECT count(*) FROM awards_correction") == (0,)
    assert call("audit", book=book).status == 0
