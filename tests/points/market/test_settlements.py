"""Settlements: each redemption is settled once, never more than was taken, by two people who saw the very same."""

from __future__ import annotations

import asyncio

import pytest

from points.market import settlements
from points.market.allied_errors import (
    BadNote,
    MonthNotOver,
    MonthSettled,
    NotApproved,
    NothingToSettle,
    NotMerchant,
    NotSettlementSecond,
    SettlementChanged,
    SettlementDecided,
)
from points.market.allied_records import SettlementLine
from points.people import households
from points.people.errors import NotAllowed
from tests import meanwhile
from tests.points.market.allied import CHECK, HAIRCUT, Allied, Watch, given
from tests.points.market.settling import approve, draw, take_back, till

pytestmark = pytest.mark.anyio


async def test_a_month_is_settled_by_two_people_in_one_entry(allied: Allied, watch: Watch) -> None:
    """The points leave what was taken; the statement has each redemption, at the contract's price or the item's."""
    month = allied.month
    first = await allied.cut()
    second = await allied.cut(CHECK, f"{HAIRCUT}x2")
    watch.next_month()
    drawn = await draw(allied, month)
    said = drawn.statement
    assert [(line.position, line.points, line.fen) for line in said.lines] == [
        (first.receipt.position, 10, 1000),
        (second.receipt.position, 35, 1200 + 2 * 1000),
    ]
    assert (said.points, said.fen, said.due, said.carried, said.sponsor) == (45, 4200, 4200, 0, "street")
    assert await till(allied) == (45, 0)
    done = await approve(allied, drawn)
    assert (done.state, done.decided_by) == ("approved", allied.second)
    assert await till(allied) == (0, 45)
    assert await approve(allied, drawn) == done
    with pytest.raises(MonthSettled):
        await draw(allied, month)


async def test_nobody_settles_alone_or_what_they_did_not_see(allied: Allied, watch: Watch) -> None:
    """Not who drew it up, not those at home with them, not without the role, not under another digest."""
    month = allied.month
    await allied.cut()
    watch.next_month()
    drawn = await draw(allied, month)
    await given(allied.book, allied.keeper, "approver", None)
    for by in (allied.keeper, allied.zhou, allied.town.counter):
        with pytest.raises(NotSettlementSecond):
            await settlements.decide(allied.book, drawn.id, approved=True, digest=drawn.digest, by=by)
    with pytest.raises(SettlementChanged):
        await settlements.decide(allied.book, drawn.id, approved=True, digest="sha256:0", by=allied.second)
    for each in (allied.keeper, allied.second):
        await households.join(allied.book, "H-000009", each, on=allied.today)
    with pytest.raises(NotSettlementSecond):
        await approve(allied, drawn)
    assert await till(allied) == (10, 0)


async def test_only_a_month_that_is_over_and_holds_something_is_drawn_up(
    allied: Allied, watch: Watch
) -> None:
    """By who keeps the fund there, and of a merchant."""
    month = allied.month
    with pytest.raises(MonthNotOver):
        await draw(allied, month)
    await allied.cut()
    watch.next_month()
    with pytest.raises(NotAllowed):
        await settlements.draw(allied.book, allied.barber, month, by=allied.town.admin, key="k")
    with pytest.raises(NotMerchant):
        await settlements.draw(allied.book, allied.town.shop, month, by=allied.keeper, key="k")
    await approve(allied, await draw(allied, month))
    watch.next_month()
    with pytest.raises(NothingToSettle):
        await draw(allied, watch.at.replace(day=1).strftime("%Y-") + f"{watch.at.month - 1 or 12:02}")


async def test_the_same_form_draws_up_once(allied: Allied, watch: Watch) -> None:
    """Pressing twice is pressing once."""
    month = allied.month
    await allied.cut()
    watch.next_month()
    asked = {"by": allied.keeper, "key": "form"}
    both = [await settlements.draw(allied.book, allied.barber, month, **asked) for _ in range(2)]
    assert both[0] == both[1]


async def test_what_is_undone_before_it_is_settled_is_in_no_statement(allied: Allied, watch: Watch) -> None:
    """And a statement that was drawn up before is not approved any more: nothing moves."""
    month = allied.month
    gone, stays = await allied.cut(), await allied.cut()
    watch.next_month()
    drawn = await draw(allied, month)
    await take_back(allied, gone.receipt.position)
    with pytest.raises(SettlementChanged):
        await approve(allied, drawn)
    assert await till(allied) == (10, 0)
    again = await draw(allied, month)
    assert [line.position for line in again.statement.lines] == [stays.receipt.position]
    await approve(allied, again)
    assert await till(allied) == (0, 10)


async def test_what_is_undone_after_it_was_settled_comes_off_the_next(allied: Allied, watch: Watch) -> None:
    """Its points go back from what was settled, even when the till is empty; the money comes off, once."""
    month = allied.month
    gone = await allied.cut(f"{HAIRCUT}x3")
    watch.next_month()
    await approve(allied, await draw(allied, month))
    month = allied.month
    await take_back(allied, gone.receipt.position)
    assert await till(allied) == (0, 0)
    await allied.cut()
    watch.next_month()
    second = await approve(allied, await draw(allied, month))
    assert [(line.what, line.points, line.fen) for line in second.statement.lines] == [
        ("redeemed", 10, 1000),
        ("undone", -30, -3000),
    ]
    assert second.statement.lines[1].of == gone.receipt.position
    assert (second.statement.due, second.statement.carried) == (0, -2000)
    month = allied.month
    await allied.cut(f"{HAIRCUT}x3")
    watch.next_month()
    third = await approve(allied, await draw(allied, month))
    assert (third.statement.brought, third.statement.fen, third.statement.due) == (-2000, 3000, 1000)
    assert await till(allied) == (0, 40)


