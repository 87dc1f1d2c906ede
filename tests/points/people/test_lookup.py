"""Finding somebody at the counter."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import cards, lookup
from points.people.errors import AskMore, CardStopped
from tests.points.people import village
from tests.points.people.village import DAY


@pytest.mark.anyio
async def test_everyone_is_found_by_what_they_carry_or_know(book: Book) -> None:
    """Card, token, member number, phone, or phone tail with surname and birthday; how is recorded."""
    wang = await village.enrol(book, "王秀兰", phone="10000900001", birthday="03-12")
    await village.enrol(book, "王军", phone="10000910001", birthday="11-02")
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    for text, way in (
        (card.number, "card"),
        (card.token, "card"),
        (wang.number, "number"),
        ("100 0090 0001", "phone"),
        ("0001 王 03-12", "manual"),
        ("王秀兰，3月12日，0001", "manual"),
        ("0001 王 0312", "manual"),
    ):
        found = await lookup.find(book, text)
        assert [(c.member, c.name, c.area_name, c.found_by) for c in found] == [
            (wang.number, "王秀兰", "六和社区居委会", way)
        ], text


@pytest.mark.anyio
async def test_namesakes_with_one_birthday_are_all_shown(book: Book) -> None:
    """Staff choose among them; we do not."""
    for phone in ("10000900001", "10000910001"):
        await village.enrol(book, "欧阳丽华", phone=phone, birthday="06-18")
    await village.enrol(book, "欧小明", phone="10000920001", birthday="06-18")
    assert [c.member for c in await lookup.find(book, "0001 欧阳 6月18日")] == ["V-000001", "V-000002"]


@pytest.mark.anyio
@pytest.mark.parametrize("text", ["0001", "0001 王", "王 03-12", "0001 03-12", "", "王秀兰"])
async def test_a_phone_tail_alone_finds_nobody(book: Book, text: str) -> None:
    """Four digits are shared by many: surname and birthday are asked as well."""
    await village.enrol(book, "王秀兰", phone="10000900001", birthday="03-12")
    with pytest.raises(AskMore):
        await lookup.find(book, text)


@pytest.mark.anyio
async def test_nobody_is_an_empty_list_and_a_lost_card_is_said(book: Book) -> None:
    """Not finding is not an error; a stopped card is worth a sentence."""
    wang = await village.enrol(book, "王秀兰", phone="10000900001", birthday="03-12")
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    await cards.lost(book, card.number, by="S-0001", on=DAY)
    for text in ("V-000099", "10000999999", "0001 李 03-12", "0001 王 03-13", "0002 王 03-12"):
        assert await lookup.find(book, text) == []
    with pytest.raises(CardStopped):
        await lookup.find(book, card.number)
