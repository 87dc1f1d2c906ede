"""A care fund gives to a member in need: one person asks, another who sees the very same agrees within 72 hours.

Why is said by a code and, for the two people alone, in words that can be erased. Who received is public nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart, paging
from points.evidence import acts, snapshots
from points.keys import new_key
from points.market.giving import barred, care, gifts
from points.market.giving.errors import (
    BadCare,
    CareElsewhere,
    CareForOwn,
    CareForStaff,
    CareShort,
    NotCareSecond,
)
from points.market.giving.records import CareRequest, CareRuling, CareText
from points.paging import FIRST, Part, Turn
from points.people import areas, members, requests, roles, sides
from points.people.errors import UnknownRequest

REASONS = {
    "illness": "生病",
    "accident": "突发变故",
    "alone": "独居老人",
    "hardship": "生活困难",
    "other": "其他",
}
KEEPER = "fund_keeper"
APPROVERS = ("fund_keeper", "approver", "admin")
READERS = ("fund_keeper", "approver", "admin", "auditor")
TEXT_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as both people see it; `state` is open, approved, refused or lapsed. `digest` names all of it."""

    id: str
    community: str
    member: str
    points: int
    reason: str
    text: str
    asked_by: str
    asked_at: datetime
    state: str
    decided_by: str | None
    digest: str


async def ask(
    book: Book, community: str, member: str, points: int, *, reason: str, text: str, by: str, key: str
) -> Asked:
    """Ask that a community's care fund give points to one of its members, by a fund keeper there.

    The same key again answers with the same request. Raises NotAllowed, BadCare, UnknownMember, CareElsewhere,
    CareForStaff, CareForOwn, CareShort, and ReferenceConflict when the key asked for something else.
    """
    words = text.strip()
    if reason not in REASONS or not 1 <= points <= gifts.MOST or len(words) > TEXT_AT_MOST:
        raise BadCare(most=gifts.MOST)
    await roles.require(book, by, KEEPER, community, book.today())
    number = (await members.find(book, member)).number
    reference = f"care-request/{community}/{key}"
    asked = {"by": by, "community": community, "member": number, "points": points, "reason": reason}
    if before := await acts.before(book, reference, asked):
        found = await find(book, before.subject)
        before.require(found.text in (words, ""))
        return found
    await _may_receive(book, community, number, by=by)
    await _parts(book, community, points)
    row = CareRequest(
        id=new_key(),
        community=community,
        member=number,
        points=points,
        reason=reason,
        asked_by=by,
        asked_at=book.now(),
        digest="",
        reference=reference,
    )
    row.digest = digest_of(row)
    said = [CareText(request=row.id, text=words)] if words else []
    facts = {**asked, "digest": row.digest}
    await acts.post(book, reference, ("care-request", row.id), facts, [row, *said], request=asked)
    return await find(book, await acts.subject(book, reference))


def digest_of(row: CareRequest) -> str:
    """What names all that both people see but the words: they can be erased."""
    return encoding.digest_of(
        {
            "asked_by": row.asked_by,
            "community": row.community,
            "id": row.id,
            "member": row.member,
            "points": row.points,
            "reason": row.reason,
        }
    )


async def find(book: Book, key: str) -> Asked:
    """A request by its key; raises UnknownRequest."""
    row = await CareRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownRequest(request=key)
    return (await _read(book, [row]))[0]


async def waiting(
    book: Book, codes: Sequence[str | None], turn: Turn = FIRST, *, limit: int = paging.A_PAGE
) -> Part[Asked]:
    """The requests in these areas (None: the whole book) that nobody decided and that have not lapsed, oldest first."""
    rows = requests.undecided(book, CareRequest.all(), "market_care_ruling")
    inside = await areas.covered(book, await requests.named(rows, "community"), codes)
    found = await requests.part(rows.filter(community__in=inside), turn, limit=limit)
    return found.told(await _read(book, found.rows))


