"""`jishan shop`: a shop is opened as what it is, changed, closed, and opened again."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import asked, call

BY = ("--by", "S-0001")


def test_a_shop_is_opened_changed_closed_and_opened_again(book: Path) -> None:
    """By an administrator; hours that cannot be read and a shop that was never lost are refused."""
    said = ("--area", COMMUNITY, "--kind", "unmanned", "--hours", "每天 0:00-24:00")
    number = str(asked("shop", "open", "南门无人站", *said, *BY, book=book)["shop"])
    at = ("--shop", number, *BY)
    now = asked(
        "shop",
        "change",
        "--name",
        "南门驿站",
        "--kind",
        "station",
        "--hours",
        "周一 9:00-12:00",
        *at,
        book=book,
    )
    assert (now["name"], now["kind"], now["hours"]) == ("南门驿站", "station", "周一 9:00–12:00")
    assert call("shop", "change", "--hours", "看门口", *at, book=book).status == 2
    assert call("shop", "day", "2100-01-01", "上午", *at, book=book).status == 2
    assert asked("shop", "day", "2100-01-01", *at, book=book)["shop"] == int(number)
    assert asked("shop", "day", "2100-01-01", "--as-usual", *at, book=book)["shop"] == int(number)
    assert asked("shop", "carry", "--item", "香皂", *at, book=book)["shop"] == int(number)
    assert asked("shop", "close", *at, book=book)["closed_on"] is not None
    assert asked("shop", "reopen", *at, book=book)["closed_on"] is None
    again = ("put-back", "四号", "--area", COMMUNITY)
    assert call("shop", *again, "--shop", "99", *BY, book=book).status == 1
