"""`jishan stock`: what waits for another person is decided on, and then stands on the shelf."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call
from tests.web.commands.shelf import ADMIN, COME, WU, left


def test_another_person_decides(book: Path) -> None:
    """Not who asked; what was approved moves the stock."""
    asked(*COME, "--document", "1", "--item", "电饭煲x9", book=book)
    lose = ("stock", "lose", "--shop", "1", "--item", "电饭煲x8", "--reason", "stolen", "--by", WU, "--ask")
    said = asked(*lose, book=book)
    assert [one["id"] for one in asked("stock", "requests", book=book)["requests"]] == [said["request"]]
    decide = ("stock", "decide", said["request"], "--approve", "--digest", said["digest"])
    refused = call(*decide, "--by", WU, book=book)
    assert (refused.status, "另一个人" in refused.err) == (1, True)
    assert asked(*decide, "--by", ADMIN, book=book)["state"] == "approved"
    assert left(book, 14) == 1
