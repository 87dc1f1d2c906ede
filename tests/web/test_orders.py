"""A sealed order comes back as it was, and nobody can change it or make one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from web import orders
from web.orders import Order

SECRET = b"a secret of 32 bytes for testing"
ORDER = Order(1, "S-0004", "V-000001", "card", date(2026, 11, 21), "k" * 24, ((1, 2), (17, 1)), 21)
TOGETHER = replace(ORDER, together=(("member/V-000001", 6), ("member/V-000002", 15)))
NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def test_what_was_sealed_is_read_back() -> None:
    """Every field, in characters that may stand in an address."""
    text = orders.seal(ORDER.agreed(NOW), SECRET)
    assert orders.unseal(text, SECRET) == ORDER.agreed(NOW)
    assert orders.unseal(orders.seal(TOGETHER, SECRET), SECRET) == TOGETHER
    assert text.isascii()
    assert set(text) <= set("-_.") | set(filter(str.isalnum, text))


def test_another_secret_opens_nothing() -> None:
    """Each installation seals with its own pepper."""
    assert orders.unseal(orders.seal(ORDER, SECRET), SECRET[::-1]) is None


@given(st.integers(0, 200), st.characters(exclude_categories=["Cs"]))
def test_a_changed_character_opens_nothing(place: int, character: str) -> None:
    """Wherever it is, and whatever it becomes; another spelling of the very same order is no harm."""
    text = orders.seal(ORDER, SECRET)
    place %= len(text)
    changed = text[:place] + character + text[place + 1 :]
    assert orders.unseal(changed, SECRET) in ((ORDER,) if changed == text else (None, ORDER))


def test_agreement_belongs_to_the_very_order() -> None:
    """Adding to the basket after the PIN makes another text, which the first seal does not cover."""
    agreed = orders.seal(ORDER.agreed(NOW), SECRET)
    more = orders.seal(replace(ORDER, items=((1, 9),)).agreed(NOW), SECRET)
    assert orders.unseal(agreed.rsplit(".", 1)[0] + "." + more.rsplit(".", 1)[1], SECRET) is None


def test_agreement_ends_after_ten_minutes() -> None:
    """An order left open on a screen does not stay agreed."""
    agreed = ORDER.agreed(NOW)
    ages = [timedelta(0), timedelta(minutes=10), timedelta(minutes=10, seconds=1), timedelta(seconds=-1)]
    assert [agreed.is_agreed(NOW + age) for age in ages] == [True, True, False, False]
    assert not ORDER.is_agreed(NOW)
