"""Attachments: pictures and PDFs that prove an event, washed, kept by their digest, and erasable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
from tortoise.expressions import RawSQL, Subquery

from ledger.book import Book
from points import paging
from points.events import duties, events, washing
from points.events.errors import PaperNamesParties, TooManyAttachments, UnknownAttachment
from points.events.models import Contribution
from points.events.records import Attachment, AttachmentRemoval
from points.events.washing import Washed
from points.evidence import acts, files
from points.keys import new_key
from points.paging import FIRST, Part, Turn
from points.people import roles

NAMES = {"site": "现场", "sign_in": "签到表", "paper": "单据", "other": "其他"}
"""What an attachment shows."""
REASONS = {"person": "拍到了不该公开的人或证件", "wrong": "传错了", "asked": "本人要求"}
"""Why a file is erased."""
AT_MOST = 20
"""Attachments of one event."""
_FEW_AT_A_TIME = anyio.Semaphore(2)


@dataclass(frozen=True, slots=True)
class Shown:
    """An attachment, and when it was erased if it was."""

    row: Attachment
    removal: AttachmentRemoval | None


async def add(
    book: Book, folder: Path, event: str, data: bytes | Washed, *, name: str, by: str | None, key: str
) -> str:
    """Wash a file and attach it to an event; its key is the answer, and the same for the same `key`.

    The file is on the disk before its row is written. `by` takes part in the work of that place, or is nobody: then
    somebody without an account reported the event. Raises UnknownEvent, NotAllowed, PaperNamesParties, BadAttachment,
    TooManyAttachments, NoSpace and PlaceUnusable.
    """
    whole = await events.find(book, event)
    if by is not None:
        await roles.require_any(book, by, duties.PROVERS, whole.area.path if whole.area else "")
    if whole.event.kind == "mediation":
        raise PaperNamesParties
    return await attach(book, folder, event, data, name=name, by=by, key=key)


async def attach(
    book: Book, folder: Path, event: str, data: bytes | Washed, *, name: str, by: str | None, key: str
) -> str:
    """The same for whoever knows that `by` may: of an event, or of what another room calls its own by another name.

    Raises BadAttachment, TooManyAttachments, NoSpace and PlaceUnusable.
    """
    assert name in NAMES, name
    reference = f"attach/{event}/{key}"
    washed = data if isinstance(data, Washed) else await wash(data)
    asked = {"by": by or "", "digest": files.digest_of(washed.data), "event": event, "name": name}
    if done := await acts.before(book, reference, asked):
        return done.subject
    if await Attachment.filter(event=event).using_db(book.reader).count() >= AT_MOST:
        raise TooManyAttachments(most=AT_MOST)
    row = await anyio.to_thread.run_sync(_kept, folder, event, washed)
    row.name, row.added_at, row.added_by = name, book.now(), by
    facts = {
        **asked,
        "attachment": row.id,
        "kind": row.kind,
        "size": row.size,
        "thumbnail": row.thumbnail or "",
    }
    draft = acts.draft(book, reference, ("attachment", row.id), facts, [row], request=asked)
    receipt = await book.journal.post(draft)
    return await acts.subject(book, reference) if receipt.repeated else row.id


async def wash(data: bytes) -> Washed:
    """Wash a file before it is known what it proves; few at a time. Raises BadAttachment."""
    async with _FEW_AT_A_TIME:
        return await anyio.to_thread.run_sync(washing.wash, data)


def _kept(folder: Path, event: str, washed: Washed) -> Attachment:
    digest = files.put(folder, washed.data)
    thumbnail = files.put(folder, washed.thumbnail) if washed.thumbnail else None
    return Attachment(
        id=new_key(),
        event=event,
        kind=washed.kind,
        digest=digest,
        thumbnail=thumbnail,
        looks=washed.looks,
        size=len(washed.data),
    )


async def of(book: Book, event: str) -> Sequence[Shown]:
    """The attachments of an event, the first first. Two statements."""
    rows = await Attachment.filter(event=event).using_db(book.reader).order_by("id")
    keys = [row.id for row in rows]
    gone = AttachmentRemoval.filter(attachment__in=keys).using_db(book.reader)
    removals = {row.attachment: row for row in await gone}
    return [Shown(row, removals.get(row.id)) for row in rows]


async def of_people(book: Book, numbers: Sequence[str], turn: Turn = FIRST) -> Part[Attachment]:
    """What stands beside events in which these members took part, the newest first, without what was erased.

    Nobody but a person can tell who is in a picture or a PDF: whoever erases somebody looks through these. One
    statement.
    """
    theirs = Subquery(Contribution.filter(member__in=list(numbers)).values("event"))
    rows = Attachment.annotate(gone=RawSQL(_GONE)).filter(event__in=theirs, gone=0)
    return await paging.part(rows.using_db(book.reader), turn)


_GONE = "(SELECT count(*) FROM events_attachment_removal AS r WHERE r.attachment = events_attachment.id)"


async def find(book: Book, event: str, attachment: str) -> Attachment:
    """An attachment of an event that was not erased; raises UnknownAttachment."""
    row = await Attachment.get_or_none(id=attachment, event=event, using_db=book.reader)
    if row is None or await AttachmentRemoval.filter(attachment=attachment).using_db(book.reader).exists():
        raise UnknownAttachment
    return row


async def proofs(book: Book, wanted: Sequence[str]) -> Mapping[str, list[dict[str, str]]]:
    """What stands beside each of these events, by event, as a verification keeps it. Two statements."""
    rows = await Attachment.filter(event__in=list(wanted)).using_db(book.reader).order_by("id")
    keys = [row.id for row in rows]
    gone = {
        row.attachment for row in await AttachmentRemoval.filter(attachment__in=keys).using_db(book.reader)
    }
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row.id not in gone:
            found[row.event].append({"digest": row.digest, "id": row.id, "name": row.name})
    return found


async def erase(
    book: Book, folder: Path, event: str, attachment: str, *, reason: str, by: str, key: str
) -> None:
    """Erase an attachment's file, for a reason; its row and its digest stay. The same key again changes nothing.

    `by` heads the grid, or is an administrator, of that place. Raises UnknownEvent, UnknownAttachment, NotAllowed.
    """
    whole = await events.find(book, event)
    await roles.require_any(book, by, duties.AMENDERS, whole.area.path if whole.area else "")
    await remove(book, folder, event, attachment, reason=reason, by=by, key=key)


async def remove(
    book: Book, folder: Path, event: str, attachment: str, *, reason: str, by: str, key: str
) -> None:
    """The same for whoever knows that `by` may. Raises UnknownAttachment."""
    assert reason in REASONS, reason
    reference = f"erase-attachment/{attachment}/{key}"
    facts = {"attachment": attachment, "by": by, "reason": reason}
    if not await acts.before(book, reference, facts):
        await find(book, event, attachment)
        removal = AttachmentRemoval(
            attachment=attachment, removed_at=book.now(), removed_by=by, reason=reason
        )
        await acts.post(book, reference, ("attachment-removal", attachment), facts, [removal])
    await drop_erased(book, folder)


async def cited(book: Book) -> set[str]:
    """The digests of every file that must be there."""
    return await _digests(book, "NOT EXISTS")


async def erased(book: Book) -> set[str]:
    """The digests of files that were erased, and that no other attachment needs."""
    return await _digests(book, "EXISTS") - await cited(book)


async def drop_erased(book: Book, folder: Path) -> int:
    """Take the files of erased attachments out of a folder; how many there were."""
    gone = [digest for digest in await erased(book) if files.place(folder, digest).exists()]
    for digest in gone:
        files.drop(folder, digest)
    return len(gone)


async def sweep(book: Book, folder: Path, *, also: Collection[str] = ()) -> int:
    """Take away the files that no row cites, nor another room (`also`): whoever brought them was interrupted."""
    return files.sweep(folder, await cited(book) | set(also))


async def _digests(book: Book, there: str) -> set[str]:
    sql = (
        "SELECT a.digest, a.thumbnail FROM events_attachment AS a"  # noqa: S608 - one of two words of ours
        f" WHERE {there} (SELECT 1 FROM events_attachment_removal AS r WHERE r.attachment = a.id)"
    )
    rows = await book.reader.execute_query_dict(sql)
    return {str(each) for row in rows for each in (row["digest"], row["thumbnail"]) if each}
