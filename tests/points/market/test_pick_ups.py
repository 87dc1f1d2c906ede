"""Pick-up: once, in time, at a till of the shop, by somebody else than one's own; and what is undone can be used."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from ledger import audit, statements
from ledger.errors import ReferenceConflict
from ledger.journal import Journal
from ledger.transactions import Draft
from points import auditing, chart
from points.district import open_district
from points.evidence.rows import WHEN
from points.keys import new_key
from points.market import handing_over, lapsing, pick_ups, prices, redemptions, reservation_endings, shops
from points.market import reserved as reservations_read
from points.market.errors import HouseholdRedemption, OwnRedemption
from points.market.models import Redemption
from points.market.redemptions import Redeemed
from points.market.reservation_errors import (
    AlreadyCancelled,
    AlreadyLapsed,
    AlreadyPickedUp,
    ReservationError,
    UnknownReservation,
)
from points.market.reservation_records import Reservation, ReservationEnd
from points.market.undoing import undone
from points.people import households, roles
from points.people.errors import NotAllowed
from points.people.twice import merging
from tests import books
from tests.meanwhile import after
from tests.points.market.conftest import COMMUNITY, ON, Town, enrol
from tests.points.market.reserving import LATER, Watch, reserve, standing, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


@pytest.fixture
async def reserved(town: Town) -> Reservation:
    """One bottle, reserved by 王秀兰 with 50 points; two stood on the shelf."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=2)
    return await reserve(town, "洗衣液")


async def pick_up(town: Town, row: Reservation, *, by: str = "", key: str = "") -> Redeemed:
    """张强 hands it over, unless the test says otherwise."""
    return await pick_ups.hand_over(town.book, town.shop, row, by=by or town.counter, key=key or new_key())


async def test_it_is_handed_over_like_anything_else(town: Town, reserved: Reservation) -> None:
    """The receipt, the till, the rows are those of the counter; nothing is held any more, and one may reserve again."""
    done = await pick_up(town, reserved)
    assert (done.points, done.before, done.after, done.repeated) == (15, 50, 35, False)
    assert await standing(town) == {"purse": 35, "held": 0, "shelf": 1, "aside": 0, "open": 0}
    assert await statements.balance(town.book.reader, chart.taken(town.shop.number)) == 15
    row = await Redemption.get(reference=done.receipt.reference, using_db=town.book.reader)
    assert (row.member, row.served_by, row.found_by) == (town.wang, town.counter, "pickup")
    end = await ReservationEnd.get(reservation=reserved.id, using_db=town.book.reader)
    assert (end.how, end.redemption, end.ended_by) == ("picked_up", row.reference, town.counter)
    (entry,) = await redemptions.of_day(town.book, town.shop, town.book.today())
    assert [(line.name, line.price) for line in entry.lines] == [("洗衣液", 15)]


async def test_the_price_of_the_day_it_was_made_stays(
    town: Town, watch: Watch, reserved: Reservation
) -> None:
    """It costs more the next morning; what was reserved costs what it did."""
    item = await town.item("洗衣液")
    today = town.book.today()
    await prices.set_price(
        town.book, item, 20, from_on=today.replace(day=8), by=town.keeper, on=today, key="p"
    )
    watch.passes(hours=23)
    assert town.book.today() != today
    assert (await pick_up(town, reserved)).points == 15


async def test_pressing_twice_is_pressing_once(town: Town, reserved: Reservation) -> None:
    """Ten presses of one button: one receipt, and one of them is the first."""
    answers = await asyncio.gather(*(pick_up(town, reserved, key="k") for _ in range(10)))
    assert len({answer.receipt.position for answer in answers}) == 1
    assert sum(not answer.repeated for answer in answers) == 1
    assert (await standing(town))["shelf"] == 1


async def second_till(town: Town) -> str:
    """Another clerk of the same shop."""
    other = await enrol(town.book, "钱进", "staff")
    await roles.grant(town.book, member=other, role="counter", area=COMMUNITY, by=town.admin, on=ON)
    return other


