"""A slip is typed by one, confirmed by another, and is one redemption of its own day, whatever races."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ledger import statements
from points import chart
from points.awards import purse
from points.market import counter, items, prices, redemptions
from points.market.baskets import of
from points.market.errors import HouseholdRedemption, NotEnough, SoldOut
from points.market.models import Redemption
from points.market.slips import batches, entering, slips
from points.market.slips.batches import Tally
from points.market.slips.errors import (
    BadSlipDay,
    OwnSlip,
    SlipChanged,
    SlipMoved,
    SlipNeedsOther,
    SlipNotPrinted,
    SlipTaken,
    SlipUsed,
    SlipVoided,
)
from points.market.slips.records import SlipStep
from points.market.undoing import reasons, requests
from points.people import households, roles
from points.people.errors import NotAllowed
from tests import meanwhile
from tests.points.market.conftest import ON, enrol
from tests.points.market.slips.conftest import LAUNDRY, SOAP, Till

pytestmark = pytest.mark.anyio


async def tally(till: Till) -> Tally:
    """How the numbers add up now; they always do."""
    last = (await batches.last_steps(till.book, [till.batch]))[till.batch.id]
    found = batches.tally(till.batch, last)
    assert found.printed == found.unused + found.open + found.used + found.lost + found.void
    return found


async def test_two_people_make_one_redemption_of_the_slips_day(till: Till) -> None:
    """Points, goods, receipt, who handed over; confirming twice is once."""
    slip = await till.enter()
    assert (slip.state, await till.points()) == ("entered", 20)
    done, again = await till.confirm(slip), await till.confirm(slip)
    assert (done.points, again.receipt.position) == (6, done.receipt.position)
    assert await till.points() == 14
    row = await Redemption.get(reference=done.receipt.reference, using_db=till.book.reader)
    assert (row.found_by, row.served_by, row.redeemed_on) == ("slip", till.town.counter, str(till.today))
    assert await statements.balance(till.book.reader, chart.stock(1), chart.item(SOAP)) == 18
    assert await tally(till) == Tally(12, 11, 0, 1, 0, 0)
    entry = await redemptions.numbered(till.book, done.receipt.position)
    assert entry is not None
    assert entry.found_by == "slip"


async def test_prices_of_the_slips_day_count(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Soap is 9 from the next day on; whoever confirms it then, it was 3."""
    slip, soap = await till.enter(), await till.town.item("香皂")
    tomorrow = till.today + timedelta(days=1)
    await prices.set_price(
        till.book, soap, 9, from_on=tomorrow, by=till.town.keeper, on=till.today, key="p1"
    )  # fmt: skip
    now = till.book.now() + timedelta(days=2)
    monkeypatch.setattr(type(till.book), "now", lambda _book: now)
    assert (await prices.on_day(till.book, till.today, [soap.number]))[soap.number].points == 9
    assert (await till.confirm(slip)).points == 6


async def test_two_who_type_the_same_number_make_one_entry(till: Till) -> None:
    """The same content is the first entry; other content is refused, with who was first."""
    first, again = await asyncio.gather(till.enter(), till.enter(by=till.other))
    assert len(first.steps) == len(again.steps) == 1
    with pytest.raises(SlipTaken, match=first.steps[0].by):
        await till.enter(香皂=3)
    answers = await asyncio.gather(
        *(till.enter(2, 香皂=n, by=by) for n, by in ((1, till.town.counter), (2, till.other))),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in answers) == ["Slip", "SlipTaken"]


async def test_a_slip_is_used_once_however_many_confirm(till: Till) -> None:
    """Ten presses at once; afterwards nothing else can be entered under its number."""
    slip = await till.enter()
    answers = await asyncio.gather(*(till.confirm(slip) for _ in range(10)))
    assert len({each.receipt.position for each in answers}) == 1
    assert await till.points() == 14
    with pytest.raises(SlipUsed):
        await till.enter(香皂=1)
    with pytest.raises(SlipUsed):
        await till.confirm(slip, digest="sha256:" + "0" * 64)
    with pytest.raises(SlipUsed):
        await entering.void(till.book, till.town.shop, slip.number.shown, reason="missing", by=till.other)


async def test_it_is_another_person_who_confirms_what_they_see(till: Till) -> None:
    """Not who typed it, not who lives with them, not who has no counter there, and not another content."""
    slip = await till.enter()
    for by, why in ((till.town.counter, SlipNeedsOther), (till.town.keeper, NotAllowed)):
        with pytest.raises(why):
            await till.confirm(slip, by=by)
    with pytest.raises(SlipChanged):
        await till.confirm(slip, digest="sha256:" + "0" * 64)
    for member in (till.town.counter, till.other):
        await households.join(till.book, "H-000001", member, on=ON)
    with pytest.raises(SlipNeedsOther):
        await till.confirm(slip)
    assert await till.points() == 20


async def test_nobody_enters_or_confirms_their_own_or_their_households(till: Till) -> None:
    """Neither of the two."""
    await households.join(till.book, "H-000001", till.town.wang, on=ON)
    await households.join(till.book, "H-000001", till.other, on=ON)
    with pytest.raises(OwnSlip):
        await till.enter(by=till.other)
    slip = await till.enter()
    with pytest.raises(OwnSlip):
        await till.confirm(slip)


