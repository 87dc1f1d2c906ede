"""Corrections that take two people: one asks, another who sees the very same lines approves or refuses in 72 hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points.awards import correction_plans, correction_rights, corrections
from points.awards.correction_plans import Asked, Plan
from points.awards.errors import (
    AlreadyCorrected,
    CorrectionChanged,
    CorrectionDecided,
    CorrectionLapsed,
    NotSettled,
    UnknownCorrection,
)
from points.awards.models import Correction, Verification
from points.awards.records import CorrectionDecision, CorrectionNote, CorrectionRequest
from points.events.latest import AREA
from points.evidence import acts
from points.keys import new_key
from points.people import areas, requests
from points.people.twice import merges

MOST = 100


@dataclass(frozen=True, slots=True)
class Request:
    """A request as both people see it; `state` is open, approved, refused, lapsed, or overtaken by another one."""

    id: str
    award: Verification
    reason: str
    note: str
    asked_by: str
    asked_at: datetime
    digest: str
    state: str
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """What would move now, with the digest of that; `same` when it is what was asked for."""

    plan: Plan
    digest: str
    same: bool


async def ask(book: Book, reference: str, reason: str, *, by: str, key: str, note: str = "") -> Request:
    """Ask that an award be corrected as things stand; the same key again answers with the same request.

    Raises what `corrections.correct` raises, but NeedsSecondPerson.
    """
    asked = await corrections.asking(book, reference, reason, by=by, on=book.today(), note=note)
    called = f"correct-asked/{book.today()}/{key}"
    request = {"by": by, "of": reference, "reason": asked.reason, "verb": "ask for a correction"}
    done = await acts.before(book, called, request)
    if done is None:
        if await corrections.made(book, asked):
            raise AlreadyCorrected(day=asked.on)
        await correction_rights.require_first(book, asked)
        row = await _row(book, asked, called)
        notes = [CorrectionNote(about=row.id, text=asked.note)] if asked.note else []
        facts = {"by": by, "digest": row.digest, "of": reference, "reason": asked.reason}
        await acts.post(book, called, ("correct-asked", row.id), facts, [row, *notes], request=request)
    return await find(book, await acts.subject(book, called))


async def _row(book: Book, asked: Asked, called: str) -> CorrectionRequest:
    plan = await correction_plans.plan(book, asked)
    return CorrectionRequest(
        id=new_key(),
        award=asked.award.reference,
        reason=asked.reason,
        asked_by=asked.by,
        asked_at=book.now(),
        digest=correction_plans.digest_of(asked, plan.postings),
        reference=called,
    )


async def find(book: Book, key: str) -> Request:
    """A request by its key; raises UnknownCorrection."""
    row = await CorrectionRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownCorrection(request=key)
    return (await _read(book, [row]))[0]


async def waiting(book: Book, paths: Sequence[str]) -> list[Request]:
    """The requests below these paths ("/": everywhere) that nobody decided and that have not lapsed, the oldest first.

    Seven statements at most.
    """
    if not paths:
        return []
    inside, values = "1 = 1", list[object]()
    if "/" not in paths:
        inside, found = await areas.below(book, [areas.ancestors(path)[-1] for path in paths])
        values = list(found)
    place = f"EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {AREA} AND ({inside}))"  # noqa: S608
    sql = _WAITING.format(place=place)
    keys = [row["id"] for row in await book.reader.execute_query_dict(sql, [*values, MOST])]
    rows = await CorrectionRequest.filter(id__in=keys).using_db(book.reader).order_by("id")
    return [each for each in await _read(book, rows) if each.state == "open"]


_WAITING = """
SELECT r.id FROM awards_correction_request AS r
JOIN awards_verification AS v ON v.reference = r.award JOIN events_event AS e ON e.id = v.event
WHERE {place} AND NOT EXISTS (SELECT 1 FROM awards_correction_decision AS d WHERE d.request = r.id)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = r.award)
    AND NOT EXISTS (SELECT 1 FROM awards_correction_request AS n WHERE n.award = r.award AND n.id > r.id)
