"""Opening what is sealed: the entry in the ledger first, and then, for ten minutes and to one person, what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ledger.book import Book
from points.events import duties, mediations, sealing
from points.events.errors import BadSealReason, SealClosed, SealGone, SealUnreadable
from points.events.mediations import Case
from points.events.records import SealedText, SealOpening
from points.events.sealing import Parties
from points.evidence import acts
from points.evidence.models import SnapshotText
from points.keys import new_key
from points.people import roles

REASONS = {
    "follow_up": "回访",
    "again": "又起争执，再次调解",
    "agreement": "补正协议",
    "asked": "当事人来查看",
    "complaint": "答复投诉",
    "audit": "审计抽查",
}
"""Why somebody opens it. Chosen from a list: words of one's own could say what is sealed."""
ENDINGS = {"asked": "当事人要求", "retention": "保存期满", "wrong": "封错了"}
"""Why it is destroyed."""
STAYS_OPEN = timedelta(minutes=10)
_OPENED, _DESTROYED = "seal-opening", "seal-destroyed"
_ENDED = """
SELECT effective_on FROM ledger_transaction WHERE evidence_kind = ? AND evidence_id = ? ORDER BY position LIMIT 1"""
AT_ONCE = 200


async def may_open(book: Book, case: Case, member: str) -> bool:
    """Whether somebody may open a case: its own mediators, and whoever audits there."""
    granted = await roles.grants_of(book, member, book.today())
    if roles.covered(granted, ("auditor",), case.path):
        return True
    return member in case.mediators and roles.covered(granted, duties.MEDIATORS, case.path)


async def ask(book: Book, event: str, reason: str, *, by: str, key: str) -> SealOpening:
    """Open a case: an entry in the ledger says who, when and why, never what. The same key again is the same opening.

    What is in it is read with `read` afterwards. Raises UnknownMediation, SealClosed, BadSealReason and SealGone.
    """
    case = await mediations.find(book, event)
    if not await may_open(book, case, by):
        raise SealClosed
    if reason not in REASONS:
        raise BadSealReason
    reference = f"{_OPENED}/{event}/{key}"
    asked = {"by": by, "event": event, "reason": reason}
    if await acts.before(book, reference, asked):
        return await SealOpening.get(reference=reference, event=event, using_db=book.reader)
    if not case.sealed:
        raise SealGone
    row = SealOpening(
        id=new_key(),
        event=event,
        opened_at=book.now(),
        opened_by=by,
        reason=reason,
        reference=reference,
    )
    receipt = await acts.post(book, reference, (_OPENED, row.id), asked, [row])
    if receipt.repeated:
        return await SealOpening.get(reference=reference, event=event, using_db=book.reader)
    return row


async def read(book: Book, event: str, opening: str, *, secret: bytes, by: str) -> Parties:
    """What is sealed, to the one who opened it, for ten minutes after: nobody reads it but by an entry in the ledger.

    Raises SealClosed without such an opening, SealGone, and SealUnreadable when the text or the key is another.
    """
    case = await mediations.find(book, event)
    row = await SealOpening.get_or_none(id=opening, event=event, opened_by=by, using_db=book.reader)
    if row is None or row.opened_at + STAYS_OPEN < book.now() or not await may_open(book, case, by):
        raise SealClosed
    if not await acts.known(book, row.reference):
        raise SealClosed
    text = await SealedText.get_or_none(event=event, using_db=book.reader)
    if text is None:
        raise SealGone
    parties, digest = sealing.unseal(text.sealed, event=event, key=secret)
    if not await _is_cited(book, event, digest):
        raise SealUnreadable(problem="和记下时的不同")
    return parties


async def _is_cited(book: Book, event: str, digest: str) -> bool:
    """Whether this is what the entry of the case speaks of; its own text may have been erased since."""
    row = await SnapshotText.get_or_none(snapshot=f"mediation/{event}", using_db=book.reader)
    return row is None or f'"sealed":"{digest}"' in row.text


async def of(book: Book, event: str) -> Sequence[SealOpening]:
    """Who opened a case, the latest first."""
    return await SealOpening.filter(event=event).using_db(book.reader).order_by("-id")


async def destroy(book: Book, event: str, reason: str, *, by: str, key: str) -> None:
    """Destroy what is sealed, for a reason and unread; that it was there stays. The same key again changes nothing.

    `by` heads the grid, or is an administrator, of that place. Raises UnknownMediation, NotAllowed, BadSealReason and
    SealGone.
    """
    case = await mediations.find(book, event)
    await roles.require_any(book, by, duties.AMENDERS, case.path)
    if reason not in ENDINGS:
        raise BadSealReason
    reference = f"{_DESTROYED}/{event}/{key}"
    asked = {"by": by, "event": event, "reason": reason}
    if not await acts.before(book, reference, asked):
        if not case.sealed:
            raise SealGone
        await acts.post(book, reference, (_DESTROYED, event), asked)
    await _drop(book, event)


async def destroy_naming(book: Book, words: Iterable[str], *, secret: bytes, by: str, key: str) -> int:
    """Destroy every case in which one of these words stands: names and phones of somebody who is erased. How many.

    Raises SealUnreadable when one cannot be looked into; then it is not known whom it names.
    """
    wanted, after, gone = [word for word in words if word], "", 0
    while page := await _page(book, after):
        for row in page:
            parties, _ = sealing.unseal(row.sealed, event=row.event, key=secret)
            if any(word in f"{parties.who}\n{parties.about}" for word in wanted):
                facts = {"by": by, "event": row.event, "reason": "erasure"}
                await acts.post(book, f"{_DESTROYED}/{row.event}/{key}", (_DESTROYED, row.event), facts)
                await _drop(book, row.event)
                gone += 1
        after = page[-1].event
    return gone


async def _page(book: Book, after: str) -> Sequence[SealedText]:
    rows = SealedText.filter(event__gt=after).using_db(book.reader).order_by("event")
    return await rows.limit(AT_ONCE)


async def any_sealed(book: Book) -> bool:
    """Whether anything is sealed in this book."""
    return await SealedText.all().using_db(book.reader).exists()


async def destroyed_on(book: Book, event: str) -> date | None:
    """The day on which what was sealed was destroyed, None while it was not."""
    rows = await book.reader.execute_query_dict(_ENDED, [_DESTROYED, event])
    return date.fromisoformat(str(rows[0]["effective_on"])) if rows else None


async def _drop(book: Book, event: str) -> None:
    async with book.write() as db:
        await SealedText.filter(event=event).using_db(db).delete()
