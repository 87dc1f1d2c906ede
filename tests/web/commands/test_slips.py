"""`jishan slips`: printed, entered, and what stays open; the second person confirms what was seen."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import asked, call
from tests.web.commands.test_awards import one as row

ZHANG, ADMIN, STOCK = "S-0004", "S-0001", "S-0007"


def test_a_slip_is_entered_by_one_and_confirmed_by_another(book: Path) -> None:
    """The first is refused; then the numbers add up."""
    numbers = asked("slips", "print", "--shop", "1", "--count", "3", "--by", ZHANG, book=book)["numbers"]
    today = asked("slips", "list", "--shop", "1", book=book)
    assert today["batches"][0]["unused"] == len(numbers) == 3
    words = ("--member", "V-000001", "--item", "香皂x2", "--served-by", ZHANG, "--by", ZHANG)
    day = _day(book)
    one = asked("slips", "enter", "--shop", "1", numbers[0], "--day", day, *words, book=book)
    assert one["state"] == "entered"
    confirm = ("slips", "confirm", "--shop", "1", numbers[0], "--digest", one["digest"])
    refused = call(*confirm, "--by", ZHANG, book=book)
    assert (refused.status, "另一个人" in refused.err) == (1, True)
    told = (STOCK, "--role", "counter", "--area", COMMUNITY, "--by", ADMIN)
    assert call("staff", "grant", *told, book=book).status == 0
    assert asked(*confirm, "--by", STOCK, book=book)["points"] == 6
    voided = asked("slips", "void", "--shop", "1", numbers[1], "--reason", "spoilt", "--by", ZHANG, book=book)
    assert voided["state"] == "void"
    (batch,) = asked("slips", "list", "--shop", "1", book=book)["batches"]
    assert batch == {"series": "A", "printed": 3, "unused": 1, "open": 0, "used": 1, "lost": 0, "void": 1}
    misread = numbers[2][:-1] + str((int(numbers[2][-1]) + 1) % 10)
    wrong = call("slips", "void", "--shop", "1", misread, "--reason", "spoilt", "--by", ZHANG, book=book)
    assert (wrong.status, "不对" in wrong.err) == (1, True)


def _day(book: Path) -> str:
    """The day the slips were printed, as the book has it."""
    (day,) = row(book, "SELECT max(printed_on) FROM market_slip_batch")
    return str(day)
