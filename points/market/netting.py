"""The balance between communities for a month: one draws it up, another who sees the very same closes it, once.

What is netted says `crossings`. It moves no points: those stand in what the shops took. The act that closes a month is
what the communities pay each other by; its evidence is the whole statement. A month is netted for a district, so that
no redemption is in two statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict, RowConflict
from points import paging
from points.awards.errors import BadMonth
from points.awards.fund_requests import APPROVERS
from points.evidence import acts
from points.keys import new_key
from points.market import crossings, earlier, settlement_statements
from points.market.allied_errors import (
    MonthNotOver,
    MonthSettled,
    NotADistrict,
    NothingToSettle,
    NotSettlementSecond,
    SettlementChanged,
    SettlementDecided,
    UnknownSettlement,
)
from points.market.allied_records import Netting, NettingRuling
from points.market.crossings import Crossings
from points.paging import FIRST, Part, Turn
from points.people import areas, roles, sides
from points.people.models import Area

KEEPER = "fund_keeper"
ATTEMPTS = 20
MOST = 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """A month's balance as both people see it; `state` is open, approved or refused. `digest` names all of it."""

    id: str
    crossings: Crossings
    drawn_by: str
    drawn_at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    digest: str


async def draw(book: Book, under: str, month: str, *, by: str, key: str) -> Drawn:
    """Draw up the balance of a district for a month that is over; the same key again answers with the same.

    Raises UnknownArea, NotADistrict, NotAllowed unless `by` keeps the funds there, BadMonth, BadKey, MonthNotOver,
    MonthSettled, NothingToSettle.
    """
    reference = f"netting-drawn/{under}/{earlier.checked_key(key)}"
    asked = {"by": by, "month": month, "under": under, "verb": "draw up"}
    before = await acts.before(book, reference, asked)
    if before:
        return await find(book, before.subject)
    await roles.require(book, by, KEEPER, under, book.today())
    text = (await preview(book, under, month)).text
    row = Netting(
        id=new_key(),
        under=under,
        month=month,
        text=text,
        digest=encoding.digest(text),
        drawn_by=by,
        drawn_at=book.now(),
        reference=reference,
    )
    facts = {**asked, "digest": row.digest}
    await acts.post(book, reference, ("netting", row.id), facts, [row], request=asked)
    return await find(book, await acts.subject(book, reference))


async def preview(book: Book, under: str, month: str) -> Crossings:
    """The balance as it would be drawn up. Raises UnknownArea, NotADistrict, BadMonth, MonthNotOver, MonthSettled,
    NothingToSettle."""
    if (await areas.find(book, under)).parent is not None:
        raise NotADistrict
    if not settlement_statements.is_month(month):
        raise BadMonth(month=month)
    if settlement_statements.month_ends(month) >= book.today():
        raise MonthNotOver(month=month)
    if await acts.known(book, closes(under, month)):
        raise MonthSettled(month=month)
    found = await crossings.draw(book, under, month)
    if not found.flows:
        raise NothingToSettle(month=month)
    return found


def closes(under: str, month: str) -> str:
    """The reference of the act that closes a district's month."""
    return f"netting/{month}/{under}"


async def find(book: Book, key: str) -> Drawn:
    """A balance by its key. Raises UnknownSettlement."""
    row = await Netting.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownSettlement
    return (await _read(book, [row]))[0]


async def of_districts(book: Book, codes: Sequence[str], turn: Turn = FIRST) -> Part[Drawn]:
    """The balances of districts, the newest first. Two statements."""
    found = await paging.part(Netting.filter(under__in=list(codes)).using_db(book.reader), turn)
    return found.told(await _read(book, found.rows))


_OPEN = """
SELECT n.id FROM market_netting AS n LEFT JOIN market_netting_ruling AS r ON r.netting = n.id
WHERE r.netting IS NULL ORDER BY n.id DESC LIMIT ?"""


async def waiting(book: Book) -> list[Drawn]:
    """The balances nobody decided on, the newest of each month, MOST at most, the newest first. Four statements."""
    found = await book.reader.execute_query_dict(_OPEN, [MOST])
    rows = await Netting.filter(id__in=[row["id"] for row in found]).using_db(book.reader).order_by("-id")
    latest: dict[tuple[str, str], Netting] = {}
    for row in rows:
        latest.setdefault((row.under, row.month), row)
    closed = await statements.known(book.reader, [closes(*key) for key in latest])
    return await _read(book, [row for key, row in latest.items() if closes(*key) not in closed])


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Drawn:
    """Close a month as it was seen, or refuse it; the same decision again changes nothing.

    Raises UnknownSettlement, SettlementDecided, NotSettlementSecond, MonthSettled, and SettlementChanged when what was
    drawn up is not what the ledger says.
    """
    for _ in range(ATTEMPTS):
        drawn = await find(book, key)
        if drawn.state != "open":
            if (drawn.state == "approved") != approved or drawn.decided_by != by:
                raise SettlementDecided
            return drawn
        await require_second(book, drawn, by=by)
        under, month = drawn.crossings.under, drawn.crossings.month
        if digest != drawn.digest or (approved and await preview(book, under, month) != drawn.crossings):
            raise SettlementChanged
        reference = closes(under, month) if approved else f"netting-refused/{drawn.id}"
        row = NettingRuling(
            netting=drawn.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
        )
        facts = {"approved": "yes" if approved else "no", "by": by, "digest": digest, "month": month}
        facts |= {"netting": drawn.id, "statement": drawn.crossings.text, "under": under}
        try:
            await acts.post(book, reference, ("netting-ruling", drawn.id), facts, [row])
        except (ReferenceConflict, RowConflict):
            continue  # somebody else decided a moment ago: look again
    raise Busy


async def require_second(book: Book, drawn: Drawn, *, by: str) -> None:
    """Raise NotSettlementSecond unless somebody may decide on a balance."""
    path = await areas.path(book, drawn.crossings.under)
    if not await sides.may_decide(book, by, apart_from=[drawn.drawn_by], names=APPROVERS, path=path):
        raise NotSettlementSecond


async def districts(book: Book) -> list[Area]:
    """The districts whose months can be netted, by code."""
    return await areas.roots(book, limit=MOST)


async def _read(book: Book, rows: Sequence[Netting]) -> list[Drawn]:
    found = NettingRuling.filter(netting__in=[row.id for row in rows]).using_db(book.reader)
    rulings = {str(row.netting): row for row in await found}
    return [_drawn(row, rulings.get(row.id)) for row in rows]


def _drawn(row: Netting, ruling: NettingRuling | None) -> Drawn:
    digest = encoding.digest(row.text)
    return Drawn(
        id=row.id,
        crossings=crossings.read(row.text),
        drawn_by=row.drawn_by,
        drawn_at=row.drawn_at,
        state="open" if ruling is None else "approved" if ruling.approved else "refused",
        decided_by=ruling.decided_by if ruling else None,
        decided_at=ruling.decided_at if ruling else None,
        digest=encoding.digest_of({"by": row.drawn_by, "id": row.id, "text": digest}),
    )
