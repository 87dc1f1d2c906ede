"""Undoing: once, whole or in part; everybody gets back what they gave, the shelf too, and the limits."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ledger import encoding, statements
from ledger.transactions import Draft, Posting
from points import chart, statement
from points.district import open_district
from points.evidence import snapshots
from points.keys import new_key
from points.market import baskets, handing_over, orders, pick_ups, redemptions, reservations, shops
from points.market.handing_over import Given
from points.market.limits import Uses
from points.market.models import Redemption, RedemptionPart
from points.market.orders import Order
from points.market.undo_records import Undoing, UndoNote
from points.market.undoing import plans, undone
from points.market.undoing.errors import (
    NothingComesBack,
    OwnUndo,
    RestNotAgreed,
    TillSettled,
    UndoneOtherwise,
    UndoNoteMissing,
    UnknownRedemption,
    UnknownUndoReason,
)
from points.market.undoing.undone import Undone
from points.people import households
from tests import books, meanwhile
from tests.points.market.conftest import ON, Town
from tests.points.market.test_counter import redeem
from tests.points.market.test_pools import ENDS, live_together, shown
from tests.points.market.test_pools import redeem as redeem_together
from web.text import things

pytestmark = pytest.mark.anyio
THIS_YEAR, NEXT_YEAR = date(2990, 12, 31), date(2991, 12, 31)
"""Days that no clock of a test reaches."""


async def undo(town: Town, reference: str | None, reason: str = "拿错", **more: Any) -> Undone:
    """张强 undoes what he handed over."""
    asked = {"by": town.counter, "key": new_key()} | more
    return await undone.undo(town.book, str(reference), reason, **asked)


async def standing(town: Town) -> dict[tuple[str, str], int]:
    """Every account that is not empty."""
    found = [
        each
        for owner in ("member/", "household/", "shop/", "system/")
        for each in await statements.balances(town.book.reader, owner)
    ]
    return {(each.address, each.unit): each.balance for each in found if each.balance}


async def test_everything_goes_back_to_where_it_came_from(town: Town) -> None:
    """Two accounts of a purse, two items: afterwards every account stands as before, and both entries stay."""
    await town.give(town.wang, 20, THIS_YEAR)
    await town.give(town.wang, 20, NEXT_YEAR)
    await town.stock(洗衣液=3, 香皂=5)
    before = await standing(town)
    done = await redeem(town, "洗衣液x2", "香皂")
    assert await standing(town) != before
    told = await undo(town, done.receipt.reference)
    assert await standing(town) == before
    assert (told.of_position, told.reason, told.rest) == (done.receipt.position, "wrong_item", None)
    assert told.number == f"{done.receipt.position}R"
    entry = await redemptions.find(town.book, done.receipt.reference)
    assert entry is not None
    assert entry.corrected


async def test_a_household_gets_back_to_each_purse(town: Town) -> None:
    """Who gave ten has ten again, though they moved out meanwhile: what they gave is theirs."""
    _, zhao = await live_together(town, town.zhao)
    await town.give(town.wang, 5, NEXT_YEAR)
    await town.give(zhao, 20, NEXT_YEAR)
    await town.stock(洗衣液=1)
    before = await standing(town)
    done = await redeem_together(town, "洗衣液", parts=await shown(town, 15))
    await households.join(town.book, "H-000009", zhao, on=ON)
    await undo(town, done.receipt.reference, "坏了")
    assert await standing(town) == before


async def test_twice_is_once_and_tells_the_first_answer(town: Town) -> None:
    """A double press, another key, another reason: it was undone once, and it says how."""
    await town.give(town.wang, 30, NEXT_YEAR)
    await town.stock(洗衣液=2)
    done = await redeem(town, "洗衣液x2")
    first = await undo(town, done.receipt.reference)
    again = await undo(town, done.receipt.reference, "坏了")
    assert again == replace(first, repeated=True)
    assert await Undoing.all().using_db(town.book.reader).count() == 1
    with pytest.raises(UndoneOtherwise):
        await undo(town, done.receipt.reference, stays=[((await town.item("洗衣液")).number, 1)])


async def test_two_processes_at_once_have_one_winner(town: Town) -> None:
    """The book is opened twice: one reversal, and both are told the same."""
    await town.give(town.wang, 20, NEXT_YEAR)
    await town.stock(洗衣液=1)
    before = await standing(town)
    done = await redeem(town, "洗衣液")
    async with open_district(books.url_of(town.book)) as second:
        beside = replace(town, book=second)
        told = await asyncio.gather(
            *(undo(each, done.receipt.reference, why) for each, why in ((town, "拿错"), (beside, "坏了")) * 5)
        )
    assert len({each.position for each in told}) == 1
    assert sum(not each.repeated for each in told) == 1
    assert await standing(town) == before


async def test_two_presses_in_part_hand_over_one_rest(town: Town) -> None:
    """The same wish under two keys, at once: what stays is handed over once, not twice."""
    await town.give(town.wang, 50, NEXT_YEAR)
    await town.stock(洗衣液=2)
    done = await redeem(town, "洗衣液x2")
    stays = [(done.lines[0].item, 1)]
    told = await asyncio.gather(*(undo(town, done.receipt.reference, stays=stays) for _ in range(4)))
    assert len({each.rest for each in told}) == 1
    assert await statements.balance(town.book.reader, chart.taken(town.shop.number)) == 15
    assert await Redemption.all().using_db(town.book.reader).count() == 2


async def test_a_press_that_planned_before_another_wrote_hands_over_that_ones_rest(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under another key, between our plan and our entry: what stays was handed over once, and we say which."""
    await town.give(town.wang, 50, NEXT_YEAR)
    await town.stock(洗衣液=2)
    done = await redeem(town, "洗衣液x2")
    stays = [(done.lines[0].item, 1)]
    others = []

    async def another() -> None:
        others.append(await undo(town, done.receipt.reference, stays=stays))

    meanwhile.after(monkeypatch, plans, "plan", another)
    told = await undo(town, done.receipt.reference, stays=stays)
    assert (told.rest, told.repeated) == (others[0].rest, True)
    assert await Redemption.all().using_db(town.book.reader).count() == 2


