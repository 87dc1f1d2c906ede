"""The 8 digits at a counter: what kind they are, whole, never a card's, and kept under a key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from points.people import cards, damm, short_codes
from points.people.models import Card
from tests.books import fresh

KINDS = (short_codes.IDENTITY, short_codes.CARD, short_codes.PICK_UP)


def test_the_first_digit_says_the_kind_and_the_last_checks_the_rest() -> None:
    """A thousand drawn of each kind: 8 digits, read right, and no digit begins two kinds."""
    for leading in KINDS:
        drawn = [short_codes.draw(leading) for _ in range(1000)]
        assert all(len(one) == 8 and damm.is_whole(one) and one[0] in leading for one in drawn)
        assert {short_codes.is_pick_up(one) for one in drawn} == {leading == short_codes.PICK_UP}
        assert len(set(drawn)) > 990
        assert {one[0] for one in drawn} == set(leading)
    assert sorted("".join(KINDS)) == list("0123456789")


@pytest.mark.anyio
async def test_the_number_of_a_card_is_known_whatever_it_begins_with(tmp_path: Path) -> None:
    """Cards of earlier years may begin with any digit: whoever draws a code asks."""
    taken, free = "50000001", "50000017"
    async with fresh(tmp_path) as book:
        async with book.write() as db:
            card = Card(number=taken, token="0" * 32, member="V-000001", issued_on="2019-01-01")
            await card.save(using_db=db, force_create=True)
        assert await short_codes.is_card(book.reader, taken)
        assert not await short_codes.is_card(book.reader, free)


def test_a_digest_needs_the_secret_and_the_kind() -> None:
    """Other digits, another secret or another kind give another digest; the digits stand nowhere in it."""
    kept = short_codes.digest("12345670", b"pepper", of=b"identity code")
    assert kept == short_codes.digest("12345670", b"pepper", of=b"identity code")
    others = {
        short_codes.digest("12345671", b"pepper", of=b"identity code"),
        short_codes.digest("12345670", b"salt", of=b"identity code"),
        short_codes.digest("12345670", b"pepper", of=b"pick-up code"),
    }
    assert len(others | {kept}) == 4
    assert "12345670" not in kept


def test_new_cards_begin_as_cards_do() -> None:
    """A card drawn today stays out of the digits of codes."""
    drawn = [cards._new("V-000001", date(2026, 11, 22)).number for _ in range(200)]
    assert {number[0] for number in drawn} == set(short_codes.CARD)
    assert all(damm.is_whole(number) for number in drawn)