async def latest(book: Book, community: str, turn: Turn = FIRST) -> Part[Asked]:
    """What was asked of a fund, the newest first: for those who keep it."""
    rows = CareRequest.filter(community=community).using_db(book.reader)
    found = await paging.part(rows, turn, limit=20)
    return found.told(await _read(book, found.rows))


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Asked:
    """Agree, and the points move in the same entry, the earliest day first; or refuse. The same again changes nothing.

    `by` keeps funds, approves or administers there, did not ask, and lives neither with who asked nor with who
    receives. Raises UnknownRequest, RequestDecided, RequestLapsed, RequestChanged, NotCareSecond, CareForStaff,
    CareShort, Busy.
    """
    for _ in range(gifts.ATTEMPTS):
        asked = await find(book, key)
        if requests.was_decided(asked, approved=approved, by=by):
            return asked
        await require_second(book, asked, by=by)
        requests.require_open(asked, digest)
        try:
            await book.journal.post(
                await _gives(book, asked, by=by) if approved else _refuses(book, asked, by=by)
            )
        except (BelowFloor, ReferenceConflict, RowConflict):
            continue  # the fund was drawn on, or somebody else decided, while this was planned
    raise Busy


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise NotCareSecond unless somebody may decide on a request."""
    path, hands = await areas.path(book, asked.community), [asked.asked_by, asked.member]
    if not await sides.may_decide(book, by, apart_from=hands, names=APPROVERS, path=path):
        raise NotCareSecond


async def _may_receive(book: Book, community: str, member: str, *, by: str) -> None:
    someone = (await members.many(book, [member]))[member]
    if not areas.covers(await areas.path(book, someone.area), community) or not someone.name:
        raise CareElsewhere(member=member)
    if await barred.among(book, [member]):
        raise CareForStaff
    if await sides.shares(book, by, [member]):
        raise CareForOwn


async def _parts(book: Book, community: str, points: int) -> list[tuple[date, int]]:
    """What so many points are taken from, the earliest day first. Raises CareShort."""
    there = await care.left(book, community, book.today())
    if (all_ := sum(amount for _, amount in there)) < points:
        raise CareShort(left=all_, points=points)
    return gifts.drawn(list(there), points)


async def _gives(book: Book, asked: Asked, *, by: str) -> Draft:
    if await barred.among(book, [asked.member]):
        raise CareForStaff
    parts = await _parts(book, asked.community, asked.points)
    reference = f"care/{asked.id}"
    facts = {"approved": "yes", "by": by, "digest": asked.digest, "request": asked.id}
    evidence, rows = snapshots.take("care", asked.id, facts, at=book.now())
    return Draft(
        reference=reference,
        kind="care",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of(facts),
        postings=tuple(
            Posting(chart.care(asked.community, day), chart.until(asked.member, day), n, chart.POINTS)
            for day, n in parts
        ),
        rows=(*rows, _ruling(book, asked, reference, approved=True, by=by)),
    )


def _refuses(book: Book, asked: Asked, *, by: str) -> Draft:
    reference = f"care-refused/{asked.id}"
    facts = {"approved": "no", "by": by, "digest": asked.digest, "request": asked.id}
    row = _ruling(book, asked, reference, approved=False, by=by)
    return acts.draft(book, reference, ("care-refused", asked.id), facts, [row])


def _ruling(book: Book, asked: Asked, reference: str, *, approved: bool, by: str) -> CareRuling:
    return CareRuling(
        request=asked.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )


async def _read(book: Book, rows: Sequence[CareRequest]) -> list[Asked]:
    keys = [row.id for row in rows]
    ruled = {row.request: row for row in await CareRuling.filter(request__in=keys).using_db(book.reader)}
    texts = {row.request: row.text for row in await CareText.filter(request__in=keys).using_db(book.reader)}
    return [_asked(book, row, ruled.get(row.id), texts.get(row.id, "")) for row in rows]


def _asked(book: Book, row: CareRequest, ruling: CareRuling | None, text: str) -> Asked:
    state = requests.state(book, row.asked_at, ruling.approved if ruling else None)
    return Asked(
        id=row.id,
        community=row.community,
        member=row.member,
        points=row.points,
        reason=row.reason,
        text=text,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=state,
        decided_by=ruling.decided_by if ruling else None,
        digest=encoding.digest_of({"request": digest_of(row), "text": text}),
    )
