"""Settling with a merchant: one person draws up the month, another who sees the very same approves it, once.

The points leave `shop/N/taken` for `shop/N/settled` in one entry, `settle/MONTH/N`, and each redemption has a row that
can be there but once: nothing is settled twice, and never more than was taken. The points were given out of a fund when
they were awarded, with money behind each; so what is paid now moves no fund, but names whose money it is, and the
payment is an act with its document.
"""

from __future__ import annotations

from datetime import date

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, Moved, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart
from points.awards.errors import BadMonth
from points.awards.fund_requests import APPROVERS
from points.evidence import acts, snapshots
from points.keys import new_key
from points.market import contracts, earlier, merchants, settlement_statements, shops
from points.market.allied_errors import (
    BadNote,
    MonthNotOver,
    MonthSettled,
    NotApproved,
    NothingToSettle,
    NotSettlementSecond,
    SettlementChanged,
    SettlementDecided,
)
from points.market.allied_records import (
    Settlement,
    SettlementLine,
    SettlementNote,
    SettlementNoteText,
    SettlementPayment,
    SettlementRuling,
)
from points.market.errors import NoDocument
from points.market.models import Shop
from points.market.settlement_statements import Statement
from points.market.settlements_drawn import Drawn, Note, Payment, find, of_shop, settles, waiting
from points.people import areas, roles, sides

__all__ = ["Drawn", "Note", "Payment", "find", "of_shop", "waiting"]
KEEPER = "fund_keeper"
NOTE_AT_MOST, DOCUMENT_AT_MOST = 200, 60
ATTEMPTS = 20


async def draw(book: Book, shop: Shop, month: str, *, by: str, key: str) -> Drawn:
    """Draw up a merchant's statement for a month that is over; the same key again answers with the same.

    It may be drawn up again until one is approved. Raises NotAllowed unless `by` keeps the fund of the shop's area,
    NotMerchant, BadMonth, BadKey, MonthNotOver, MonthSettled, NothingToSettle.
    """
    reference = f"settlement/{shop.number}/{earlier.checked_key(key)}"
    asked = {"by": by, "month": month, "shop": shop.number, "verb": "draw up"}
    before = await acts.before(book, reference, asked)
    if before:
        return await find(book, before.subject)
    await roles.require(book, by, KEEPER, shop.area, book.today())
    said = await preview(book, shop, month)
    row = Settlement(
        id=new_key(),
        shop=shop.number,
        month=month,
        points=said.points,
        fen=said.fen,
        brought=said.brought,
        sponsor=said.sponsor,
        text=said.text,
        digest=encoding.digest(said.text),
        drawn_by=by,
        drawn_at=book.now(),
        reference=reference,
    )
    facts = {**asked, "digest": row.digest, "fen": row.fen, "points": row.points}
    await acts.post(book, reference, ("settlement", row.id), facts, [row], request=asked)
    return await find(book, await acts.subject(book, reference))


async def preview(book: Book, shop: Shop, month: str) -> Statement:
    """The statement as it would be drawn up now. Raises NotMerchant, BadMonth, MonthNotOver, MonthSettled,
    NothingToSettle."""
    await merchants.require_merchant(book, shop)
    if not settlement_statements.is_month(month):
        raise BadMonth(month=month)
    if settlement_statements.month_ends(month) >= book.today():
        raise MonthNotOver(month=month)
    if await acts.known(book, settles(shop.number, month)):
        raise MonthSettled(month=month)
    said = await settlement_statements.draw(book, shop, month, brought=await _brought(book, shop))
    if not said.lines:
        # Somebody else may have settled it while it was drawn up.
        settled = await acts.known(book, settles(shop.number, month))
        raise MonthSettled(month=month) if settled else NothingToSettle(month=month)
    return said


async def note(book: Book, key: str, text: str, *, by: str, form: str) -> None:
    """Say that something is not right, as one of the merchant's, before it is approved; the same form again is once.

    Raises UnknownSettlement, NotAllowed, BadNote, SettlementDecided.
    """
    drawn = await find(book, key)
    reference = f"settlement-note/{drawn.id}/{earlier.checked_key(form)}"
    if await acts.known(book, reference):
        return
    if drawn.shop not in await merchants.works_at(book, by, book.today()):
        raise await roles.why_not(book, by, merchants.ROLE, book.today())
    if not 1 <= len(text.strip()) <= NOTE_AT_MOST:
        raise BadNote(most=NOTE_AT_MOST)
    if drawn.state != "open":
        raise SettlementDecided
    row = SettlementNote(
        id=new_key(), settlement=drawn.id, noted_by=by, noted_at=book.now(), reference=reference
    )
    facts, asked = {"by": by, "settlement": drawn.id}, {"form": form, "settlement": drawn.id}
    rows = [row, SettlementNoteText(id=row.id, text=text.strip())]
    await acts.post(book, reference, ("settlement-note", row.id), facts, rows, request=asked)


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Drawn:
    """Approve or refuse a statement as it was seen; the same decision again changes nothing.

    Raises UnknownSettlement, SettlementDecided, NotSettlementSecond, MonthSettled, and SettlementChanged when anything
    has moved since: then nothing is settled, and it is drawn up again.
    """
    for _ in range(ATTEMPTS):
        drawn = await find(book, key)
        if drawn.state != "open":
            if (drawn.state == "approved") != approved or drawn.decided_by != by:
                raise SettlementDecided
            return drawn
        shop = await shops.find(book, drawn.shop)
        await require_second(book, drawn, shop, by=by)
        if digest != drawn.digest:
            raise SettlementChanged
        try:
            await (_approve if approved else _refuse)(book, drawn, shop, by=by)
        except (Moved, BelowFloor, RowConflict, ReferenceConflict):
            continue  # the till moved, or somebody else decided: look again
    raise Busy