async def test_who_undid_it_while_we_planned_is_who_did_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the entry somebody else was faster: theirs stands, and we say so."""
    await town.give(town.wang, 20, NEXT_YEAR)
    await town.stock(洗衣液=1)
    done = await redeem(town, "洗衣液")
    meanwhile.after(monkeypatch, undone, "made", lambda: undo(town, done.receipt.reference, "坏了"))
    told = await undo(town, done.receipt.reference, "拿错")
    assert (told.reason, told.repeated) == ("broken", True)


async def test_what_stays_is_a_redemption_at_the_old_price(town: Town) -> None:
    """Three were had, one comes back: two entries and a new receipt; what comes back is what lives longest."""
    await town.give(town.wang, 20, THIS_YEAR)
    await town.give(town.wang, 40, NEXT_YEAR)
    await town.stock(洗衣液=3, 香皂=1)
    soap, liquid = (await town.item("香皂")).number, (await town.item("洗衣液")).number
    done = await redeem(town, "洗衣液x3", "香皂")
    told = await undo(town, done.receipt.reference, "坏了", stays=[(liquid, 2), (soap, 1)])
    assert told.rest is not None
    assert told.rest_position == told.position + 1
    rest = await redemptions.find(town.book, told.rest)
    assert rest is not None
    assert [(line.item, line.quantity, line.price) for line in rest.lines] == [(soap, 1, 3), (liquid, 2, 15)]
    assert (rest.points, rest.found_by, rest.member) == (33, "rest", town.wang)
    assert await statements.balance(town.book.reader, chart.until(town.wang, NEXT_YEAR)) == 27
    assert await statements.balance(town.book.reader, chart.until(town.wang, THIS_YEAR)) == 0
    assert await statements.balance(town.book.reader, chart.taken(town.shop.number)) == 33
    assert (await shops.stock(town.book, town.shop))[liquid] == 1
    assert await undone.origin(town.book, told.rest) == done.receipt.reference
    again = await undo(town, done.receipt.reference, "坏了", stays=[(soap, 1), (liquid, 2)])
    assert again.repeated


async def test_in_part_a_household_pays_what_stays_in_its_order(town: Town) -> None:
    """The shopper's own first, then the others: who was asked last gets back first."""
    _, zhao = await live_together(town, town.zhao)
    await town.give(town.wang, 10, NEXT_YEAR)
    await town.give(zhao, 20, NEXT_YEAR)
    await town.stock(香皂=10)
    soap = (await town.item("香皂")).number
    done = await redeem_together(town, "香皂x9", parts=await shown(town, 27))
    told = await undo(town, done.receipt.reference, stays=[(soap, 4)])
    parts = await RedemptionPart.filter(redemption=told.rest).using_db(town.book.reader)
    assert {part.owner: part.points for part in parts} == {f"member/{town.wang}": 10, f"member/{zhao}": 2}
    assert await statements.balance(town.book.reader, chart.until(zhao, NEXT_YEAR)) == 18


