"""`jishan stock receive, correct, lose, send, arrive`: what comes to a shelf and what goes."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import asked, call
from tests.web.commands.shelf import ADMIN, COME, WU, left, today


def test_goods_come_in_from_a_file_and_go_again(book: Path, tmp_path: Path) -> None:
    """Twice is once; undone; lost; too much for one person is sent to another."""
    before, note = left(book, 2), tmp_path / "单.csv"
    note.write_text("物品,数量\n食盐,9\n", encoding="utf-8")
    come = (*COME, "--file", str(note))
    asked(*come, "--document", "1", "--key", "a", book=book)
    wrong = asked(*come, "--document", "2", "--key", "b", book=book)
    assert asked(*come, "--document", "2", "--key", "b", book=book)["repeated"]
    undo = ("stock", "correct", "--shop", "1", "--delivery", str(wrong["position"]), "--by", WU)
    asked(*undo, "--reason", "entered_twice", book=book)
    asked("stock", "lose", "--shop", "1", "--item", "食盐x2", "--reason", "broken", "--by", WU, book=book)
    assert left(book, 2) == before + 7
    asked(*COME, "--document", "3", "--item", "电饭煲x9", book=book)
    lose = ("stock", "lose", "--shop", "1", "--item", "电饭煲x9", "--reason", "stolen", "--by", WU)
    assert "要两个人" in call(*lose, book=book).err
    assert asked(*lose, "--ask", book=book)["request"]


def test_goods_are_sent_and_received(book: Path) -> None:
    """To a second shop, with one broken on the way; what is low and when more comes is shown."""
    asked("shop", "open", "和平驿站", "--area", COMMUNITY, "--by", ADMIN, book=book)
    asked(*COME, "--document", "1", "--item", "雨伞x5", book=book)
    send = ("stock", "send", "--shop", "1", "--to", "2", "--item", "雨伞x3", "--by", WU)
    sent = asked(*send, book=book)["transfer"]
    arrive = ("stock", "arrive", sent, "--item", "雨伞x2", "--by", "S-0004")
    refused = call(*arrive, book=book)
    assert (refused.status, "请选一个原因" in refused.err) == (1, True)
    asked(*arrive, "--reason", "雨伞=broken", book=book)
    watch = ("stock", "watch", "--shop", "2", "--item", "雨伞", "--least", "2", "--by", WU)
    asked(*watch, book=book)
    asked("stock", "expect", "--shop", "2", "--item", "雨伞", "--day", today(book), "--by", WU, book=book)
    (umbrella,) = asked("stock", "show", "--shop", "2", book=book)["items"]
    assert (umbrella["left"], umbrella["low"], umbrella["next_on"]) == (2, True, today(book))
