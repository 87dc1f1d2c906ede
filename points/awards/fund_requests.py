"""Allocations that take two people: one asks, another who sees the very same approves or refuses within 72 hours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft
from points import paging
from points.awards import funds, sponsors
from points.awards.errors import AllocatedOtherwise, NotFundSecond
from points.awards.fund_records import FundRequest, FundRuling, SponsorName
from points.awards.funds import Allocation, Shares
from points.awards.models import FundDecision
from points.awards.sponsors import Backing
from points.evidence import acts
from points.keys import new_key
from points.paging import FIRST, Part, Turn
from points.people import areas, requests, roles, sides
from points.people.errors import UnknownRequest

APPROVERS = ("fund_keeper", "approver", "admin")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as both people see it; `state` is open, approved, refused or lapsed. `digest` names all of it."""

    id: str
    under: str
    month: str
    points: int
    key: str
    backing: Backing
    shares: Shares
    asked_by: str
    asked_at: datetime
    state: str
    decided_by: str | None
    digest: str


async def ask(
    book: Book, *, under: str, month: str, points: int, by: str, key: str, backing: Backing
) -> Asked:
    """Ask for an allocation that goes over, by a keeper of the area; the same key again answers with the same request.

    Each community's share is settled now, so that both see the same. Raises what `funds.allocate` raises, but GoesOver;
    ReferenceConflict when the key asked for something else.
    """
    funds.check(month, points, key, backing)
    await roles.require(book, by, "fund_keeper", under, book.today())
    reference = f"fund-request/{month}/{under}/{key}"
    asked = {
        "fen": backing.fen,
        "points": points,
        "sponsor": backing.sponsor,
        "verb": "ask for points",
        "by": by,
    }
    before = await acts.before(book, reference, asked)
    if before:
        return await find(book, before.subject)
    shares = await funds.shared(book, under, points)
    if await FundDecision.filter(under=under, month=month, key=key).using_db(book.reader).exists():
        raise AllocatedOtherwise(under=under, month=month, key=key, points=points, asked=points)
    row = FundRequest(
        id=new_key(),
        under=under,
        month=month,
        points=points,
        key=key,
        sponsor=backing.sponsor,
        fen=backing.fen,
        shares=encoding.canonical([[code, share] for code, share in shares]).decode(),
        asked_by=by,
        asked_at=book.now(),
        digest="",
        reference=reference,
    )
    row.digest = digest_of(row)
    name = [SponsorName(id=row.id, name=backing.name[: sponsors.NAME_AT_MOST])] if backing.name else []
    facts = {**asked, "digest": row.digest, "key": key, "month": month, "under": under}
    await acts.post(book, reference, ("fund-request", row.id), facts, [row, *name], request=asked)
    return await find(book, await acts.subject(book, reference))


def digest_of(row: FundRequest) -> str:
    """What names all that both people see but what the sponsor is called: that can be erased."""
    return encoding.digest_of(
        {
            "asked_by": row.asked_by,
            "fen": row.fen,
            "id": row.id,
            "key": row.key,
            "month": row.month,
            "points": row.points,
            "shares": row.shares,
            "sponsor": row.sponsor,
            "under": row.under,
        }
    )


async def find(book: Book, key: str) -> Asked:
    """A request by its key; raises UnknownRequest."""
    row = await FundRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownRequest(request=key)
    return (await _read(book, [row]))[0]


async def waiting(
    book: Book, codes: Sequence[str | None], turn: Turn = FIRST, *, limit: int = paging.A_PAGE
) -> Part[Asked]:
    """The requests for these areas and below (None: the whole book) that nobody decided and that have not lapsed, the
    oldest first. Six statements."""
    rows = requests.undecided(book, FundRequest.all(), "awards_fund_ruling")
    inside = await areas.covered(book, await requests.named(rows, "under"), codes)
    found = await requests.part(rows.filter(under__in=inside), turn, limit=limit)
    return found.told(await _read(book, found.rows))


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Allocation | None:
    """Approve or refuse a request as it was seen; the same decision again changes nothing.

    An approved one is allocated in the same transaction, and pays those who wait. `by` keeps funds, approves or
    administers there, is not who asked and does not live with them. None when it was refused. Raises UnknownRequest,
    RequestDecided, RequestLapsed, RequestChanged, NotFundSecond, and ReferenceConflict when a community was given
    points under this key meanwhile.
    """
    asked = await find(book, key)
    if requests.was_decided(asked, approved=approved, by=by):
        return await _done(book, asked) if approved else None
    await require_second(book, asked, by=by)
    requests.require_open(asked, digest)
    ruling = _ruling(book, asked, approved=approved, by=by)
    given = _drafts(book, asked) if approved else []
    try:
        await book.journal.post_together([ruling, *given])
    except (ReferenceConflict, RowConflict):
        now = await find(book, key)
        if now.state == "open":
            raise
        return await decide(book, key, approved=approved, digest=digest, by=by)
    return await _done(book, asked) if approved else None


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise NotFundSecond unless somebody may decide on a request."""
    path = await areas.path(book, asked.under)
    if not await sides.may_decide(book, by, apart_from=[asked.asked_by], names=APPROVERS, path=path):
        raise NotFundSecond(member=by)


async def _done(book: Book, asked: Asked) -> Allocation:
    """What was allocated, once those who waited for it were paid: a kill in between is finished by asking again."""
    done = await funds.decided(book, asked.under, asked.month, asked.points, asked.key, asked.backing)
    assert done is not None, "a ruling that approves allocates in the same transaction"
    return await funds.with_line_paid(book, done, on=book.today())


def _ruling(book: Book, asked: Asked, *, approved: bool, by: str) -> Draft:
    reference = f"fund-ruling/{asked.id}"
    row = FundRuling(
        request=asked.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )
    facts = {"approved": "yes" if approved else "no", "by": by, "digest": asked.digest, "request": asked.id}
    return acts.draft(book, reference, ("fund-ruling", asked.id), facts, [row])


def _drafts(book: Book, asked: Asked) -> list[Draft]:
    decision = FundDecision(
        id=new_key(),
        under=asked.under,
        month=asked.month,
        points=asked.points,
        key=asked.key,
        decided_by=asked.asked_by,
        decided_on=book.today().isoformat(),
    )
    return funds.drafts(book, decision, asked.shares, asked.backing, book.today(), request=asked.id)


async def _read(book: Book, rows: Sequence[FundRequest]) -> list[Asked]:
    keys = [row.id for row in rows]
    ruled = {row.request: row for row in await FundRuling.filter(request__in=keys).using_db(book.reader)}
    names = {row.id: row.name for row in await SponsorName.filter(id__in=keys).using_db(book.reader)}
    return [_asked(book, row, ruled.get(row.id), names.get(row.id, "")) for row in rows]


def _asked(book: Book, row: FundRequest, ruling: FundRuling | None, name: str) -> Asked:
    state = requests.state(book, row.asked_at, ruling.approved if ruling else None)
    return Asked(
        id=row.id,
        under=row.under,
        month=row.month,
        points=row.points,
        key=row.key,
        backing=Backing(row.sponsor, row.fen, name),
        shares=tuple((code, share) for code, share in json.loads(row.shares)),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=state,
        decided_by=ruling.decided_by if ruling else None,
        digest=encoding.digest_of({"name": name, "request": digest_of(row)}),
    )
