"""Entering slips: one person types what stands on the paper, another sees paper and screen and confirms just that.

Then it is one redemption, dated on the slip's day, at that day's prices and limits. What cannot be deducted is said,
and the slip stays open: what was handed over and is not paid becomes the shop's loss by two people (`losses`). It is
never the member's debt: points owed come from corrections alone, and nobody owes what a shop gave without asking.
"""

from __future__ import annotations

from datetime import date

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, Moved, ReferenceConflict, RowConflict
from ledger.transactions import Draft
from points.market import counter, handing_over, items, orders, pools, redemptions
from points.market.baskets import Basket
from points.market.errors import UnknownItem
from points.market.models import Shop
from points.market.orders import Order
from points.market.pools import Parts
from points.market.redemptions import Redeemed
from points.market.slips import slips
from points.market.slips.errors import (
    BadSlipDay,
    BadSlipReason,
    OwnSlip,
    SlipChanged,
    SlipMoved,
    SlipNeedsOther,
    SlipTaken,
    SlipUsed,
    SlipWithoutMember,
)
from points.market.slips.records import SlipStep
from points.market.slips.slips import Content, Slip
from points.people import members, roles, sides

SEND_BACK = {"misread": "录错了", "unclear": "字看不清", "other": "其他"}
VOID = {"spoilt": "写坏了", "missing": "丢了", "unused": "不再用了"}
ATTEMPTS = 20


async def enter(
    book: Book, shop: Shop, text: str, *, member: str, on: date, basket: Basket, served_by: str, by: str
) -> Slip:
    """Type what stands on a slip: number, member ("" where nobody can say), day, things, who handed over. An act.

    The same again, by whomever, changes nothing. Raises BadSlipNumber, SlipNotPrinted, SlipUsed, SlipVoided, SlipTaken
    (entered with other content), BadSlipDay, UnknownMember, UnknownItem, OwnSlip, NotAllowed, SlipMoved.
    """
    slip = await slips.find(book, shop, text)
    slip.require_not_done()
    number = (await members.find(book, member)).number if member else ""
    digest = slips.digest_of(slip.number, number, on, served_by, basket)
    if (content := slip.content) is not None:
        if content.digest == digest:
            return slip
        raise SlipTaken(number=slip.number.shown, by=content.entered_by)
    await _may_enter(book, shop, slip, number, on, basket, served_by=served_by, by=by)
    stands = {
        "member": number,
        "handed_on": on.isoformat(),
        "served_by": served_by,
        "basket": encoding.canonical([list(line) for line in basket.wanted]).decode(),
        "digest": digest,
    }
    try:
        await slips.post(book, slip, slips.next_step(book, slip, "entered", by=by, **stands))
    except SlipMoved:
        return await enter(
            book, shop, text, member=member, on=on, basket=basket, served_by=served_by, by=by
        )  # somebody else entered it in the same moment: the same, or something else
    return await slips.of_number(book, slip.number)


async def _may_enter(
    book: Book,
    shop: Shop,
    slip: Slip,
    member: str,
    on: date,
    basket: Basket,
    *,
    served_by: str,
    by: str,
) -> None:
    await roles.require(book, by, "counter", shop.area, book.today())
    if not slip.batch.printed_on <= on.isoformat() <= book.today().isoformat():
        raise BadSlipDay(since=slip.batch.printed_on)
    await roles.require(book, served_by, "counter", shop.area, on)
    await _not_their_own(book, member, by=by)
    known = {item.number for item in await items.all_items(book)}
    for item, _ in basket.wanted:
        if item not in known:
            raise UnknownItem(name=str(item))


async def confirm(
    book: Book, shop: Shop, text: str, *, digest: str, by: str, together: Parts = ()
) -> Redeemed:
    """Confirm a slip as it was seen, by another person with the paper in hand: the points move, once.

    `together` is what each purse of the household gives, as it was shown (`whose`): then it is done so or not at all.
    The same again answers with what was done. Raises BadSlipNumber, SlipNotPrinted, SlipNotEntered, SlipUsed,
    SlipVoided, SlipChanged, SlipNeedsOther, OwnSlip, NotAllowed, SlipMoved, and what the counter would refuse:
    NotEnough, PartsChanged, OutOfStock, NoPrice, a limit or a permission, OwnRedemption, HouseholdRedemption; then it
    stays open.
    """
    for _ in range(ATTEMPTS):
        slip = await slips.find(book, shop, text)
        if (done := await _done(book, slip, digest)) is not None:
            return done
        content = slip.require_open()
        await require_second(book, shop, content, by=by)
        if content.digest != digest:
            raise SlipChanged(number=slip.number.shown)
        if not content.member:
            raise SlipWithoutMember(number=slip.number.shown)
        order = await ordered(book, shop, slip, content, together)
        step = slips.next_step(book, slip, "redeemed", by=by, digest=digest)
        try:
            receipt = await book.journal.post(await _draft(book, order, step))
        except BelowFloor as refusal:
            if said := handing_over.refused(order, refusal):
                raise said from None
        except (Moved, RowConflict, ReferenceConflict):
            continue  # somebody else did something with this slip or its limits, or takes their consent back
        else:
            return await redemptions.answer(book, receipt)
    raise Busy


