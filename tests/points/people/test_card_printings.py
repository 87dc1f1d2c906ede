"""Cards are printed with a trace: who, which, for whom; a hundred at a time, and once for each press."""

from __future__ import annotations

import asyncio

import pytest

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.people import card_acts, card_printings, cards
from points.people.code_errors import BadKeyOfPage
from points.people.errors import NotAllowed, UnknownCard, UnknownMember
from points.people.models import Card
from tests.points.people import clerks_of, village
from tests.points.people.village import DAY, HEPING, LIUHE, NANBU

pytestmark = pytest.mark.anyio
ALL = (None,)


async def test_one_card_is_printed_and_it_is_known_by_whom(book: Book) -> None:
    """The sheet has the card; the trace its number and the clerk; pressed twice it is one printing."""
    clerk, wang = await clerks_of.staff(book, "counter"), await village.enrol(book, "王秀兰")
    card = await cards.issue(book, wang.number, by=clerk, on=DAY)
    for _ in range(2):
        assert await card_printings.of_members(book, [wang.number], by=clerk, key="k1") == "k1"
    sheet = await card_printings.find(book, "k1", ALL)
    assert [(one.number, one.token, one.member) for one in sheet.cards] == [
        (card.number, card.token, wang.number)
    ]
    assert (sheet.printed_by, sheet.stopped) == (clerk, 0)
    (trace,) = await card_printings.traces(book, wang.number)
    assert (trace.card, trace.printed_by, trace.printed_at) == (card.number, clerk, sheet.printed_at)
    texts = await book.reader.execute_query_dict("SELECT text FROM evidence_snapshot_text")
    assert not any(card.number in str(row["text"]) for row in texts)


async def test_the_whole_place_is_printed_a_hundred_at_a_time(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has no card gets one; who was printed before is not printed again, nor is staff, nor another place."""
    monkeypatch.setattr(card_acts, "A_PAGE", 3)
    clerk = await clerks_of.staff(book, "counter")
    people = [(await village.enrol(book, f"居民{n}", area=(LIUHE, HEPING)[n % 2])).number for n in range(5)]
    await village.enrol(book, "别处的人", area=NANBU)
    kept = await cards.issue(book, people[0], by=clerk, on=DAY)
    place = village.PINGSHAN_STREET
    printed = []
    for key in ("k1", "k2"):
        await card_printings.of_place(book, place, which="waiting", by=clerk, key=key)
        printed.append([one.member for one in (await card_printings.find(book, key, ALL)).cards])
    assert printed == [people[:3], people[3:]]
    assert (await cards.of_many(book, people))[people[0]].number == kept.number
    with pytest.raises(UnknownCard):
        await card_printings.of_place(book, place, which="waiting", by=clerk, key="k3")
    await card_printings.of_place(book, place, which="all", by=clerk, key="k4")
    assert [one.member for one in (await card_printings.find(book, "k4", ALL)).cards] == people[:3]
    await card_printings.of_place(book, place, which="all", after=people[2], by=clerk, key="k5")
    assert [one.member for one in (await card_printings.find(book, "k5", ALL)).cards] == people[3:]


async def test_a_lost_card_leaves_its_sheet_and_waits_again(book: Book) -> None:
    """In the same moment it finds nobody, is on no sheet, and its owner is among those to print for."""
    clerk, wang = await clerks_of.staff(book, "counter"), await village.enrol(book, "王秀兰")
    await card_printings.of_place(book, LIUHE, which="waiting", by=clerk, key="k1")
    old = await cards.of(book, wang.number)
    assert old is not None
    assert await card_printings.waiting(book, LIUHE) == []
    await cards.lost(book, old.number, by=clerk, on=DAY)
    sheet = await card_printings.find(book, "k1", ALL)
    assert (sheet.cards, sheet.stopped) == ((), 1)
    assert await card_printings.waiting(book, LIUHE) == [wang.number]
    await card_printings.of_place(book, LIUHE, which="waiting", by=clerk, key="k2")
    (new,) = (await card_printings.find(book, "k2", ALL)).cards
    assert new.number != old.number
    assert [trace.card for trace in await card_printings.traces(book, wang.number)] == [
        new.number,
        old.number,
    ]


async def test_two_clerks_at_once_give_one_card_each(book: Book) -> None:
    """Both press at the same moment: nobody has two cards in use, and who was a moment late may find nobody waiting."""
    clerk = await clerks_of.staff(book, "counter")
    people = [(await village.enrol(book, f"居民{n}")).number for n in range(4)]
    told = await asyncio.gather(
        *(card_printings.of_place(book, LIUHE, which="waiting", by=clerk, key=f"k{n}") for n in range(2)),
        return_exceptions=True,
    )
    late = [one for one in told if isinstance(one, BaseException)]
    assert all(isinstance(one, UnknownCard) for one in late)
    assert len(late) < len(told)
    assert await Card.filter(member__in=people).using_db(book.reader).count() == 4


async def test_what_is_refused(book: Book) -> None:
    """Another place, an unknown number, a key used for another request, a key that is none, and nobody to print."""
    clerk, wang = await clerks_of.staff(book, "counter", area=HEPING), await village.enrol(book, "王秀兰")
    zhao = await village.enrol(book, "赵敏", area=HEPING)
    for refused, wanted in ((UnknownCard, [zhao.number]), (UnknownMember, ["V-999999"])):
        with pytest.raises(refused):
            await card_printings.of_members(book, wanted, by=clerk, key="k1")
    await cards.issue(book, wang.number, by=clerk, on=DAY)
    await cards.issue(book, zhao.number, by=clerk, on=DAY)
    for wanted in ([wang.number], [zhao.number, wang.number]):
        with pytest.raises(NotAllowed):
            await card_printings.of_members(book, wanted, by=clerk, key="k1")
    with pytest.raises(NotAllowed):
        await card_printings.of_place(book, LIUHE, which="all", by=clerk, key="k1")
    await card_printings.of_members(book, [zhao.number], by=clerk, key="k1")
    with pytest.raises(ReferenceConflict):
        await card_printings.of_place(book, HEPING, which="all", by=clerk, key="k1")
    for key in ("", "k/1", "k" * 33):
        with pytest.raises(BadKeyOfPage):
            await card_printings.of_members(book, [zhao.number], by=clerk, key=key)
    with pytest.raises(UnknownCard):
        await card_printings.find(book, "k1", (LIUHE,))
    with pytest.raises(UnknownCard):
        await card_printings.find(book, "k9", ALL)
