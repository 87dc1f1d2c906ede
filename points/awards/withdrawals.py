"""Withdrawals: a whole import taken back within 48 hours, unless somebody has already worked with what it brought.

Nothing is deleted. Events of a withdrawn batch are found false, so that they leave every queue and repeat nothing;
contributions are returned, so that they earn nothing and say why. Members and areas are taken back one by one, on
their own pages, because others join themselves to them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ledger import encoding, statements
from ledger.book import Book
from ledger.transactions import Draft, Receipt
from points.awards.errors import (
    BatchInUse,
    BatchNotWithdrawable,
    BatchTooOld,
    NeedsReason,
    NobodysBatch,
    UnknownBatch,
)
from points.awards.models import RuleBook, Verification
from points.events.latest import AREA
from points.events.models import Batch, Contribution, Event, Step
from points.events.records import BatchName, BatchWithdrawal
from points.evidence import acts
from points.evidence.models import SnapshotText
from points.keys import new_key
from points.people import areas, roles

WITHIN = timedelta(hours=48)
REASON = "整批撤回"
KINDS = ("events", "contributions")
ROLE = "admin"
REASON_AT_MOST = 120
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """A batch, who brought it in, what of it can be taken back, and when it was, if it was."""

    batch: Batch
    by: str | None
    events: int
    contributions: int
    withdrawal: BatchWithdrawal | None

    @property
    def until(self) -> datetime:
        """Until when it can be withdrawn."""
        return self.batch.started_at + WITHIN


@dataclass(frozen=True, slots=True)
class Page:
    """Some batches, the latest first, each with whether it was withdrawn, and by whom they were brought in.

    The next page begins before `before`, None on the last one.
    """

    lines: tuple[tuple[Batch, bool], ...]
    by: Mapping[str, str]
    before: str | None


async def page(book: Book, *, before: str = "", limit: int = A_PAGE) -> Page:
    """The batches, in four statements."""
    rows = Batch.filter(id__lt=before) if before else Batch.all()
    found = await rows.using_db(book.reader).order_by("-id").limit(limit + 1)
    gone = BatchWithdrawal.filter(batch__in=[batch.id for batch in found]).using_db(book.reader)
    withdrawn = {str(batch) for batch in await gone.values_list("batch", flat=True)}
    await _call(book, found[:limit])
    shown = tuple((batch, batch.id in withdrawn) for batch in found[:limit])
    by = await _brought_by(book, [batch.id for batch, _ in shown])
    return Page(shown, by, shown[-1][0].id if len(found) > limit else None)


async def _call(book: Book, batches: Sequence[Batch]) -> None:
    """Let batches say what their files were called, unless that was erased."""
    names = BatchName.filter(batch__in=[batch.id for batch in batches]).using_db(book.reader)
    called = {row.batch: row.name for row in await names}
    for batch in batches:
        batch.file_name = called.get(batch.id, batch.file_name)


async def _brought_by(book: Book, batches: Sequence[str]) -> dict[str, str]:
    """Who brought each batch in, as its first act says; those whose words were erased are absent."""
    keys = {f"import/{batch}/1": batch for batch in batches}
    texts = await SnapshotText.filter(snapshot__in=list(keys)).using_db(book.reader)
    return {keys[row.snapshot]: json.loads(row.text)["by"] for row in texts}


async def find(book: Book, batch: str) -> Brought:
    """A batch by its number, or by the last digits of it that only one has; raises UnknownBatch."""
    rows = await Batch.filter(id__endswith=batch.lower()).using_db(book.reader).limit(2)
    if len(rows) != 1 or len(batch) < 6:
        raise UnknownBatch(batch=batch)
    row = rows[0]
    await _call(book, [row])
    gone = await BatchWithdrawal.get_or_none(batch=row.id, using_db=book.reader)
    events, contributions = await size(book, row.id, "events"), await size(book, row.id, "contributions")
    return Brought(row, (await _brought_by(book, [row.id])).get(row.id), events, contributions, gone)


async def size(book: Book, batch: str, kind: str) -> int:
    """How many events or contributions came in a batch."""
    model = {"events": Event, "contributions": Contribution}.get(kind)
    return await model.filter(batch=batch).using_db(book.reader).count() if model else 0


async def withdraw(book: Book, batch: str, *, reason: str, by: str) -> Receipt:
    """Take a batch back, in one act. Asked again it gives the first receipt.

    Raises UnknownBatch, NeedsReason, BatchTooOld, BatchNotWithdrawable, NobodysBatch, NotAllowed (for an area in which
    `by` is no admin), and BatchInUse, which says what stands in the way.
    """
    if not reason.strip():
        raise NeedsReason
    brought = await find(book, batch)
    key = brought.batch.id
    reference = f"withdraw/{key}"
    before = await statements.known(book.reader, [reference])
    if reference in before:
        return before[reference]
    if brought.batch.kind not in KINDS:
        raise BatchNotWithdrawable
    if book.now() > brought.until:
        raise BatchTooOld(hours=WITHIN // timedelta(hours=1))
    events, contributions = await _rows(book, key)
    if not events and not contributions:
        raise NobodysBatch
    await _may(book, by, events, contributions)
    await _require_unused(book, events, contributions)
    last = await RuleBook.all().using_db(book.reader).order_by("-version").first()
    rule_book = last.version if last else 0
    draft = _draft(book, brought.batch, reference, reason, by, events, contributions, rule_book)
    return await book.journal.post(draft)


async def _rows(book: Book, batch: str) -> tuple[list[Event], list[Contribution]]:
    events = await Event.filter(batch=batch).using_db(book.reader)
    return events, await Contribution.filter(batch=batch).using_db(book.reader)


_AREAS = f"""
SELECT DISTINCT {AREA} AS area FROM events_event AS e WHERE e.batch = ?
UNION SELECT DISTINCT {AREA} AS area FROM events_event AS e JOIN events_contribution AS c ON c.event = e.id
WHERE c.batch = ?"""  # noqa: S608 - where an event is now, in words of ours


async def _may(book: Book, by: str, events: Sequence[Event], contributions: Sequence[Contribution]) -> None:
    """Raise NotAllowed unless `by` is an admin wherever these events happened; without a place, of the whole book."""
    batch = (events or contributions)[0].batch
    rows = await book.reader.execute_query_dict(_AREAS, [batch, batch])
    codes = {row["area"] for row in rows}
    grants = [g for g in await roles.grants_of(book, by, book.today()) if g.role == ROLE]
    there = await areas.many(book, [code for code in codes if code])
    paths = [area.path for area in there.values()] + ([""] if None in codes else [])
    if not all(any(areas.covers(path, grant.area) for grant in grants) for path in paths):
        raise await roles.why_not(book, by, ROLE, book.today())


_USED = """
SELECT
    (SELECT count(*) FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event
        WHERE e.batch = ? AND NOT EXISTS (SELECT 1 FROM events_contribution AS r
            JOIN events_batch_withdrawal AS w ON w.batch = r.batch WHERE r.id = v.contribution)) +
    (SELECT count(*) FROM awards_verification AS v JOIN events_contribution AS c ON c.id = v.contribution
        JOIN events_event AS e ON e.id = c.event
        WHERE c.batch = ? AND (e.batch IS NULL OR e.batch <> ?)) AS verified,
    (SELECT count(DISTINCT s.event) FROM events_step AS s JOIN events_event AS e ON e.id = s.event
        WHERE e.batch = ? AND s.actor IS NOT NULL) AS handled,
    (SELECT count(*) FROM events_contribution AS c JOIN events_event AS e ON e.id = c.event
        WHERE e.batch = ? AND (c.batch IS NULL OR c.batch <> ?)
        AND NOT EXISTS (SELECT 1 FROM events_batch_withdrawal AS w WHERE w.batch = c.batch)) AS joined"""


async def _require_unused(book: Book, events: Sequence[Event], contributions: Sequence[Contribution]) -> None:
    batch = (events or contributions)[0].batch
    (row,) = await book.reader.execute_query_dict(_USED, [batch] * 6)
    if any(row.values()):
        raise BatchInUse(**{name: int(count) for name, count in row.items()})


def _draft(
    book: Book,
    batch: Batch,
    reference: str,
    reason: str,
    by: str,
    events: Sequence[Event],
    contributions: Sequence[Contribution],
    rule_book: int,
) -> Draft:
    said = reason.strip()[:REASON_AT_MOST]
    facts = {
        "batch": batch.id,
        "by": by,
        "contributions": len(contributions),
        "events": len(events),
        "reason": said,
    }
    gone = BatchWithdrawal(
        batch=batch.id, withdrawn_at=book.now(), withdrawn_by=by, reason=said, reference=reference
    )
    rows = [
        *(Step(id=new_key(), event=e.id, name="found_false", taken_at=book.now(), actor=by) for e in events),
        *(_returned(c, rule_book, by=by, on=book.today().isoformat()) for c in contributions),
    ]
    about, request = ("withdrawal", batch.id), {"batch": batch.id, "verb": "withdraw"}
    return acts.draft(book, reference, about, facts, [gone, *rows], request=request)


def _returned(contribution: Contribution, rule_book: int, *, by: str, on: str) -> Verification:
    return Verification(
        contribution=contribution.id,
        event=contribution.event,
        member=contribution.member,
        decision="returned",
        reason=REASON,
        verifier=by,
        decided_on=on,
        rule_book=rule_book,
        rule=None,
        points=0,
        minutes=0,
        arithmetic=encoding.canonical([{"step": "returned"}]).decode(),
        reference=None,
    )
