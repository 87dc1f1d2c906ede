"""`jishan stock reconcile`: a month adds up."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import asked, call
from tests.web.commands.shelf import COME, left, today


def test_a_month_adds_up(book: Path) -> None:
    """What came in is there and costs what it costs; for a person the same in lines."""
    asked(*COME, "--document", "1", "--item", "食盐x9", book=book)
    month = ("stock", "reconcile", "--area", COMMUNITY, "--month", today(book)[:7])
    told = asked(*month, book=book)
    (salt,) = [each for each in told["goods"] if each["item"] == 2]
    assert (salt["received"], salt["left"]) == (9, left(book, 2))
    assert told["liability"] == told["left"] > 0
    said = call(*month, "--shop", "1", book=book).out
    assert "月末在居民手里" in said
    assert "换出去的" in said
