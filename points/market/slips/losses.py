"""What was handed over on a slip and cannot be deducted becomes the shop's loss: one person asks, another agrees.

The goods leave the shelf in the book as well, as far as the book has them there; nobody's points move.
"""

from __future__ import annotations

from ledger.book import Book
from ledger.errors import BelowFloor, Busy, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart
from points.keys import new_key
from points.market import shops, stock_drafts
from points.market.models import Shop
from points.market.slips import slips
from points.market.slips.errors import BadSlipReason, OwnSlip, SlipChanged, SlipNeedsOther, SlipNotEntered
from points.market.slips.records import SlipStep
from points.market.slips.slips import Content, Slip
from points.market.stock_records import StockLoss
from points.people import areas, roles, sides

REASONS = {
    "short": "积分不够",
    "expired": "积分已到期",
    "sold_out": "账上没有这么多",
    "limit": "超过限量，或者不能换",
    "nobody": "查不到是谁",
    "other": "其他",
}
SECOND = ("counter", "stock_keeper", "approver", "admin")
ATTEMPTS = 20


async def ask(book: Book, shop: Shop, text: str, *, reason: str, by: str) -> Slip:
    """Ask that the shop bear what stands on an open slip, by its counter staff. Asked already, it stays as it is.

    Raises BadSlipReason, SlipNotEntered, SlipUsed, SlipVoided, OwnSlip, NotAllowed, SlipMoved.
    """
    if reason not in REASONS:
        raise BadSlipReason
    slip = await slips.find(book, shop, text)
    content = slip.require_open()
    if slip.state == "loss_asked":
        return slip
    await roles.require(book, by, "counter", shop.area, book.today())
    await _not_their_own(book, content, by=by)
    step = slips.next_step(book, slip, "loss_asked", by=by, reason=reason, digest=content.digest)
    await slips.post(book, slip, step)
    return await slips.of_number(book, slip.number)


async def decide(book: Book, shop: Shop, text: str, *, approved: bool, digest: str, by: str) -> Slip:
    """Agree that the shop bears it, or that it does not; then the slip is open as before. The same again is once.

    Raises SlipNotEntered where nobody asked, SlipChanged, SlipNeedsOther, OwnSlip, NotAllowed.
    """
    for _ in range(ATTEMPTS):
        slip = await slips.find(book, shop, text)
        last = slip.steps[-1] if slip.steps else None
        if last and last.what == ("lost" if approved else "kept") and last.by == by and last.digest == digest:
            return slip
        content = slip.require_open()
        if slip.state != "loss_asked" or last is None:
            raise SlipNotEntered(number=slip.number.shown)
        await require_second(book, shop, content, last, by=by)
        if content.digest != digest:
            raise SlipChanged(number=slip.number.shown)
        what = "lost" if approved else "kept"
        step = slips.next_step(book, slip, what, by=by, reason=last.reason, digest=digest)
        try:
            draft = await _written_off(book, shop, content, step, last) if approved else None
            if draft is None:
                await slips.post(book, slip, step)
            else:
                await book.journal.post(draft)
        except (BelowFloor, ReferenceConflict, RowConflict):
            continue  # the shelf or the slip moved meanwhile
        return await slips.of_number(book, slip.number)
    raise Busy


async def require_second(book: Book, shop: Shop, content: Content, asked: SlipStep, *, by: str) -> None:
    """Raise unless somebody may decide: with a duty there, not who asked nor their household, not their own."""
    await roles.require_any(book, by, SECOND, await areas.path(book, shop.area))
    if await sides.shares(book, by, [asked.by]):
        raise SlipNeedsOther
    await _not_their_own(book, content, by=by)


async def _not_their_own(book: Book, content: Content, *, by: str) -> None:
    if content.member and await sides.shares(book, by, [content.member]):
        raise OwnSlip


async def _written_off(
    book: Book, shop: Shop, content: Content, step: SlipStep, asked: SlipStep
) -> Draft | None:
    """The entry that takes the goods off the shelf; None where the book has none of them there."""
    there = await shops.stock(book, shop)
    lines = [(item, min(n, there.get(item, 0)), n) for item, n in content.basket.wanted]
    gone = [(item, left) for item, left, _ in lines if left > 0]
    if not gone:
        return None
    reference = f"slip-loss/{step.slip}"
    facts = {
        "asked_by": asked.by,
        "by": step.by,
        "lines": [list(line) for line in lines],
        "reason": step.reason,
        "slip": step.slip,
    }
    shelf = chart.stock(shop.number)
    rows = [
        StockLoss(
            id=f"{new_key()}#{item}",
            shop=shop.number,
            item=item,
            quantity=n,
            reason="other",
            reported_by=asked.by,
            approved_by=step.by,
            lost_on=book.today().isoformat(),
            reference=reference,
        )
        for item, n in gone
    ]
    postings = [Posting(shelf, chart.LOST, n, chart.item(item)) for item, n in gone]
    return stock_drafts.draft(book, reference, "loss", facts, postings, [*rows, step])
