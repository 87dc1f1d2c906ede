"""`jishan stock count`: begun, entered, explained."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call
from tests.web.commands.shelf import WU, left


def test_a_count_is_entered_before_the_book_s_number_is_seen(book: Path) -> None:
    """The sheet names things and no numbers; a difference needs its reason; then it waits for another."""
    before = left(book, 1)
    begun = asked("stock", "count", "begin", "--shop", "1", "--by", WU, book=book)
    assert 1 in begun["items"]
    enter = ("stock", "count", "enter", begun["count"], "--item", f"香皂x{before - 1}", "--by", WU)
    entered = asked(*enter, book=book)
    assert entered["lines"] == [{"item": 1, "counted": before - 1, "book": before}]
    explain = ("stock", "count", "explain", begun["count"], "--by", WU)
    refused = call(*explain, book=book)
    assert (refused.status, "请选一个原因" in refused.err) == (1, True)
    assert asked(*explain, "--reason", "香皂=stolen", book=book)["digest"]
    assert left(book, 1) == before