async def test_a_part_is_not_paid_by_who_no_longer_agrees(town: Town) -> None:
    """All of it comes back to them; a part would be paid by them anew, so it is refused, and nothing moves."""
    _, zhao = await live_together(town, town.zhao)
    await town.give(zhao, 30, NEXT_YEAR)
    await town.stock(香皂=10)
    done = await redeem_together(town, "香皂x9", parts=await shown(town, 27))
    before = await standing(town)
    await ENDS["takes it back"](town, zhao)
    with pytest.raises(RestNotAgreed):
        await undo(town, done.receipt.reference, stays=[(done.lines[0].item, 4)])
    assert await standing(town) == before
    assert not (await undo(town, done.receipt.reference)).repeated


async def test_a_limit_is_given_back_and_what_stays_goes_on_using_it(town: Town) -> None:
    """Two of two were had: one comes back, so one more may be had; both come back, so two."""
    await town.give(town.wang, 60, NEXT_YEAR)
    await town.stock(洗衣液=4)
    item = (await town.item("洗衣液")).number
    cap = chart.cap(town.wang, f"item-{item}", 2, "2019-01")
    for stays, left in (([(item, 1)], -1), ([], -1)):
        lines, ids = await orders.priced(town.book, baskets.of({item: 2 if stays else 1}), ON)
        order = Order(town.shop, town.wang, lines, ids, town.counter, new_key(), ON, "card")
        paid = [Given(chart.until(town.wang, NEXT_YEAR), order.points)]
        limits = Uses((Posting(cap, chart.CAPS, lines[0].quantity, chart.CAP),))
        await redeem(town, "洗衣液") if not await (
            Redemption.all().using_db(town.book.reader).exists()
        ) else None
        await _posted(town, handing_over.draft(town.book, order, paid, limits=limits))
        await _alone(town, order.reference, stays)
        assert await statements.balance(town.book.reader, cap, chart.CAP) == left


async def _posted(town: Town, draft: Draft) -> None:
    from points.market import shifts

    turn = await shifts.turn(town.book, town.shop, town.counter, draft.reference)
    for row in draft.rows:
        if isinstance(row, Redemption):
            row.shift = turn.shift
    await town.book.journal.post(draft)


async def _alone(town: Town, reference: str, stays: list[tuple[int, int]]) -> None:
    await undo(town, reference, stays=stays)


async def test_what_was_picked_up_goes_to_the_shelf_and_the_purse(town: Town) -> None:
    """A reservation that was picked up is over: undone, nothing is held any more; alone in the same shift."""
    await town.give(town.wang, 15, NEXT_YEAR)
    await town.stock(洗衣液=1)
    before = await standing(town)
    basket = baskets.of({(await town.item("洗衣液")).number: 1})
    row, _ = await reservations.reserve(
        town.book, town.shop, town.wang, basket, points=15, key="k1", secret=b"secret"
    )
    done = await pick_ups.hand_over(town.book, town.shop, row, by=town.counter, key="k2")
    await undo(town, done.receipt.reference, "不想要了")
    assert await standing(town) == before