async def test_who_handed_over_to_their_household_makes_no_redemption(till: Till) -> None:
    """It stays open and is the shop's to bear."""
    slip = await till.enter(by=till.other)
    third = await enrol(till.book, "钱进", "staff")
    await roles.grant(
        till.book, member=third, role="counter", area=till.town.shop.area, by=till.town.admin, on=ON
    )
    for member in (till.town.wang, till.town.counter):
        await households.join(till.book, "H-000001", member, on=ON)
    with pytest.raises(HouseholdRedemption):
        await till.confirm(slip, by=third)
    assert [one.number for one in await slips.open_ones(till.book, till.town.shop)] == [slip.number]


async def test_what_cannot_be_deducted_stays_open_and_is_said(till: Till) -> None:
    """Too few points, and a thing somebody else took meanwhile; later it may do."""
    dear = await till.enter(香皂=7)
    with pytest.raises(NotEnough, match="1 分"):
        await till.confirm(dear)
    last = await till.enter(2, 洗衣液=1)
    await till.town.give(till.town.zhao, 15, till.today)
    await counter.redeem(
        till.book, till.town.shop, till.town.zhao, of({LAUNDRY: 1}),
        by=till.town.counter, key="z", on=till.today, found_by="card",
    )  # fmt: skip
    with pytest.raises(SoldOut):
        await till.confirm(last)
    assert (await tally(till)).open == 2
    await till.town.give(till.town.wang, 1, till.today)
    assert (await till.confirm(dear)).points == 21
    assert await tally(till) == Tally(12, 10, 1, 1, 0, 0)


async def test_points_that_lived_on_the_slips_day_pay_though_their_day_is_over(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While no sweep has moved them; what had expired before the slip's day does not pay."""
    town, today = till.town, till.today
    await town.give(town.zhao, 6, today)
    slip = await till.enter(member=town.zhao)
    now = till.book.now() + timedelta(days=2)
    monkeypatch.setattr(type(till.book), "now", lambda _book: now)
    assert (await till.confirm(slip)).points == 6
    await town.give(town.zhao, 6, today)
    late = await till.enter(2, member=town.zhao, on=today + timedelta(days=1))
    with pytest.raises(NotEnough):
        await till.confirm(late)


async def test_a_slip_that_was_typed_wrong_is_sent_back_and_entered_anew(till: Till) -> None:
    """The number is free again; what was seen before is not confirmed."""
    slip = await till.enter(香皂=1)
    back = await entering.send_back(
        till.book, till.town.shop, slip.number.shown, reason="misread", by=till.other
    )
    assert (back.state, back.content) == ("", None)
    with pytest.raises(Exception, match="还没有录入"):
        await till.confirm(slip)
    anew = await till.enter()
    assert slip.content
    with pytest.raises(SlipChanged):
        await till.confirm(anew, digest=slip.content.digest)
    assert (await till.confirm(anew)).points == 6


async def test_a_slip_that_is_lost_or_spoilt_is_cancelled(till: Till) -> None:
    """With a reason, once; then its number is none; one that was entered is not cancelled."""
    shop, number = till.town.shop, till.number(3)
    for _ in range(2):
        voided = await entering.void(till.book, shop, number, reason="spoilt", by=till.town.counter)
        assert (voided.state, len(voided.steps)) == ("void", 1)
    with pytest.raises(SlipVoided):
        await till.enter(3)
    await till.enter(4)
    with pytest.raises(SlipTaken):
        await entering.void(till.book, shop, till.number(4), reason="missing", by=till.other)
    assert await tally(till) == Tally(12, 10, 1, 0, 0, 1)


async def test_cancelling_and_entering_at_once_is_one_of_the_two(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is first; the other reads it."""

    async def voids() -> None:
        await entering.void(till.book, till.town.shop, till.number(), reason="missing", by=till.other)

    meanwhile.after(monkeypatch, items, "all_items", voids)
    with pytest.raises(SlipVoided):
        await till.enter()
    assert await SlipStep.all().using_db(till.book.reader).count() == 1


async def test_what_became_of_a_slip_while_it_was_confirmed_is_not_passed_unseen(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody sends it back between the look and the write: no points move."""
    slip = await till.enter()

    async def returns() -> None:
        await entering.send_back(
            till.book, till.town.shop, slip.number.shown, reason="misread", by=till.town.counter
        )

    meanwhile.after(monkeypatch, purse, "spendable", returns)
    with pytest.raises(Exception, match="还没有录入"):
        await till.confirm(slip)
    assert await till.points() == 20
    assert SlipMoved.__doc__


async def test_a_number_that_was_not_printed_and_a_day_that_cannot_be_are_refused(till: Till) -> None:
    """Beyond the batch, before it was printed, tomorrow; and who stood at no counter that day handed nothing over."""
    with pytest.raises(SlipNotPrinted):
        await till.enter(13)
    for days in (-1, 1):
        with pytest.raises(BadSlipDay):
            await till.enter(on=till.today + timedelta(days=days))
    with pytest.raises(NotAllowed):
        await entering.enter(
            till.book, till.town.shop, till.number(), member=till.town.wang, on=till.today,
            basket=of({SOAP: 1}), served_by=till.town.keeper, by=till.town.counter,
        )  # fmt: skip


async def test_a_slip_is_undone_like_any_redemption(till: Till) -> None:
    """By two people, for no shift is its own: points and goods go back, and the number stays used."""
    done = await till.confirm(await till.enter())
    reason = next(code for code in reasons.REASONS if code != "other")
    asked = await requests.ask(
        till.book, done.receipt.reference, reason, by=till.town.counter, key="u1", note="", stays=()
    )
    await requests.decide(till.book, asked.id, approved=True, digest=asked.digest, by=till.other)
    assert await till.points() == 20
    assert await statements.balance(till.book.reader, chart.stock(1), chart.item(SOAP)) == 20
    with pytest.raises(SlipUsed):
        await till.enter()