async def ordered(book: Book, shop: Shop, slip: Slip, content: Content, together: Parts = ()) -> Order:
    """A slip as an order of its day. Raises what the counter would have refused on that day."""
    served_by, on = content.served_by, content.handed_on
    await counter.require_served(book, shop, content.member, by=served_by, on=on)
    lines, prices = await orders.priced(book, content.basket, on)
    key, also = f"slip-{slip.number.plain}", (("slip", slip.number.slip),)
    return Order(shop, content.member, lines, prices, served_by, key, on, "slip", together, also)


async def whose(book: Book, content: Content, points: int) -> Parts:
    """What each purse would give to a slip now, to be compared before it is confirmed; () where the member pays alone.

    Only who had agreed by the slip's day counts, and agrees still: on paper nobody is asked. Raises NotEnough.
    """
    on = content.handed_on
    return (await pools.paying(book, content.member, points, on, agreed_by=on)).parts_of(points)


async def _draft(book: Book, order: Order, step: SlipStep) -> Draft:
    """Points that live to the slip's day: their own, the earliest first, or as their household had agreed by then."""
    limits = await handing_over.limited(book, order)
    pool, drawn = await pools.as_shown(
        book, order.member, order.points, order.on, order.together, agreed_by=order.on
    )
    return handing_over.draft(book, order, drawn, limits=limits, household=pool.household, rows=[step])


async def send_back(book: Book, shop: Shop, text: str, *, reason: str, by: str) -> Slip:
    """What was entered is not what stands on the paper: it is to be entered anew. Anybody at this counter may say so.

    Raises BadSlipReason, and as `confirm` for a slip that is not open.
    """
    if reason not in SEND_BACK:
        raise BadSlipReason
    slip = await slips.find(book, shop, text)
    if slip.steps and slip.steps[-1].what == "returned":
        return slip
    content = slip.require_open()
    await roles.require(book, by, "counter", shop.area, book.today())
    await _not_their_own(book, content.member, by=by)
    await slips.post(book, slip, slips.next_step(book, slip, "returned", by=by, reason=reason))
    return await slips.of_number(book, slip.number)


async def void(book: Book, shop: Shop, text: str, *, reason: str, by: str) -> Slip:
    """A slip that was spoilt, lost or is not needed: its number is never used. Twice is once.

    Raises BadSlipReason, BadSlipNumber, SlipNotPrinted, SlipUsed, SlipTaken (it was entered), NotAllowed, SlipMoved.
    """
    if reason not in VOID:
        raise BadSlipReason
    slip = await slips.find(book, shop, text)
    if slip.state == "void":
        return slip
    slip.require_not_done()
    if (content := slip.content) is not None:
        raise SlipTaken(number=slip.number.shown, by=content.entered_by)
    await roles.require(book, by, "counter", shop.area, book.today())
    await slips.post(book, slip, slips.next_step(book, slip, "void", by=by, reason=reason))
    return await slips.of_number(book, slip.number)


async def require_second(book: Book, shop: Shop, content: Content, *, by: str) -> None:
    """Raise unless somebody may confirm: counter staff there, not who entered nor their household, not their own."""
    await roles.require(book, by, "counter", shop.area, book.today())
    if await sides.shares(book, by, [content.entered_by]):
        raise SlipNeedsOther
    await _not_their_own(book, content.member, by=by)


async def _not_their_own(book: Book, member: str, *, by: str) -> None:
    if member and await sides.shares(book, by, [member]):
        raise OwnSlip


async def _done(book: Book, slip: Slip, digest: str) -> Redeemed | None:
    """What a slip became under this digest; None before. Raises SlipUsed where it was done otherwise."""
    if slip.state != "redeemed":
        return None
    if slip.steps[-1].digest != digest:
        raise SlipUsed(number=slip.number.shown)
    reference = f"redeem/{slip.number.shop}/slip-{slip.number.plain}"
    receipts = await statements.known(book.reader, [reference])
    return await redemptions.answer(book, receipts[reference])
