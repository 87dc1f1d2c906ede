"""Reservations: points and goods are set aside at the price of the day, for as long as was said, and for one time."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from ledger.models import LedgerTransaction
from points import chart
from points.district import open_district
from points.keys import new_key
from points.market import (
    baskets,
    counter,
    holding,
    items,
    pick_up_codes,
    pick_up_days,
    reservations,
    shops,
)
from points.market.errors import MarketError, NotEnough, OutOfStock, ShopNotOpen, SoldOut
from points.market.reservation_errors import BadPickUpDays, PriceChanged, TooManyOpen
from points.market.reservation_records import PickUpCode, Reservation
from points.people import damm
from points.people.errors import NotAllowed
from tests import books
from tests.points.market.conftest import ON, Town, enrol
from tests.points.market.reserving import LATER, SECRET, Watch, reserve, standing, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def test_points_and_goods_are_set_aside_in_one_entry(town: Town) -> None:
    """Neither can be had by anybody else, and neither has gone: both stand where they are held, with their day."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=3)
    row = await reserve(town, "洗衣液x2")
    assert (row.points, row.member, row.shop) == (30, town.wang, town.shop.number)
    assert await standing(town) == {"purse": 20, "held": 30, "shelf": 1, "aside": 2, "open": -1}
    entry = await LedgerTransaction.get(reference=row.reference, using_db=town.book.reader)
    assert (entry.kind, entry.evidence_kind, entry.evidence_id) == ("hold", "reservation", row.id)


async def test_the_points_that_end_first_are_set_aside_first(town: Town) -> None:
    """And what is kept is never kept for longer than they live."""
    soon = town.book.today()
    await town.give(town.wang, 10, LATER)
    await town.give(town.wang, 5, soon)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    assert await statements.balance(town.book.reader, chart.held(town.wang, soon)) == 5
    assert await statements.balance(town.book.reader, chart.held(town.wang, LATER)) == 10
    assert row.until_at == pick_up_days.end_of(soon, town.book.zone)


async def test_what_costs_nothing_is_kept_all_the_same(town: Town) -> None:
    """Honours cost no points: goods alone move."""
    await town.stock(小红花=1)
    row = await reserve(town, "小红花")
    assert (row.points, (await standing(town, "小红花"))["aside"]) == (0, 1)


@pytest.mark.parametrize(
    ("points", "stocked", "refusal"),
    [(14, 1, NotEnough), (15, 0, SoldOut), (30, 1, OutOfStock)],
)
async def test_what_cannot_be_had_is_not_set_aside(
    town: Town, points: int, stocked: int, refusal: type[MarketError]
) -> None:
    """Too few points, none left, too few left: nothing has moved."""
    await town.give(town.wang, points, LATER)
    await town.stock(洗衣液=2)
    for neighbour in range(2 - stocked):
        await reserve_for_another(town, neighbour)
    before = await standing(town)
    with pytest.raises(refusal):
        await reserve(town, "洗衣液x2" if refusal is OutOfStock else "洗衣液")
    assert await standing(town) == before


async def reserve_for_another(town: Town, number: int) -> None:
    """A neighbour takes one."""
    other = await enrol(town.book, f"邻居{number}")
    await town.give(other, 15, LATER)
    await reserve(town, "洗衣液", member=other)


async def test_the_price_that_was_shown_is_the_price(town: Town) -> None:
    """Another price than the one on the page is refused, with nothing moved."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    with pytest.raises(PriceChanged):
        await reserve(town, "洗衣液", points=14)
    assert (await standing(town))["held"] == 0


async def test_three_may_be_open_and_no_fourth(town: Town) -> None:
    """Ten presses at once, from two openings of the book: three are kept."""
    await town.give(town.wang, 100, LATER)
    await town.stock(香皂=20)
    async with open_district(books.url_of(town.book)) as second:
        beside = replace(town, book=second)
        answers = await asyncio.gather(
            *(reserve(one, "香皂") for one in (town, beside) for _ in range(5)), return_exceptions=True
        )
    assert Counter(type(answer) for answer in answers) == {Reservation: 3, TooManyOpen: 7}
    assert (await standing(town, "香皂"))["open"] == -3


async def test_the_same_key_again_gives_the_first(town: Town) -> None:
    """A press twice is a press once, at whatever price now; another basket under that key is refused."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=3)
    rows = await asyncio.gather(*(reserve(town, "洗衣液", key="k") for _ in range(10)))
    assert len({row.id for row in rows}) == 1
    assert (await standing(town))["held"] == 15
    with pytest.raises(ReferenceConflict):
        await reserve(town, "洗衣液x2", key="k", points=30)