async def test_at_two_tills_at_once_it_is_handed_over_once(town: Town, reserved: Reservation) -> None:
    """Two openings of the book, ten tries: one receipt; the others are told that it has gone."""
    other = await second_till(town)
    async with open_district(books.url_of(town.book)) as second:
        beside = replace(town, book=second)
        answers = await asyncio.gather(
            *(pick_up(town, reserved) for _ in range(5)),
            *(pick_up(beside, reserved, by=other) for _ in range(5)),
            return_exceptions=True,
        )
    assert Counter(type(answer) for answer in answers) == {Redeemed: 1, AlreadyPickedUp: 9}
    assert await standing(town) == {"purse": 35, "held": 0, "shelf": 1, "aside": 0, "open": 0}


async def test_cancelled_and_picked_up_at_once_has_one_winner(town: Town, reserved: Reservation) -> None:
    """王秀兰 cancels at home while 张强 presses; a second one of hers stays open and keeps what is its own."""
    await reserve(town, "洗衣液")
    async with open_district(books.url_of(town.book)) as second:
        beside = replace(town, book=second)
        answers = await asyncio.gather(
            *(pick_up(town, reserved) for _ in range(3)),
            *(reservation_endings.cancel(beside.book, reserved, by=town.wang) for _ in range(3)),
            return_exceptions=True,
        )
    told = [type(answer) for answer in answers if isinstance(answer, Exception)]
    taken = sum(isinstance(answer, Redeemed) for answer in answers)
    assert taken in (0, 1)
    assert set(told) == ({AlreadyPickedUp} if taken else {AlreadyCancelled})
    there = await standing(town)
    assert (there["held"], there["aside"], there["open"]) == (15, 1, -1)
    assert (there["purse"], there["shelf"]) == ((20, 0) if taken else (35, 1))


