"""A gift is taken back on its day, while it is unspent: the exact negative of its entry, linked to it."""

from __future__ import annotations

from ledger import encoding
from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting, Receipt
from points.evidence import snapshots
from points.market import earlier
from points.market.giving import gifts
from points.market.giving.errors import GiftSpent, GiftTooOld, NotTheirGift
from points.market.giving.records import Gift, GiftUndoing
from points.people import members, roles, sides
from points.people.errors import NotAllowed

_LINES = """
SELECT s.address AS source, t.address AS target, p.amount, p.unit FROM ledger_transaction AS x
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE x.reference = ? ORDER BY p.id DESC"""


async def take_back(book: Book, key: str, *, by: str) -> Receipt:
    """Take a gift back today, by the giver, or by counter staff of the giver's area who live with neither of them.

    Twice is once. Raises UnknownGift, NotTheirGift, GiftTooOld once its day is over, GiftSpent.
    """
    gift = await gifts.find(book, key)
    reference, request = f"ungift/{gift.id}", encoding.digest_of({"gift": gift.id, "verb": "take back"})
    if receipt := await earlier.receipt(book, reference, request):
        return receipt
    await require(book, gift, by=by)
    lines = await book.reader.execute_query_dict(_LINES, [gift.reference])
    facts = {"by": by, "gift": gift.id, "points": gift.points}
    evidence, rows = snapshots.take("ungift", gift.id, facts, at=book.now())
    undone = GiftUndoing(gift=gift.id, undone_by=by, undone_at=book.now(), reference=reference)
    draft = Draft(
        reference=reference,
        kind="ungift",
        evidence=evidence,
        effective_on=book.today(),
        request=request,
        postings=tuple(Posting(x["target"], x["source"], x["amount"], x["unit"]) for x in lines),
        reverses=gift.reference,
        rows=(*rows, undone),
    )
    try:
        return await book.journal.post(draft)
    except BelowFloor:
        raise GiftSpent from None
    except (AlreadyReversed, ReferenceConflict, RowConflict):
        if receipt := await earlier.receipt(book, reference, request):
            return receipt
        raise


async def require(book: Book, gift: Gift, *, by: str) -> None:
    """Raise unless `by` may take this gift back now: NotTheirGift, GiftTooOld."""
    if by != gift.giver:
        someone = (await members.many(book, [gift.giver]))[gift.giver]
        try:
            await roles.require(book, by, "counter", someone.area, book.today())
        except NotAllowed:
            raise NotTheirGift from None
        if await sides.shares(book, by, [gift.giver]):
            raise NotTheirGift
    if gift.given_on != book.today().isoformat():
        raise GiftTooOld
