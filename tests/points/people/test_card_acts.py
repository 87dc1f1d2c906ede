"""Cards over the counter: a new one stops the old, a lost one finds nobody, and only one's own are printed."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import card_acts, cards
from points.people.errors import CardStopped, NotAllowed, UnknownCard
from points.people.models import Card
from tests.points.people import clerks_of, village
from tests.points.people.village import LONGTIAN, NANBU, PINGSHAN_STREET

pytestmark = pytest.mark.anyio


async def test_a_new_card_stops_the_old_and_a_double_click_prints_one(book: Book) -> None:
    """The same key gives the same card; the old one finds nobody at once."""
    by, wang = await clerks_of.staff(book, "counter"), await village.enrol(book, "王秀兰")
    old = await card_acts.renew(book, wang.number, by=by, key="c1")
    new = await card_acts.renew(book, wang.number, by=by, key="c2")
    assert (await card_acts.renew(book, wang.number, by=by, key="c2")).number == new.number
    assert await cards.find(book, new.number) == wang.number
    with pytest.raises(CardStopped):
        await cards.find(book, old.number)
    assert await Card.all().using_db(book.reader).count() == 2


async def test_a_lost_card_finds_nobody(book: Book) -> None:
    """Said by a grid worker too; twice is once. From another street nobody stops it."""
    by, walker = await clerks_of.staff(book, "counter"), await clerks_of.staff(book, "grid_worker")
    far = await clerks_of.staff(book, "counter", area=LONGTIAN)
    wang = await village.enrol(book, "王秀兰")
    card = await card_acts.renew(book, wang.number, by=by, key="c1")
    with pytest.raises(NotAllowed):
        await card_acts.lost(book, card.number, by=far, key="l0")
    assert await cards.find(book, card.number) == wang.number
    for key in ("l1", "l1", "l2"):
        await card_acts.lost(book, card.number, by=walker, key=key)
    with pytest.raises(CardStopped):
        await cards.find(book, card.number)
    with pytest.raises(NotAllowed):
        await card_acts.renew(book, wang.number, by=walker, key="c2")


async def test_only_usable_cards_of_ones_own_areas_are_printed(book: Book) -> None:
    """In the order asked for, each once; nobody's is refused as unknown."""
    by = await clerks_of.staff(book, "admin", area=None)
    wang, zhao = await village.enrol(book, "王秀兰"), await village.enrol(book, "赵敏")
    far, none = await village.enrol(book, "远方", area=NANBU), await village.enrol(book, "无卡")
    for n, one in enumerate((wang, zhao, far)):
        await card_acts.renew(book, one.number, by=by, key=f"c{n}")
    wanted = [zhao.number, wang.number, far.number, none.number, zhao.number]
    found = await card_acts.printed(book, wanted, [PINGSHAN_STREET])
    assert [one.name for one in found] == ["赵敏", "王秀兰"]
    with pytest.raises(UnknownCard):
        await card_acts.printed(book, [none.number], [None])


async def test_the_cards_of_a_place_come_by_number_and_in_parts(book: Book) -> None:
    """Of those who have one that works, in the place and below; in two statements however many they are."""
    by = await clerks_of.staff(book, "admin", area=None)
    people = [await village.enrol(book, f"邻居{n}") for n in range(4)]
    far = await village.enrol(book, "远方", area=NANBU)
    for n, one in enumerate((*people[:3], far)):
        await card_acts.renew(book, one.number, by=by, key=f"c{n}")
    card = await cards.of(book, people[1].number)
    assert card is not None
    await card_acts.lost(book, card.number, by=by, key="l")
    await card_acts.renew(book, people[2].number, by=by, key="again")
    having = [people[0].number, people[2].number]
    assert await card_acts.of_place(book, village.LIUHE) == having
    assert await card_acts.of_place(book, PINGSHAN_STREET, limit=1) == having[:1]
    assert await card_acts.of_place(book, PINGSHAN_STREET, after=having[0]) == having[1:]
    assert await card_acts.of_place(book, village.HEPING) == []
