"""Settling with a merchant: one person draws up the month, another who sees the very same approves it, once.

The points leave `shop/N/taken` for `shop/N/settled` in one entry, `settle/MONTH/N`, and each redemption has a row that
can be there but once: nothing is settled twice, and never more than was taken. The points were given out of a fund when
they were awarded, with money behind each; so what is paid now moves no fund, but names whose money it is, and the
payment is an act with its document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
    UnknownSettlement,
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
from points.people import areas, roles, sides

KEEPER = "fund_keeper"
NOTE_AT_MOST, DOCUMENT_AT_MOST = 200, 60
ATTEMPTS = 20
MOST = 50
"""Statements of one shop that are shown: four years of months."""


@dataclass(frozen=True, slots=True)
class Note:
    """A merchant's objection; `text` is empty once it was erased."""

    id: str
    noted_by: str
    noted_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Payment:
    """The money was paid, on a day and with a document."""

    fen: int
    document: str
    paid_on: str
    paid_by: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement as both people and the merchant see it; `state` is open, approved or refused.

    `digest` names all of it, the merchant's notes too.
    """

    id: str
    shop: int
    month: str
    statement: Statement
    drawn_by: str
    drawn_at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    notes: tuple[Note, ...]
    payment: Payment | None
    digest: str


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
    if await acts.known(book, _settles(shop.number, month)):
        raise MonthSettled(month=month)
    said = await settlement_statements.draw(book, shop, month, brought=await _brought(book, shop))
    if not said.lines:
        raise NothingToSettle(month=month)
    return said


async def find(book: Book, key: str) -> Drawn:
    """A statement by its key. Raises UnknownSettlement."""
    row = await Settlement.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownSettlement
    return (await _read(book, [row]))[0]


async def of_shop(book: Book, shop: Shop) -> list[Drawn]:
    """The statements of a shop, the newest first, MOST at most. Five statements."""
    rows = Settlement.filter(shop=shop.number).using_db(book.reader).order_by("-id").limit(MOST)
    return await _read(book, await rows)


_OPEN = """
SELECT s.id FROM market_settlement AS s LEFT JOIN market_settlement_ruling AS r ON r.settlement = s.id
WHERE r.settlement IS NULL ORDER BY s.id DESC LIMIT ?"""


async def waiting(book: Book) -> list[Drawn]:
    """The statements nobody decided on, the newest of each month, MOST at most, the newest first. Six statements."""
    found = await book.reader.execute_query_dict(_OPEN, [MOST])
    rows = await Settlement.filter(id__in=[row["id"] for row in found]).using_db(book.reader).order_by("-id")
    latest: dict[tuple[int, str], Settlement] = {}
    for row in rows:
        latest.setdefault((row.shop, row.month), row)
    settled = await statements.known(book.reader, [_settles(*key) for key in latest])
    return await _read(book, [row for key, row in latest.items() if _settles(*key) not in settled])


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


def _settles(shop: int, month: str) -> str:
    return f"settle/{month}/{shop}"


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
    said, reference = drawn.statement, _settles(shop.number, drawn.month)
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


async def _read(book: Book, rows: Sequence[Settlement]) -> list[Drawn]:
    keys = [row.id for row in rows]
    rulings = {
        row.settlement: row
        for row in await SettlementRuling.filter(settlement__in=keys).using_db(book.reader)
    }
    paid = {
        row.settlement: Payment(row.fen, row.document, row.paid_on, row.paid_by)
        for row in await SettlementPayment.filter(settlement__in=keys).using_db(book.reader)
    }
    notes = await SettlementNote.filter(settlement__in=keys).using_db(book.reader).order_by("id")
    texts = {
        row.id: row.text
        for row in await SettlementNoteText.filter(id__in=[one.id for one in notes]).using_db(book.reader)
    }
    return [_drawn(row, rulings.get(row.id), paid.get(row.id), notes, texts) for row in rows]


def _drawn(
    row: Settlement,
    ruling: SettlementRuling | None,
    payment: Payment | None,
    notes: Sequence[SettlementNote],
    texts: dict[str, str],
) -> Drawn:
    mine = [one for one in notes if one.settlement == row.id]
    state = "open" if ruling is None else "approved" if ruling.approved else "refused"
    said = {
        "digest": encoding.digest(row.text),
        "drawn_by": row.drawn_by,
        "id": row.id,
        "notes": [one.id for one in mine],
    }
    return Drawn(
        id=row.id,
        shop=row.shop,
        month=row.month,
        statement=settlement_statements.read(row.text),
        drawn_by=row.drawn_by,
        drawn_at=row.drawn_at,
        state=state,
        decided_by=ruling.decided_by if ruling else None,
        decided_at=ruling.decided_at if ruling else None,
        notes=tuple(Note(one.id, one.noted_by, one.noted_at, texts.get(one.id, "")) for one in mine),
        payment=payment,
        digest=encoding.digest_of(said),
    )
