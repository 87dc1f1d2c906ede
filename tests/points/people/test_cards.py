"""Cards find a person until they are lost."""

from __future__ import annotations

import re

import pytest

from ledger.book import Book
from points.people import cards, damm
from points.people.errors import BadCardNumber, CardStopped, UnknownCard, UnknownMember
from tests.points.people import village
from tests.points.people.village import DAY


@pytest.mark.anyio
async def test_a_card_finds_its_member_by_digits_and_by_token(book: Book) -> None:
    """Eight digits in any grouping, or what the QR holds: 128 random bits."""
    wang = await village.enrol(book, "王秀兰")
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    assert damm.is_whole(card.number)
    assert re.fullmatch("[0-9a-f]{32}", card.token)
    for text in (
        card.number,
        f"{card.number[:4]} {card.number[4:]}",
        f"{card.number[:4]}-{card.number[4:]}",
        card.token.upper(),
    ):
        assert await cards.find(book, text) == wang.number


@pytest.mark.anyio
async def test_a_lost_card_finds_nobody(book: Book) -> None:
    """Whoever finds it learns only that it is stopped; reporting it twice is harmless."""
    wang = await village.enrol(book, "王秀兰")
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    await cards.lost(book, card.number, by="S-0001", on=DAY)
    await cards.lost(book, card.number, by="S-0001", on=DAY)
    for text in (card.number, card.token):
        with pytest.raises(CardStopped):
            await cards.find(book, text)
    assert await cards.of(book, wang.number) is None


@pytest.mark.anyio
async def test_a_new_card_stops_the_old_one(book: Book) -> None:
    """Reprinting leaves one card that works."""
    wang = await village.enrol(book, "王秀兰")
    old = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    new = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    with pytest.raises(CardStopped):
        await cards.find(book, old.number)
    working = await cards.of(book, wang.number)
    assert working is not None
    assert working.number == new.number
    assert await cards.find(book, new.token) == wang.number


@pytest.mark.anyio
async def test_a_slip_in_the_number_is_noticed_before_looking(book: Book) -> None:
    """A wrong digit is told as such; a right number nobody has is unknown; a card needs a member."""
    wang = await village.enrol(book, "王秀兰")
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    slip = ("1" if card.number[0] != "1" else "2") + card.number[1:]
    for text in (slip, "1234", "王秀兰", ""):
        with pytest.raises(BadCardNumber):
            await cards.find(book, text)
    other = next(n for n in (f"{i:07d}" + damm.check_digit(f"{i:07d}") for i in range(2)) if n != card.number)
    with pytest.raises(UnknownCard):
        await cards.find(book, other)
    with pytest.raises(UnknownMember):
        await cards.issue(book, "V-000099", by="S-0001", on=DAY)
