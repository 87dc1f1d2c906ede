"""What cannot be deducted is the shop's loss, by two people; never anybody's debt."""

from __future__ import annotations

import pytest

from ledger import statements
from points import chart
from points.awards import purse
from points.market.slips import losses, slips
from points.market.slips.errors import BadSlipReason, SlipChanged, SlipNeedsOther, SlipUsed
from points.market.slips.slips import Slip
from points.people import households
from tests.points.market.conftest import ON
from tests.points.market.slips.conftest import SOAP, Till

pytestmark = pytest.mark.anyio


async def asked(till: Till, n: int = 1, **goods: int) -> Slip:
    """张强 asks that the shop bear it."""
    slip = await till.enter(n, **goods)  # type: ignore[arg-type]
    shop, number = till.town.shop, slip.number.shown
    return await losses.ask(till.book, shop, number, reason="short", by=till.town.counter)


async def decided(till: Till, slip: Slip, *, approved: bool = True, by: str = "", digest: str = "") -> Slip:
    """The other one agrees."""
    seen = digest or (slip.content.digest if slip.content else "")
    return await losses.decide(
        till.book, till.town.shop, slip.number.shown, approved=approved, digest=seen, by=by or till.other
    )


async def test_the_goods_leave_the_shelf_and_nobody_owes(till: Till) -> None:
    """Agreeing twice is once, and the number is used up."""
    slip = await asked(till, 香皂=7)
    done = await decided(till, slip)
    assert (done.state, len((await decided(till, slip)).steps)) == ("lost", 3)
    db, item = till.book.reader, chart.item(SOAP)
    assert await statements.balance(db, chart.stock(1), item) == 13
    assert await statements.balance(db, chart.LOST, item) == 7
    held = await purse.summary(till.book, till.town.wang, till.today)
    assert (held.spendable, held.owed) == (20, 0)
    with pytest.raises(SlipUsed):
        await till.confirm(slip)
    assert await slips.open_ones(till.book, till.town.shop) == []


async def test_what_the_book_does_not_have_there_is_not_written_off(till: Till) -> None:
    """Of five laundry liquids one; where there is none left, nothing moves and the slip is done all the same."""
    for n in (1, 2):
        await decided(till, await asked(till, n, 洗衣液=5))
    db = till.book.reader
    assert await statements.balance(db, chart.LOST, chart.item(7)) == 1
    assert await slips.open_ones(till.book, till.town.shop) == []


async def test_another_person_agrees_to_what_they_see(till: Till) -> None:
    """Not who asked, not their household, not another content; and a reason is one of the list."""
    slip = await asked(till)
    with pytest.raises(SlipNeedsOther):
        await decided(till, slip, by=till.town.counter)
    with pytest.raises(SlipChanged):
        await decided(till, slip, digest="sha256:" + "0" * 64)
    for member in (till.town.counter, till.other):
        await households.join(till.book, "H-000001", member, on=ON)
    with pytest.raises(SlipNeedsOther):
        await decided(till, slip)
    with pytest.raises(BadSlipReason):
        await losses.ask(till.book, till.town.shop, slip.number.shown, reason="因为", by=till.other)


async def test_what_is_not_to_be_a_loss_can_still_be_paid(till: Till) -> None:
    """The second says no, and confirms it instead; so can whoever asked have it asked again."""
    slip = await asked(till)
    kept = await decided(till, slip, approved=False)
    assert (kept.state, kept.is_open) == ("kept", True)
    assert (await till.confirm(kept)).points == 6