async def test_the_last_one_is_reserved_or_handed_over_never_both(town: Town) -> None:
    """王秀兰 at home and 赵敏 at the counter want the last one: one has it."""
    for member in (town.wang, town.zhao):
        await town.give(member, 100, LATER)
    await town.stock(洗衣液=1)
    basket = baskets.parse(["洗衣液"], await items.all_items(town.book))
    today = town.book.today()
    answers = await asyncio.gather(
        *(reserve(town, "洗衣液") for _ in range(5)),
        *(
            counter.redeem(
                town.book, town.shop, town.zhao, basket, by=town.counter, key=new_key(), on=today, found_by="card"
            )
            for _ in range(5)
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert {type(answer) for answer in answers if isinstance(answer, Exception)} == {SoldOut}


async def test_a_shop_that_is_not_open_yet_keeps_nothing(town: Town) -> None:
    """Its first day is said."""
    await town.give(town.wang, 50, LATER)
    later = replace_opened(town, town.book.today() + timedelta(days=3))
    with pytest.raises(ShopNotOpen):
        await reserve(later, "洗衣液")


def replace_opened(town: Town, on: date) -> Town:
    """The same town, with a shop that opens later."""
    shop = town.shop.clone(pk=town.shop.number)
    shop.opened_on = on.isoformat()
    return replace(town, shop=shop)


async def test_the_code_can_be_shown_again_and_stands_nowhere(town: Town) -> None:
    """8 digits that begin with 5 to 9 and hold a check digit; what is kept says nothing without the secret."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    code = await pick_up_codes.of(town.book, row.id, SECRET)
    assert len(code) == 8
    assert code[0] in "56789"
    assert damm.is_whole(code)
    kept = await PickUpCode.get(reservation=row.id, using_db=town.book.reader)
    assert code not in kept.id
    assert await pick_up_codes.of(town.book, row.id, b"another secret") != code
    spoken = f"{code[:4]} {code[4:]}"
    found = await pick_up_codes.recognise(town.book, town.shop, spoken, SECRET)
    assert found is not None
    assert found.id == row.id


async def test_a_code_is_of_one_shop(town: Town) -> None:
    """At another shop's till nobody is found by it, nor by any other eight digits."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    code = await pick_up_codes.of(town.book, row.id, SECRET)
    other = await shops.open_shop(
        town.book, "别的驿站", area=town.shop.area, hours="", by=town.admin, on=ON
    )  # fmt: skip
    assert await pick_up_codes.recognise(town.book, other, code, SECRET) is None
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for text in (wrong, "5000 000", "", "0" * 8):
        assert await pick_up_codes.recognise(town.book, town.shop, text, SECRET) is None


async def test_a_code_that_is_taken_is_drawn_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """By another reservation of this shop, or by a card: the next turn has other digits."""
    first = pick_up_codes.digits("a", 0, SECRET)
    real = pick_up_codes.digits
    monkeypatch.setattr(
        pick_up_codes, "digits", lambda r, turn, secret: first if turn == 0 else real(r, turn, secret)
    )
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=2)
    rows = [await reserve(town, "洗衣液") for _ in range(2)]
    codes = [await pick_up_codes.of(town.book, row.id, SECRET) for row in rows]
    assert codes[0] == first
    assert codes[1] not in (first, "")


MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""Half past nine in the morning in Shanghai."""


@pytest.mark.parametrize(
    ("weekdays", "last", "until"),
    [
        ((), None, datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
        ((), date(2026, 12, 31), datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
        ((), date(2026, 11, 23), datetime(2026, 11, 23, 16, 0, tzinfo=UTC)),
        ((5,), None, datetime(2026, 11, 27, 16, 0, tzinfo=UTC)),
        ((1,), None, datetime(2026, 11, 30, 16, 0, tzinfo=UTC)),
        ((1, 2), None, datetime(2026, 11, 24, 16, 0, tzinfo=UTC)),
        ((5,), date(2026, 11, 25), datetime(2026, 11, 25, 16, 0, tzinfo=UTC)),
    ],
)
async def test_how_long_it_is_kept(
    town: Town, weekdays: tuple[int, ...], last: date | None, until: datetime
) -> None:
    """24 hours, or to the end of the next pick-up day after today; never beyond the last day of the points."""
    assert pick_up_days.deadline(MONDAY, weekdays, last, town.book.zone) == until


async def test_a_shop_chooses_its_days(town: Town) -> None:
    """From then on, for what is reserved from then on; by who works there, and pressing twice is pressing once."""
    await town.give(town.wang, 50, LATER)
    await town.stock(香皂=5)
    before = await reserve(town, "香皂")
    for _ in range(2):
        await pick_up_days.choose(town.book, town.shop, [5, 2], by=town.counter, key="d")
    assert await pick_up_days.of(town.book, town.shop.number) == (2, 5)
    after = await reserve(town, "香皂")
    day = (after.until_at - timedelta(seconds=1)).astimezone(town.book.zone)
    assert day.isoweekday() in (2, 5)
    assert (await Reservation.get(id=before.id, using_db=town.book.reader)).until_at == before.until_at
    await pick_up_days.choose(town.book, town.shop, [], by=town.admin, key="e")
    assert await pick_up_days.of(town.book, town.shop.number) == ()
    with pytest.raises(BadPickUpDays):
        await pick_up_days.choose(town.book, town.shop, [0], by=town.counter, key="f")
    with pytest.raises(NotAllowed):
        await pick_up_days.choose(town.book, town.shop, [5], by=town.wang, key="g")


async def test_a_plan_writes_nothing(town: Town) -> None:
    """It says what it would cost and until when it would be kept."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    basket = baskets.parse(["洗衣液"], await items.all_items(town.book))
    planned = await reservations.plan(town.book, town.shop, town.wang, basket)
    assert planned.points == 15
    assert planned.until_at > town.book.now() + timedelta(hours=23)
    assert await standing(town) == {"purse": 50, "held": 0, "shelf": 1, "aside": 0, "open": 0}


def test_drawing_takes_the_earliest_day_first() -> None:
    """And no more than there is."""
    purse = [(date(2027, 1, 1), 5), (date(2026, 1, 1), 4)]
    assert holding.draw(purse, 6) == (
        holding.Drawn(date(2026, 1, 1), 4),
        holding.Drawn(date(2027, 1, 1), 2),
    )
    assert sum(each.points for each in holding.draw(purse, 20)) == 9
