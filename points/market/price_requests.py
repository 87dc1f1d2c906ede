"""A price cut by more than half takes two people: one asks, another who sees the very same decides within 72 hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft
from points import paging
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, items, prices
from points.market.catalogue_records import PriceRequest, PriceRuling
from points.market.errors import NotPriceSecond
from points.market.models import Item
from points.paging import FIRST, Part, Turn
from points.people import requests, roles, sides
from points.people.errors import RequestChanged, UnknownRequest

APPROVERS = ("approver", "admin")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as both people see it; `state` is open, approved, refused or lapsed. `digest` names all of it."""

    id: str
    item: int
    before: int
    points: int
    from_on: date
    asked_by: str
    asked_at: datetime
    state: str
    decided_by: str | None
    digest: str


async def ask(book: Book, item: Item, points: int, *, from_on: date, by: str, key: str) -> Asked:
    """Ask for a cut, by the stock keeper of the whole book; the same key again answers with the same request.

    Raises NotAllowed, BadFigure, PriceTooSoon, BadKey, ReferenceConflict when the key asked for something else.
    """
    on = book.today()
    await roles.require(book, by, "stock_keeper", None, on)
    reference = f"price-request/{item.number}/{earlier.checked_key(key)}"
    asked = {
        "by": by,
        "from_on": from_on.isoformat(),
        "item": item.number,
        "points": points,
        "verb": "ask for a price",
    }
    if done := await acts.before(book, reference, asked):
        return await find(book, done.subject)
    prices.check(points, from_on, on)
    row = PriceRequest(
        id=new_key(),
        item=item.number,
        before=await prices.dearest(book, item.number, from_on),
        points=points,
        from_on=from_on.isoformat(),
        asked_by=by,
        asked_at=book.now(),
        digest="",
        reference=reference,
    )
    row.digest = _digest(row)
    facts = {**asked, "digest": row.digest}
    await acts.post(book, reference, ("price-request", row.id), facts, [row], request=asked)
    return await find(book, await acts.subject(book, reference))


async def find(book: Book, key: str) -> Asked:
    """A request by its key; raises UnknownRequest."""
    row = await PriceRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownRequest(request=key)
    return (await _read(book, [row]))[0]


async def waiting(book: Book, turn: Turn = FIRST, *, limit: int = paging.A_PAGE) -> Part[Asked]:
    """The requests nobody decided and that have not lapsed, the oldest first. Two statements."""
    rows = requests.undecided(book, PriceRequest.all(), "market_price_ruling")
    found = await requests.part(rows, turn, limit=limit)
    return found.told(await _read(book, found.rows))


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Asked:
    """Approve or refuse a request as it was seen; the same decision again changes nothing.

    An approved price is set in the same transaction. `by` approves or administers for the whole book, is not who asked
    and does not live with them. Raises UnknownRequest, RequestDecided, RequestLapsed, RequestChanged (other prices were
    set meanwhile), NotPriceSecond, and PriceTooSoon when the day has come before anybody decided.
    """
    asked = await find(book, key)
    if requests.was_decided(asked, approved=approved, by=by):
        return asked
    await require_second(book, asked, by=by)
    requests.require_open(asked, digest)
    if asked.before != await prices.dearest(book, asked.item, asked.from_on):
        raise RequestChanged
    ruling = _ruling(book, asked, approved=approved, by=by)
    try:
        await book.journal.post_together([ruling, *(await _drafts(book, asked) if approved else [])])
    except (ReferenceConflict, RowConflict):
        if (await find(book, key)).state == "open":
            raise
        return await decide(book, key, approved=approved, digest=digest, by=by)
    return await find(book, key)


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise NotPriceSecond unless somebody may decide on a request."""
    if not await sides.may_decide(book, by, apart_from=[asked.asked_by], names=APPROVERS, path=""):
        raise NotPriceSecond(member=by)


def _digest(row: PriceRequest) -> str:
    """What names all that both people see."""
    return encoding.digest_of(
        {
            "asked_by": row.asked_by,
            "before": row.before,
            "from_on": row.from_on,
            "id": row.id,
            "item": row.item,
            "points": row.points,
        }
    )


def _ruling(book: Book, asked: Asked, *, approved: bool, by: str) -> Draft:
    reference = f"price-ruling/{asked.id}"
    row = PriceRuling(
        request=asked.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )
    facts = {"approved": "yes" if approved else "no", "by": by, "digest": asked.digest, "request": asked.id}
    return acts.draft(book, reference, ("price-ruling", asked.id), facts, [row])


async def _drafts(book: Book, asked: Asked) -> list[Draft]:
    on = book.today()
    prices.check(asked.points, asked.from_on, on)
    item, _ = await items.numbered(book, asked.item)
    return [
        prices.draft_of(
            book, item, asked.points, from_on=asked.from_on, by=asked.asked_by, on=on, key=asked.id
        )
    ]


async def _read(book: Book, rows: Sequence[PriceRequest]) -> list[Asked]:
    keys = [row.id for row in rows]
    ruled = {row.request: row for row in await PriceRuling.filter(request__in=keys).using_db(book.reader)}
    return [_asked(book, row, ruled.get(row.id)) for row in rows]


def _asked(book: Book, row: PriceRequest, ruling: PriceRuling | None) -> Asked:
    state = requests.state(book, row.asked_at, ruling.approved if ruling else None)
    return Asked(
        id=row.id,
        item=row.item,
        before=row.before,
        points=row.points,
        from_on=date.fromisoformat(row.from_on),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=state,
        decided_by=ruling.decided_by if ruling else None,
        digest=_digest(row),
    )