@pytest.mark.parametrize(("why", "left"), [("坏了", 15), ("不想要了", 0)])
async def test_points_whose_day_passed_go_on_only_where_the_fault_was_ours(
    town: Town, why: str, left: int
) -> None:
    """A broken thing brought back after New Year: thirty more days. Who changed their mind has what lapses anyway."""
    yesterday = town.book.today() - timedelta(days=1)
    await town.give(town.wang, 15, yesterday)
    await town.stock(洗衣液=1)
    done = await redeem(town, "洗衣液", on=yesterday)
    told = await undo(town, done.receipt.reference, why)
    assert told.undone_on == town.book.today()
    later = chart.until(town.wang, town.book.today() + timedelta(days=30))
    assert await statements.balance(town.book.reader, later) == left
    assert await statements.balance(town.book.reader, chart.until(town.wang, yesterday)) == 15 - left


async def test_a_till_that_was_settled_says_so(town: Town) -> None:
    """The points of the month are gone from the till: nothing moves, and who can help is named."""
    await town.give(town.wang, 15, NEXT_YEAR)
    await town.stock(洗衣液=1)
    done = await redeem(town, "洗衣液")
    evidence, rows = snapshots.take("basket", new_key(), {}, at=town.book.now())
    settle = Posting(chart.taken(town.shop.number), chart.ISSUED, 10, chart.POINTS)
    await town.book.journal.post(
        Draft("settle/1", "settle", evidence, ON, encoding.digest_of({}), (settle,), rows=tuple(rows))
    )
    before = await standing(town)
    with pytest.raises(TillSettled, match="10 分"):
        await undo(town, done.receipt.reference)
    assert await standing(town) == before


async def test_what_is_asked_wrongly_moves_nothing(town: Town) -> None:
    """No reason, a reason without its note, nothing that comes back, nothing there: each is said."""
    await town.give(town.wang, 15, NEXT_YEAR)
    await town.stock(洗衣液=1)
    item = (await town.item("洗衣液")).number
    done = await redeem(town, "洗衣液")
    before = await standing(town)
    for wrong, error in (
        ({"reason": ""}, UnknownUndoReason),
        ({"reason": "其他"}, UndoNoteMissing),
        ({"reason": "坏了", "stays": [(item, 1)]}, NothingComesBack),
        ({"reason": "坏了", "stays": [(item, 2)]}, NothingComesBack),
        ({"reason": "坏了", "stays": [(item + 1, 1)]}, NothingComesBack),
    ):
        with pytest.raises(error):
            await undo(town, done.receipt.reference, **wrong)
    with pytest.raises(UnknownRedemption):
        await undo(town, "redeem/1/none")
    await households.join(town.book, "H-1", town.wang, on=ON)
    await households.join(town.book, "H-1", town.counter, on=ON)
    with pytest.raises(OwnUndo):
        await undo(town, done.receipt.reference)
    assert await standing(town) == before


async def test_a_note_can_be_erased_and_is_not_in_the_book(town: Town) -> None:
    """What somebody wrote stands in a table of its own."""
    await town.give(town.wang, 15, NEXT_YEAR)
    await town.stock(洗衣液=1)
    done = await redeem(town, "洗衣液")
    told = await undo(town, done.receipt.reference, "其他", note="王秀兰说颜色不对")
    assert told.note == "王秀兰说颜色不对"
    body = await statements.text_at(town.book.reader, told.position)
    assert body is not None
    assert "颜色" not in body.decode()
    async with town.book.write() as db:
        await UndoNote.all().using_db(db).delete()
    assert (await undone.of(town.book, [str(done.receipt.reference)]))[done.receipt.reference].note == ""


async def test_the_statement_joins_both_lines(town: Town) -> None:
    """What was had, that it came back, and what stays: each names the other, and it adds up."""
    await town.give(town.wang, 50, NEXT_YEAR)
    await town.stock(洗衣液=2)
    done = await redeem(town, "洗衣液x2", on=town.book.today())
    told = await undo(town, done.receipt.reference, stays=[(done.lines[0].item, 1)])
    rest, back, had = await statement.latest(town.book, town.wang, town.book.today(), limit=3)
    assert (things(had.taken), had.amount, had.joined) == ("洗衣液 ×2", -30, told.position)
    assert (back.kind, things(back.taken), back.amount, back.joined) == (
        "undo",
        "洗衣液 ×2",
        30,
        told.of_position,
    )
    assert (things(rest.taken), rest.amount, rest.joined, rest.balance) == ("洗衣液", -15, 0, 35)
    assert back.by == town.counter