async def test_a_statement_of_things_undone_alone_moves_no_points(allied: Allied, watch: Watch) -> None:
    """There is nothing to move, and yet it counts once."""
    month = allied.month
    gone = await allied.cut()
    watch.next_month()
    await approve(allied, await draw(allied, month))
    month = allied.month
    await take_back(allied, gone.receipt.position)
    watch.next_month()
    done = await approve(allied, await draw(allied, month))
    assert (done.statement.points, done.statement.fen, done.statement.carried) == (0, -1000, -1000)
    assert await till(allied) == (0, 0)


async def test_two_who_settle_one_month_at_once_settle_it_once(allied: Allied, watch: Watch) -> None:
    """Two statements of the same lines, approved in the same moment: one moves the points, the other is refused."""
    month = allied.month
    await allied.cut()
    watch.next_month()
    drawn = [await draw(allied, month) for _ in range(2)]
    answers = await asyncio.gather(*(approve(allied, one) for one in drawn), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Drawn", "MonthSettled"]
    assert await till(allied) == (0, 10)
    assert await SettlementLine.all().using_db(allied.book.reader).count() == 1


@pytest.mark.parametrize("happens", ["a redemption", "an undoing"])
async def test_what_happens_while_it_is_settled_is_in_this_month_or_the_next(
    allied: Allied, watch: Watch, monkeypatch: pytest.MonkeyPatch, happens: str
) -> None:
    """Never in none, never in both: the till is looked at first, and whoever settles looks again when it moved."""
    month = allied.month
    one, two = await allied.cut(), await allied.cut()
    watch.next_month()
    drawn, next_month = await draw(allied, month), allied.month

    async def moves() -> None:
        if happens == "a redemption":
            await allied.cut()
        else:
            await take_back(allied, one.receipt.position)

    meanwhile.after(monkeypatch, settlements.settlement_statements, "draw", moves)
    if happens == "a redemption":
        await approve(allied, drawn)
        assert await till(allied) == (10, 20)
        watch.next_month()
        assert [line.points for line in (await draw(allied, next_month)).statement.lines] == [10]
    else:
        with pytest.raises(SettlementChanged):
            await approve(allied, drawn)
        again = await draw(allied, month)
        assert [line.position for line in again.statement.lines] == [two.receipt.position]


async def test_an_undoing_that_meets_a_settlement_takes_from_what_was_settled(
    allied: Allied, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was planned against the till; the points that a later customer left there are not touched."""
    month = allied.month
    gone = await allied.cut()
    watch.next_month()
    await allied.cut()
    drawn = await draw(allied, month)
    meanwhile.after(monkeypatch, settlements, "till", lambda: approve(allied, drawn))
    await take_back(allied, gone.receipt.position)
    assert await till(allied) == (10, 0)


async def test_a_merchant_objects_before_it_is_approved(allied: Allied, watch: Watch) -> None:
    """The note changes what both see: who approves has read it. Afterwards nothing is noted any more."""
    month = allied.month
    await allied.cut()
    watch.next_month()
    drawn = await draw(allied, month)
    said = {"by": allied.zhou, "form": "note"}
    await settlements.note(allied.book, drawn.id, "少了一次体检", **said)
    await settlements.note(allied.book, drawn.id, "少了一次体检", **said)
    with pytest.raises(BadNote):
        await settlements.note(allied.book, drawn.id, " ", by=allied.zhou, form="other")
    with pytest.raises(NotAllowed):
        await settlements.note(allied.book, drawn.id, "没有", by=allied.town.counter, form="another")
    with pytest.raises(SettlementChanged):
        await approve(allied, drawn)
    seen = await settlements.find(allied.book, drawn.id)
    assert [note.text for note in seen.notes] == ["少了一次体检"]
    await approve(allied, seen)
    with pytest.raises(SettlementDecided):
        await settlements.note(allied.book, drawn.id, "还是不对", by=allied.zhou, form="late")


async def test_a_refused_statement_settles_nothing_and_another_may_be(allied: Allied, watch: Watch) -> None:
    """Refused twice is once; approved afterwards is refused."""
    month = allied.month
    await allied.cut()
    watch.next_month()
    drawn = await draw(allied, month)
    no = {"approved": False, "digest": drawn.digest, "by": allied.second}
    assert await settlements.decide(allied.book, drawn.id, **no) == await settlements.decide(
        allied.book, drawn.id, **no
    )
    with pytest.raises(SettlementDecided):
        await approve(allied, drawn)
    await approve(allied, await draw(allied, month))
    assert await till(allied) == (0, 10)


async def test_a_payment_has_a_document_and_is_recorded_once(allied: Allied, watch: Watch) -> None:
    """After it was approved, by who keeps the fund."""
    month = allied.month
    await allied.cut()
    watch.next_month()
    drawn = await draw(allied, month)
    paid = {"document": "网银 20261205-7", "on": allied.today, "by": allied.keeper}
    with pytest.raises(NotApproved):
        await settlements.pay(allied.book, drawn.id, **paid)
    await approve(allied, drawn)
    first = await settlements.pay(allied.book, drawn.id, **paid)
    again = await settlements.pay(allied.book, drawn.id, **paid | {"document": "另一张"})
    assert first.payment == again.payment
    assert first.payment is not None
    assert (first.payment.fen, first.payment.document) == (1000, "网银 20261205-7")
