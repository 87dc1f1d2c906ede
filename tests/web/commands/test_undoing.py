"""`jishan undo`, `return`, `undoing`: by one at once, in part, and by two with the check code."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call
from tests.web.commands.test_awards import one

ZHANG, ADMIN = "S-0004", "S-0001"


def redeemed(book: Path, key: str, *things: str) -> int:
    """王秀兰 has things from 张强; the number of her receipt."""
    words = ("--shop", "1", "--member", "V-000001", "--key", key, "--by", ZHANG)
    said = asked("redeem", *words, *(word for thing in things for word in ("--item", thing)), book=book)
    return int(said["position"])


def test_undone_once_and_told_again(book: Path) -> None:
    """The number with its R; the second time it says so."""
    position = redeemed(book, "a1", "香皂")
    words = ("undo", str(position), "--reason", "拿错", "--by", ZHANG)
    assert call(*words, book=book).out.strip() == f"✓ 已更正 {position}R"
    again = asked(*words, book=book)
    assert (again["repeated"], again["number"], again["reason"]) == (True, f"{position}R", "wrong_item")
    assert call("undo", "1", "--reason", "拿错", "--by", ZHANG, book=book).status == 1
    assert call("audit", book=book).status == 0


def test_a_part_comes_back(book: Path) -> None:
    """One of two, and never what was not had."""
    position = redeemed(book, "b1", "香皂x2")
    words = ("return", str(position), "--reason", "broken", "--by", ZHANG, "--item")
    for wrong in ("香皂x3", "毛巾"):
        assert "退回几件" in call(*words, wrong, book=book).err
    said = asked(*words, "香皂", book=book)
    assert said["rest"] > said["position"]
    assert one(book, "SELECT points, found_by FROM market_redemption WHERE found_by = 'rest'") == (3, "rest")


def test_two_people_undo_on_the_command_line(book: Path) -> None:
    """Asked, listed, shown, refused to who asked, approved by another with the end of the code."""
    position = redeemed(book, "c1", "香皂")
    said = asked(
        "undo", str(position), "--reason", "其他", "--note", "颜色", "--ask", "--by", ZHANG, book=book
    )
    (listed,) = asked("undoing", "list", book=book)["requests"]
    assert (listed["request"], listed["state"]) == (said["request"], "open")
    assert "颜色" in call("undoing", "show", said["request"], book=book).out
    seen = ("--digest", said["digest"][-12:])
    alone = call("undoing", "approve", said["request"], *seen, "--by", ZHANG, book=book)
    assert (alone.status, "另一位工作人员" in alone.err) == (1, True)
    done = asked("undoing", "approve", said["request"], *seen, "--by", ADMIN, book=book)
    assert (done["state"], done["decided_by"]) == ("approved", ADMIN)
    assert call("undoing", "list", book=book).out.strip() == "没有等第二个人的兑换更正。"
    other = redeemed(book, "c2", "香皂")
    said = asked("undo", str(other), "--reason", "拿错", "--ask", "--by", ZHANG, book=book)
    words = ("undoing", "refuse", said["request"], "--digest", said["digest"], "--by", ADMIN)
    assert asked(*words, book=book)["state"] == "refused"