async def require_second(book: Book, drawn: Drawn, shop: Shop, *, by: str) -> None:
    """Raise NotSettlementSecond unless somebody may decide on a statement: another one, who works for no merchant."""
    path = await areas.path(book, shop.area)
    granted = await roles.grants_of(book, by, book.today())
    second = await sides.may_decide(book, by, apart_from=[drawn.drawn_by], names=APPROVERS, path=path)
    if not second or roles.covered(granted, [merchants.ROLE], path):
        raise NotSettlementSecond


async def pay(book: Book, key: str, *, document: str, on: date, by: str) -> Drawn:
    """Record that an approved statement was paid, with its document, once; the first that was recorded stays.

    Raises UnknownSettlement, NotApproved, NoDocument, and NotAllowed unless `by` keeps the fund of the shop's area.
    """
    drawn = await find(book, key)
    shop = await shops.find(book, drawn.shop)
    await roles.require(book, by, KEEPER, shop.area, book.today())
    if drawn.state != "approved":
        raise NotApproved
    if not 1 <= len(document.strip()) <= DOCUMENT_AT_MOST:
        raise NoDocument(most=DOCUMENT_AT_MOST)
    reference = f"settlement-paid/{drawn.id}"
    if drawn.payment is None:
        row = SettlementPayment(
            settlement=drawn.id,
            fen=drawn.statement.due,
            document=document.strip(),
            paid_on=on.isoformat(),
            paid_by=by,
            reference=reference,
        )
        facts = {"by": by, "fen": row.fen, "paid_on": row.paid_on, "settlement": drawn.id}
        asked = {"settlement": drawn.id, "verb": "pay"}
        await acts.post(book, reference, ("settlement-paid", drawn.id), facts, [row], request=asked)
    return await find(book, key)


async def till(book: Book, shop: Shop, redemption: str) -> tuple[str, tuple[tuple[str, str, int], ...]]:
    """From which account the points of a redemption go back when it is undone, and what must not have moved since.

    What was settled with a merchant goes back from there, and comes off the next statement; anything else from what the
    shop took, while nothing is settled in the same moment.
    """
    took = chart.taken(shop.number)
    if not await contracts.is_merchant(book, shop):
        return took, ()
    found = await statements.standings_of(book.reader, [(took, chart.POINTS)])
    if await SettlementLine.filter(entry=redemption).using_db(book.reader).exists():
        return chart.settled(shop.number), ()
    return took, tuple((took, chart.POINTS, each.version) for each in found.values())


async def _approve(book: Book, drawn: Drawn, shop: Shop, *, by: str) -> None:
    """Draw it up once more: only what is still the very same is settled, and only while the till stands still."""
    accounts = [(chart.taken(shop.number), chart.POINTS), (chart.settled(shop.number), chart.POINTS)]
    stood = await statements.standings_of(book.reader, accounts)
    now = await preview(book, shop, drawn.month)
    if now.text != drawn.statement.text:
        raise SettlementChanged
    seen = tuple((*key, stood[key].version if key in stood else 0) for key in accounts)
    await book.journal.post(_draft(book, drawn, shop, seen, by=by))


def _draft(book: Book, drawn: Drawn, shop: Shop, seen: tuple[tuple[str, str, int], ...], *, by: str) -> Draft:
    said, reference = drawn.statement, settles(shop.number, drawn.month)
    facts = {
        "approved": "yes",
        "by": by,
        "digest": drawn.digest,
        "fen": said.due,
        "points": said.points,
        "settlement": drawn.id,
        "statement": encoding.digest(said.text),
    }
    rows = [
        _ruling(book, drawn, reference, approved=True, by=by),
        *(
            SettlementLine(entry=line.reference, settlement=drawn.id, points=line.points, fen=line.fen)
            for line in said.lines
        ),
    ]
    if not said.points:  # things that cost no points, or only what was undone: there is nothing to move
        return acts.draft(book, reference, ("settlement-ruling", drawn.id), facts, rows)
    evidence, texts = snapshots.take("settlement-ruling", drawn.id, facts, at=book.now())
    move = Posting(chart.taken(shop.number), chart.settled(shop.number), said.points, chart.POINTS)
    return Draft(
        reference=reference,
        kind="settle",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of({"by": by, "settlement": drawn.id}),
        postings=(move,),
        rows=(*texts, *rows),
        seen=seen,
    )


async def _refuse(book: Book, drawn: Drawn, shop: Shop, *, by: str) -> None:
    reference = f"settlement-refused/{drawn.id}"
    facts = {"approved": "no", "by": by, "digest": drawn.digest, "settlement": drawn.id, "shop": shop.number}
    row = _ruling(book, drawn, reference, approved=False, by=by)
    await acts.post(book, reference, ("settlement-ruling", drawn.id), facts, [row])


def _ruling(book: Book, drawn: Drawn, reference: str, *, approved: bool, by: str) -> SettlementRuling:
    return SettlementRuling(
        settlement=drawn.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )


_LAST = """
SELECT s.fen, s.brought FROM market_settlement AS s
JOIN market_settlement_ruling AS r ON r.settlement = s.id
WHERE s.shop = ? AND r.approved ORDER BY r.decided_at DESC, s.id DESC LIMIT 1"""


async def _brought(book: Book, shop: Shop) -> int:
    """What the last approved statement left to be taken off, in fen: zero or less."""
    rows = await book.reader.execute_query_dict(_LAST, [shop.number])
    return min(0, int(rows[0]["fen"]) + int(rows[0]["brought"])) if rows else 0