async def test_lapsed_and_picked_up_at_once_has_one_winner(
    town: Town, watch: Watch, reserved: Reservation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the very second: whoever comes second is refused, and the goods are on the shelf or handed over, not both."""
    watch.at = reserved.until_at

    async def still_open(*_given: object) -> None:
        """The till looked a moment before its time."""

    monkeypatch.setattr(reservation_endings, "require_open", still_open)
    answers = await asyncio.gather(lapsing.sweep(town.book), pick_up(town, reserved), return_exceptions=True)
    lapsed = answers[0] == 1
    assert isinstance(answers[1], Exception) == lapsed
    assert await ReservationEnd.all().using_db(town.book.reader).count() == 1
    there = await standing(town)
    assert (there["held"], there["aside"]) == (0, 0)
    assert (there["purse"], there["shelf"]) == ((50, 2) if lapsed else (35, 1))


async def test_after_its_time_nobody_picks_it_up(town: Town, watch: Watch, reserved: Reservation) -> None:
    """The last second counts; in the next it goes back, without waiting for the sweep."""
    other = await reserve(town, "洗衣液")
    watch.at = reserved.until_at
    with pytest.raises(AlreadyLapsed):
        await pick_up(town, reserved)
    end = await ReservationEnd.get(reservation=reserved.id, using_db=town.book.reader)
    assert (end.how, end.ended_by) == ("lapsed", None)
    assert (await standing(town))["purse"] == 35
    with pytest.raises(AlreadyLapsed):
        await pick_up(town, other)
    assert await standing(town) == {"purse": 50, "held": 0, "shelf": 2, "aside": 0, "open": 0}


async def test_nobody_hands_over_to_their_own(town: Town, reserved: Reservation) -> None:
    """Not to oneself, not to one's household, not without the role, not at another shop."""
    with pytest.raises(NotAllowed):
        await pick_up(town, reserved, by=town.zhao)
    other = await shops.open_shop(town.book, "别的驿站", area=COMMUNITY, hours="", by=town.admin, on=ON)
    with pytest.raises(UnknownReservation):
        await pick_ups.hand_over(town.book, other, reserved, by=town.counter, key="k")
    await roles.grant(town.book, member=town.wang, role="counter", area=COMMUNITY, by=town.admin, on=ON)
    with pytest.raises(OwnRedemption):
        await pick_up(town, reserved, by=town.wang)
    for member in (town.wang, town.counter):
        await households.join(town.book, "H-000009", member, on=ON)
    with pytest.raises(HouseholdRedemption):
        await pick_up(town, reserved)
    assert (await standing(town))["held"] == 15


async def test_one_key_is_of_one_effect(town: Town, reserved: Reservation) -> None:
    """The key of another redemption of this shop hands over nothing."""
    await pick_up(town, reserved, key="k")
    again = await reserve(town, "洗衣液")
    with pytest.raises(ReferenceConflict):
        await pick_up(town, again, key="k")


async def test_without_its_row_and_one_commit_two_would_have_it(
    town: Town, reserved: Reservation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault is a pick-up that forgets to write that it ended, and posts its halves one after the other."""
    real = handing_over.draft

    def forgetful(*given: Any, rows: object, **named: Any) -> Draft:
        assert rows
        return real(*given, **named)

    async def apart(journal: Journal, drafts: Sequence[Draft]) -> list[Any]:
        return list(await journal.post_all(drafts))

    monkeypatch.setattr(handing_over, "draft", forgetful)
    monkeypatch.setattr(Journal, "post_together", apart)
    answers = [await pick_up(town, reserved) for _ in range(2)]
    assert len({answer.receipt.position for answer in answers}) == 2
    assert (await standing(town))["shelf"] == 0


async def test_without_the_look_at_the_clock_it_is_handed_over_too_late(
    town: Town, watch: Watch, reserved: Reservation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault is a till that does not ask what time it is."""

    async def no_look(*_given: object) -> None:
        """Nothing is looked at."""

    watch.at = reserved.until_at
    monkeypatch.setattr(reservation_endings, "require_open", no_look)
    assert (await pick_up(town, reserved)).points == 15


async def test_a_refusal_is_said_in_words(town: Town, reserved: Reservation) -> None:
    """What happened, that nothing moved, and what to do."""
    await pick_up(town, reserved)
    with pytest.raises(ReservationError) as told:
        await pick_up(town, reserved)
    assert str(told.value) == "这份预留已经取走了（2019-01-07），没有重复扣，请不要再交一次货。"


async def test_undone_at_once_it_can_be_used_again(town: Town, reserved: Reservation) -> None:
    """Points go back to their day and the goods to the shelf, not to a reservation that has ended."""
    done = await pick_up(town, reserved)
    await undone.undo(town.book, done.receipt.reference, "拿错", by=town.counter, key="u")
    assert await standing(town) == {"purse": 50, "held": 0, "shelf": 2, "aside": 0, "open": 0}
    with pytest.raises(AlreadyPickedUp):
        await pick_up(town, reserved)


async def test_a_number_that_was_merged_keeps_what_it_reserved(town: Town, reserved: Reservation) -> None:
    """It is handed over to the number that goes on, from the accounts to which everything moved."""
    await merging.ask(town.book, town.zhao, town.wang, by=town.admin, key="a")
    merged = await merging.merge(town.book, town.zhao, town.wang, by=town.counter, reason="twice", key="m")
    assert (await standing(town))["held"] == 0
    assert (await standing(town, member=merged.kept))["held"] == 15
    done = await pick_up(town, reserved)
    assert (done.points, done.after) == (15, 35)
    there = await standing(town, member=merged.kept)
    assert (there["purse"], there["held"], there["aside"], there["open"]) == (35, 0, 0, 0)
    (found,) = await reservations_read.of_member(town.book, merged.kept)
    assert found.state == "picked_up"


async def test_the_audit_finds_nothing(town: Town, watch: Watch, reserved: Reservation) -> None:
    """After one that was picked up, one cancelled and one that lapsed; but that its day is not that of its writing."""
    await pick_up(town, reserved)
    await reservation_endings.cancel(town.book, await reserve(town, "洗衣液"), by=town.wang)
    lapsed = await reserve(town, "洗衣液")
    watch.at = lapsed.until_at
    await lapsing.sweep(town.book)
    checks = auditing.checks(town.book, witness=None)
    findings = (await audit.run(town.book.reader, checks, guards=town.book.guards)).findings
    assert [one.template for one in findings] == [WHEN]


async def test_the_same_press_at_another_server_meanwhile_answers_the_first(
    town: Town, reserved: Reservation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is handed over after this press has looked for its own receipt: both read the one receipt, no refusal."""

    async def at_the_other_server() -> None:
        await pick_up(town, reserved, key="k1")

    after(monkeypatch, pick_ups.counter, "require_served", at_the_other_server)
    done = await pick_up(town, reserved, key="k1")
    assert done.repeated
    assert await standing(town) == {"purse": 35, "held": 0, "shelf": 1, "aside": 0, "open": 0}
