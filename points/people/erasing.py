"""Erasing a person: asked by one, approved by another. The number and its entries stay; nothing stays to know them by.

The ledger verifies afterwards: what it cites is a salted digest whose text and salt are gone, with a row that says
when and by which rule. Rows are written with the act; then the texts go, which a second press does again.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ledger.book import Book
from points.awards.fund_records import SponsorName
from points.awards.look_records import VerificationNote
from points.awards.records import CorrectionNote
from points.events.models import Contribution
from points.events.records import BatchName, EventText, StepNote
from points.evidence.models import Erasure, SnapshotText
from points.market.allied_records import SettlementNoteText
from points.market.catalogue_records import DonorName
from points.market.giving.records import CareRequest, CareText
from points.market.shift_records import ShiftNote
from points.market.undo_records import UndoNote
from points.openness.records import Objection, ObjectionText, RulingText
from points.people import acts, clerks, known_by, members, roles, sides
from points.people.card_records import IdentityCode
from points.people.errors import BadReason, ErasureNeedsOther, ErasureNotAsked, StillWorks
from points.people.known_by import Traces
from points.people.models import (
    ApplicationDecision,
    ApplicationText,
    Card,
    CardLoss,
    Credential,
    FormerWord,
    Person,
)
from points.people.records import MemberErasure
from points.people.twice import merges

REASONS = {"asked": "本人要求", "died": "去世", "retention": "保存期满"}
ASKED, DONE = "erasure-asked", "erasure"
APPROVERS = ("admin",)
LAPSES = timedelta(hours=72)
_LATEST = """
SELECT x.reference, x.recorded_at, s.text FROM ledger_transaction AS x
JOIN evidence_snapshot_text AS s ON s.snapshot = x.evidence_kind || '/' || x.evidence_id
WHERE x.evidence_kind = ? AND x.reference >= ? AND x.reference < ? ORDER BY x.position DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asked that a member be erased; it lapses after 72 hours."""

    asked_by: str
    reason: str
    asked_at: datetime


async def ask(book: Book, member: str, reason: str, *, by: str, key: str) -> None:
    """Ask that a member be erased, by a clerk of their area. Raises UnknownMember, BadReason, NotAllowed."""
    someone = await members.find(book, member)
    await clerks.require(book, by, someone.area)
    if reason not in REASONS:
        raise BadReason(reason=reason)
    await acts.post(book, ASKED, someone.number, {"reason": reason}, [], by=by, key=key)


async def requested(book: Book, member: str) -> Request | None:
    """The latest request for a member that has not lapsed, None when there is none or they were erased."""
    if await erased(book, member):
        return None
    beginning = acts.reference(ASKED, member, "")
    found = await book.reader.execute_query_dict(_LATEST, [ASKED, beginning, beginning + "~"])
    if not found:
        return None
    at = found[0]["recorded_at"]
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    if moment + LAPSES < book.now():
        return None
    said = dict(re.findall(r'"(by|reason)":"([^"]*)"', found[0]["text"]))
    return Request(said["by"], said["reason"], moment)


async def erased(book: Book, member: str) -> MemberErasure | None:
    """When, why and by whom a member was erased; None when they were not."""
    return await MemberErasure.get_or_none(member=member, using_db=book.reader)


async def approve(
    book: Book, member: str, *, by: str, key: str, also: Callable[[Traces], Awaitable[None]] | None = None
) -> Traces:
    """Erase a member, as somebody else asked, under every number of theirs; the answer names what must be cleaned
    elsewhere. Again it does what is left to do.

    `also` cleans what only somebody else can read, while it is still known who they were. Raises UnknownMember,
    NotAllowed, ErasureNotAsked, ErasureNeedsOther, and StillWorks for one who holds a role.
    """
    someone = await members.find(book, member)
    await clerks.require(book, by, someone.area, APPROVERS)
    others = (await merges.group(book, someone.number))[1:]
    before = await erased(book, someone.number)
    if before is None:
        wanted = await requested(book, someone.number)
        if wanted is None:
            raise ErasureNotAsked(member=someone.number)
        await _may(book, someone.number, wanted, by=by)
        await _write(book, someone.number, wanted, by=by, key=key)
    traces = [await _closed(book, closed, someone.number, by=by, key=key) for closed in others]
    traces.insert(0, await known_by.find(book, someone.number))
    for each in traces:
        if also is not None:
            await also(each)
        await _remove(book, each)
    names, phones = [n for t in traces for n in t.names], [p for t in traces for p in t.phones]
    found = Traces(someone.number, tuple(names), tuple(phones))
    return replace(found, kept=await known_by.kept(book, found))


async def _closed(book: Book, closed: str, kept: str, *, by: str, key: str) -> Traces:
    """A number that was merged into theirs names the same person: it is erased for the same reason."""
    reason = await erased(book, kept)
    if reason is not None and await erased(book, closed) is None:
        wanted = Request(reason.asked_by, reason.reason, book.now())
        await _write(book, closed, wanted, by=by, key=key)
    return await known_by.find(book, closed)


async def _may(book: Book, member: str, wanted: Request, *, by: str) -> None:
    if by == wanted.asked_by or await sides.shares(book, by, [member]):
        raise ErasureNeedsOther
    if await roles.grants_of(book, member, book.today()):
        raise StillWorks(member=member)


async def _write(book: Book, member: str, wanted: Request, *, by: str, key: str) -> None:
    """The act, that they are erased, which texts are gone and by which rule, and that no card finds them."""
    on = book.today().isoformat()
    texts = await known_by.texts(book, await known_by.find(book, member))
    known = Erasure.filter(snapshot__in=texts).using_db(book.reader)
    gone = {str(each) for each in await known.values_list("snapshot", flat=True)}
    cards = [card.number for card in await Card.filter(member=member).using_db(book.reader)]
    lost = CardLoss.filter(card__in=cards).using_db(book.reader)
    stopped = {str(each) for each in await lost.values_list("card", flat=True)}
    rows: list[Any] = [
        MemberErasure(
            member=member,
            erased_on=on,
            asked_by=wanted.asked_by,
            approved_by=by,
            reason=wanted.reason,
            reference=acts.reference(DONE, member, key),
        ),
        *(Erasure(snapshot=s, erased_on=on, rule=f"erasure/{wanted.reason}") for s in texts if s not in gone),
        *(CardLoss(card=c, lost_on=on, reported_by=by) for c in cards if c not in stopped),
    ]
    facts = {"asked_by": wanted.asked_by, "reason": wanted.reason}
    await acts.post(book, DONE, member, facts, rows, by=by, key=key)


async def _remove(book: Book, traces: Traces) -> None:
    """Delete the person, their secrets, the erased texts, and every note that names them."""
    decided = ApplicationDecision.filter(member=traces.number).using_db(book.reader)
    applied = [str(each) for each in await decided.values_list("application", flat=True)]
    erased_texts = await _erased_texts(book, traces)
    made = Objection.filter(objector=traces.number).using_db(book.reader)
    objected = [str(each) for each in await made.values_list("id", flat=True)]
    needed = CareRequest.filter(member=traces.number).using_db(book.reader)
    cared = [str(each) for each in await needed.values_list("id", flat=True)]
    theirs = Contribution.filter(member=traces.number).using_db(book.reader)
    noted = [str(each) for each in await theirs.values_list("id", flat=True)]
    async with book.write() as db:
        await (
            Credential.filter(id__in=[f"{traces.number}/{k}" for k in ("pin", "password")])
            .using_db(db)
            .delete()
        )
        await IdentityCode.filter(member=traces.number).using_db(db).delete()
        await ApplicationText.filter(application__in=applied).using_db(db).delete()
        await CareText.filter(request__in=cared).using_db(db).delete()
        await ObjectionText.filter(objection__in=objected).using_db(db).delete()
        await SnapshotText.filter(snapshot__in=erased_texts).using_db(db).delete()
        for start in range(0, len(noted), 500):
            mine = VerificationNote.filter(contribution__in=noted[start : start + 500])
            await mine.using_db(db).delete()
        for word in traces.words:
            await _notes_with(db, word)
        await FormerWord.filter(member=traces.number).using_db(db).delete()
        await Person.filter(member=traces.number).using_db(db).delete()


async def _erased_texts(book: Book, traces: Traces) -> list[str]:
    texts = await known_by.texts(book, traces)
    marked = Erasure.filter(snapshot__in=texts).using_db(book.reader)
    return [str(each) for each in await marked.values_list("snapshot", flat=True)]


async def _notes_with(db: Any, word: str) -> None:
    for model, columns in _NOTES:
        for column in columns:
            await model.filter(**{f"{column}__contains": word}).using_db(db).delete()


_NOTES: Iterable[tuple[Any, tuple[str, ...]]] = (
    (BatchName, ("name",)),
    (EventText, ("text", "place", "contact")),
    (StepNote, ("text",)),
    (CorrectionNote, ("text",)),
    (VerificationNote, ("text",)),
    (ApplicationText, ("name", "phone", "guardian_name", "guardian_phone")),
    (SnapshotText, ("text",)),
    (SponsorName, ("name",)),
    (DonorName, ("name",)),
    (ObjectionText, ("text", "contact")),
    (RulingText, ("text",)),
    (CareText, ("text",)),
    (ShiftNote, ("text",)),
    (UndoNote, ("text",)),
    (SettlementNoteText, ("text",)),
)