ORDER BY r.id DESC LIMIT ?"""


async def look(book: Book, request: Request) -> Look:
    """What would move if it were approved now."""
    asked = await _asked(book, request)
    plan = await correction_plans.plan(book, asked)
    digest = correction_plans.digest_of(asked, plan.postings)
    return Look(plan, digest, digest == request.digest)


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Request:
    """Approve or refuse a request as it was seen; the same decision again changes nothing.

    `by` is another side than who asked and than whom it is about, and holds one of APPROVERS there. An approved one is
    the correction, with exactly the lines both saw: has anything moved since, it raises CorrectionChanged and nothing
    is written. Raises UnknownCorrection, CorrectionDecided, CorrectionLapsed, NotSecondPerson and AlreadyCorrected.
    """
    request = await find(book, key)
    if request.state in ("approved", "refused"):
        if (request.state == "approved") == approved and request.decided_by == by:
            return request
        raise CorrectionDecided
    asked = replace(await _asked(book, request), approved_by=by, request=request.id)
    await correction_rights.require_second(book, asked, by=by)
    await correction_rights.require_first(book, asked)
    if request.state != "open":
        raise CorrectionLapsed if request.state == "lapsed" else CorrectionDecided
    if digest != request.digest:
        raise CorrectionChanged
    await (_approve if approved else _refuse)(book, request, asked)
    now = await find(book, key)
    if now.decided_by != by or (now.state == "approved") != approved:
        raise CorrectionDecided
    return now


async def _approve(book: Book, request: Request, asked: Asked) -> None:
    """The correction and the decision are one entry, so that neither stands without the other."""
    decision = _decision(book, request, asked, asked.reference, approved=True)
    try:
        await corrections.carry_out(book, asked, rows=[decision], digest=request.digest)
    except NotSettled:
        if (await find(book, request.id)).decided_by:
            raise CorrectionDecided from None
        raise


async def _refuse(book: Book, request: Request, asked: Asked) -> None:
    reference = f"correct-refused/{request.id}"
    facts = {"by": asked.approved_by or "", "digest": request.digest, "request": request.id}
    decision = _decision(book, request, asked, reference, approved=False)
    try:
        await acts.post(book, reference, ("correct-refused", request.id), facts, [decision])
    except (ReferenceConflict, RowConflict) as conflict:
        raise CorrectionDecided from conflict


def _decision(
    book: Book, request: Request, asked: Asked, reference: str, *, approved: bool
) -> CorrectionDecision:
    return CorrectionDecision(
        request=request.id,
        approved=approved,
        decided_by=asked.approved_by or "",
        decided_at=book.now(),
        reference=reference,
    )


async def _asked(book: Book, request: Request) -> Asked:
    who = await merges.stands_for(book, request.award.member)
    return Asked(request.award, who, request.reason, request.asked_by, book.today(), request.note)


async def _read(book: Book, rows: Sequence[CorrectionRequest]) -> list[Request]:
    keys, references = [row.id for row in rows], [row.award for row in rows]
    decisions = await CorrectionDecision.filter(request__in=keys).using_db(book.reader)
    decided = {str(row.request): row for row in decisions}
    notes = {row.about: row.text for row in await CorrectionNote.filter(about__in=keys).using_db(book.reader)}
    awards = await Verification.filter(reference__in=references).using_db(book.reader)
    by_reference = {row.reference: row for row in awards}
    done = Correction.filter(of_reference__in=references).using_db(book.reader)
    gone = {str(each) for each in await done.values_list("of_reference", flat=True)}
    return [
        Request(
            row.id,
            by_reference[row.award],
            row.reason,
            notes.get(row.id, ""),
            row.asked_by,
            row.asked_at,
            row.digest,
            _state(book, row, decided.get(row.id), gone),
            decided[row.id].decided_by if row.id in decided else None,
        )
        for row in rows
    ]


def _state(book: Book, row: CorrectionRequest, decision: CorrectionDecision | None, gone: set[str]) -> str:
    if decision is None and row.award in gone:
        return "overtaken"
    return requests.state(book, row.asked_at, decision.approved if decision else None)
