"""`jishan alliance|merchant|settle`: what the pages do, at the command line."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from points.district import open_district
from points.sample.town import COMMUNITY, DISTRICT
from tests.typed import asked, call
from tests.web import barber


def test_a_merchant_is_signed_settled_and_paid_and_a_month_netted(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step by its command, the second person's under the digest that the first one's showed."""

    async def cut() -> barber.Barber:
        async with open_district(f"sqlite://{book}") as opened:
            return await barber.open_up(opened, b"p" * 32)

    shop = asyncio.run(cut())
    said = call("alliance", "list", book=book)
    assert "红色信用联盟" in said.out
    assert call("alliance", "leave", "--alliance", "1", COMMUNITY, "--by", "S-0001", book=book).status == 0
    again = call("alliance", "join", "--alliance", "1", COMMUNITY, "--by", "S-0001", book=book)
    assert again.status == 0
    late = ("--from", "2090-01-01", "--until", "2090-12-31", "--pays", "理发一次x900", "--key", "k")
    signed = call("merchant", "sign", "--shop", str(shop.shop), *late, "--by", "S-0001", book=book)
    assert "2090-01-01" in signed.out
    assert call("merchant", "end", f"{shop.shop}-2", "--by", "S-0001", book=book).status == 0
    named = call(
        "merchant", "appoint", "--shop", str(shop.shop), "--member", "S-0004", "--by", "S-0001", book=book
    )
    assert named.status == 0
    barber.let_a_month_pass(monkeypatch)
    month = ("--month", shop.month, "--key", "m", "--by", "S-0002")
    drawn = asked("settle", "draw", "--shop", str(shop.shop), *month, book=book)
    seen = ("--digest", drawn["digest"], "--by", "S-0011")
    key = drawn["settlement"]
    assert "20" in call("settle", "show", key, book=book).out
    assert asked("settle", "decide", key, *seen, book=book)["state"] == "approved"
    paid = ("--document", "网银 9", "--by", "S-0002")
    assert call("settle", "pay", key, *paid, book=book).status == 0
    netted = asked("settle", "net", "--under", DISTRICT, *month, book=book)
    shown = call("settle", "close", netted["netting"], "--by", "S-0011", book=book)
    assert netted["digest"] in shown.out
    closing = ("--digest", netted["digest"], "--by", "S-0011")
    closed = asked("settle", "close", netted["netting"], *closing, book=book)
    assert (closed["state"], closed["points"] >= 20) == ("approved", True)
    twice = call("settle", "draw", "--shop", str(shop.shop), *month[:2], "--by", "S-0002", book=book)
    assert (twice.status, "已经结算过了" in twice.err) == (1, True)


def test_an_alliance_is_founded_at_the_command_line(book: Path) -> None:
    """With its number, for the next command."""
    made = call(
        "alliance",
        "found",
        "示范点一",
        "--kind",
        "demonstration",
        "--area",
        DISTRICT,
        "--by",
        "S-0001",
        book=book,
    )
    assert "1 号 示范点一" in made.out
