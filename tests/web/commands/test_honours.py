"""`jishan hours`, `certificates`, `honours`: the pages' verbs, by commands."""

from __future__ import annotations

import asyncio
from pathlib import Path

from points.district import open_district
from points.honours import numbers
from tests.typed import asked, call
from tests.web.views import servings


def prepared(book: Path) -> None:
    """王秀兰 served for four hours and agreed to be on the board."""

    async def work() -> None:
        async with open_district(f"sqlite://{book}") as opened:
            await servings.serve(opened, "V-000001", [150, 90])
            await servings.agree(opened, "V-000001")

    asyncio.run(work())


def test_hours_a_certificate_and_its_check(book: Path) -> None:
    """By the desk; asked again it is the same; a number that is none is refused."""
    prepared(book)
    found = asked("hours", "V-000001", book=book)
    assert (found["minutes"], found["stars"]) == (240, 0)
    issue = ("certificates", "issue", "V-000001", "--by", "S-0004")
    row = asked(*issue, book=book)
    assert (row["minutes"], row["times"]) == (240, 2)
    assert asked(*issue, book=book)["number"] == row["number"]
    checked = asked("certificates", "check", numbers.shown(row["number"]), book=book)
    assert checked["whole"]
    assert checked["stands"] == 240
    said = call("certificates", "check", row["number"], book=book).out
    assert "王*兰" in said
    assert "王秀兰" not in said
    assert call("certificates", "check", "1234", book=book).status == 1
    assert call("certificates", "check", numbers.new(), book=book).status == 1
    assert call("certificates", "issue", "V-000001", "--by", "S-0003", book=book).status == 1
    assert call("audit", book=book).status == 0


def test_a_period_is_looked_at_and_not_closed_before_its_end(book: Path) -> None:
    """What it comes to, and why it cannot be closed yet; a period nobody earned in has no board."""
    prepared(book)

    async def where() -> tuple[str, str]:
        from points.people.members import find

        async with open_district(f"sqlite://{book}") as opened:
            return (await find(opened, "V-000001")).area, f"{opened.today():%Y-%m}"

    area, month = asyncio.run(where())
    found = asked("honours", "show", "--area", area, "--period", month, book=book)
    assert found["board"] is None
    assert [line[0] for line in found["lines"]] == ["V-000001"]
    refused = call("honours", "close", "--area", area, "--period", month, "--by", "S-0001", book=book)
    assert refused.status == 1
    assert "才结束" in refused.out + refused.err
    for period in ("2001-01", "2026-99"):
        closing = call("honours", "close", "--area", area, "--period", period, "--by", "S-0001", book=book)
        assert closing.status == 1
