"""`jishan stock`: goods come, go, are counted and decided on, and the month adds up."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import asked, call

WU, ADMIN = "S-0007", "S-0001"


def left(book: Path, item: int) -> int:
    """How many stand on the shelf of shop 1."""
    rows = asked("stock", "show", "--shop", "1", book=book)["items"]
    return next((int(row["left"]) for row in rows if row["item"] == item), 0)


def test_goods_come_in_and_are_counted_by_two(book: Path, tmp_path: Path) -> None:
    """From a file; undone; lost; counted blind, explained, and approved by another; the month shows it."""
    before, note = left(book, 2), tmp_path / "单.csv"
    note.write_text("物品,数量\n食盐,9\n", encoding="utf-8")
    come = ("stock", "receive", "--shop", "1", "--file", str(note), "--supplier", "坪山超市", "--by", WU)
    asked(*come, "--document", "1", "--key", "a", book=book)
    wrong = asked(*come, "--document", "2", "--key", "b", book=book)
    assert asked(*come, "--document", "2", "--key", "b", book=book)["repeated"]
    undo = ("stock", "correct", "--shop", "1", "--delivery", str(wrong["position"]), "--by", WU)
    asked(*undo, "--reason", "entered_twice", book=book)
    asked("stock", "lose", "--shop", "1", "--item", "食盐x2", "--reason", "broken", "--by", WU, book=book)
    assert left(book, 2) == before + 7
    count = asked("stock", "count", "begin", "--shop", "1", "--by", WU, book=book)["count"]
    entered = asked("stock", "count", "enter", count, "--item", f"食盐x{before + 6}", "--by", WU, book=book)
    assert entered["lines"] == [{"item": 2, "counted": before + 6, "book": before + 7}]
    said = asked("stock", "count", "explain", count, "--reason", "食盐=stolen", "--by", WU, book=book)
    assert [one["id"] for one in asked("stock", "requests", book=book)["requests"]] == [said["request"]]
    decide = ("stock", "decide", said["request"], "--approve", "--digest", said["digest"])
    refused = call(*decide, "--by", WU, book=book)
    assert (refused.status, "另一个人" in refused.err) == (1, True)
    assert asked(*decide, "--by", ADMIN, book=book)["state"] == "approved"
    assert left(book, 2) == before + 6
    month = f"{_today(book)[:7]}"
    told = asked("stock", "reconcile", "--area", COMMUNITY, "--month", month, book=book)
    (salt,) = [each for each in told["goods"] if each["item"] == 2]
    assert (salt["received"], salt["lost"], salt["left"]) == (9, 3, before + 6)


def test_goods_are_sent_and_received(book: Path) -> None:
    """To a second shop, with one broken on the way; what is low and when more comes is shown."""
    asked("shop", "open", "和平驿站", "--area", COMMUNITY, "--by", ADMIN, book=book)
    come = ("stock", "receive", "--shop", "1", "--document", "1", "--supplier", "坪山超市", "--by", WU)
    asked(*come, "--item", "雨伞x5", book=book)
    send = ("stock", "send", "--shop", "1", "--to", "2", "--item", "雨伞x3", "--by", WU)
    sent = asked(*send, book=book)["transfer"]
    arrive = ("stock", "arrive", sent, "--item", "雨伞x2", "--by", "S-0004")
    refused = call(*arrive, book=book)
    assert (refused.status, "请选一个原因" in refused.err) == (1, True)
    asked(*arrive, "--reason", "雨伞=broken", book=book)
    watch = ("stock", "watch", "--shop", "2", "--item", "雨伞", "--least", "2", "--by", WU)
    asked(*watch, book=book)
    asked("stock", "expect", "--shop", "2", "--item", "雨伞", "--day", _today(book), "--by", WU, book=book)
    (umbrella,) = asked("stock", "show", "--shop", "2", book=book)["items"]
    assert (umbrella["left"], umbrella["low"], umbrella["next_on"]) == (2, True, _today(book))


def _today(book: Path) -> str:
    """The day of the book's last entry, which is today."""
    from tests.web.commands.test_awards import one

    (day,) = one(book, "SELECT max(effective_on) FROM ledger_transaction")
    return str(day)
