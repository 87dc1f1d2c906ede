"""`jishan settle`: a merchant's month and the balance between communities, each step by its command."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.sample.town import DISTRICT
from tests.typed import asked, call
from tests.web import barber

KEEPER, SECOND = ("--by", "S-0002"), ("--by", "S-0011")


@pytest.fixture
def shop(book: Path, monkeypatch: pytest.MonkeyPatch) -> barber.Barber:
    """The barber, a month later."""
    opened = barber.in_book(book)
    barber.let_a_month_pass(monkeypatch)
    return opened


def drawn(book: Path, shop: barber.Barber) -> dict[str, str]:
    """孙丽 draws the month up."""
    said = ("--shop", str(shop.shop), "--month", shop.month)
    return asked("settle", "draw", *said, *KEEPER, book=book)


def test_a_month_is_settled_under_the_digest_that_was_shown(book: Path, shop: barber.Barber) -> None:
    """Drawn up by one, shown, approved by another and paid; then there is no other statement of that month."""
    made = drawn(book, shop)
    key = made["settlement"]
    shown = call("settle", "show", key, book=book).out
    for part in (made["digest"], "应付 20 元", "理发一次 ×1"):
        assert part in shown
    seen = ("--digest", made["digest"], *SECOND)
    assert asked("settle", "decide", key, *seen, book=book)["state"] == "approved"
    assert "已批准" in call("settle", "pay", key, "--document", "网银 9", *KEEPER, book=book).out
    month = ("--shop", str(shop.shop), "--month", shop.month)
    twice = call("settle", "draw", *month, *KEEPER, book=book)
    assert (twice.status, "已经结算过了" in twice.err) == (1, True)


def test_what_was_not_seen_is_not_approved_and_what_is_refused_may_be_drawn_up_again(
    book: Path, shop: barber.Barber
) -> None:
    """Under another digest nothing is settled; refused, it is not paid, and another takes its place."""
    made = drawn(book, shop)
    key = made["settlement"]
    unseen = call("settle", "decide", key, "--digest", "sha256:0", *SECOND, book=book)
    assert (unseen.status, "又有变动" in unseen.err) == (1, True)
    seen = ("--digest", made["digest"], *SECOND)
    assert asked("settle", "decide", key, *seen, "--refuse", book=book)["state"] == "refused"
    unpaid = call("settle", "pay", key, "--document", "网银 9", *KEEPER, book=book)
    assert (unpaid.status, "还没有批准" in unpaid.err) == (1, True)
    assert drawn(book, shop)["state"] == "open"


def test_a_balance_is_looked_at_and_then_closed_as_it_was_seen(book: Path, shop: barber.Barber) -> None:
    """`close` without a digest shows it and changes nothing; with the digest it closes the month, once."""
    month = ("--under", DISTRICT, "--month", shop.month, *KEEPER)
    made = asked("settle", "net", *month, book=book)
    shown = call("settle", "close", made["netting"], *SECOND, book=book)
    assert made["digest"] in shown.out
    assert "等另一个人批" in shown.out
    closing = ("--digest", made["digest"], *SECOND)
    closed = asked("settle", "close", made["netting"], *closing, book=book)
    assert (closed["state"], closed["points"] >= 20) == ("approved", True)
    twice = call("settle", "net", *month, book=book)
    assert (twice.status, "已经结算过了" in twice.err) == (1, True)
