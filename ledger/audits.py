"""The record of audits that found nothing: signed notes beside the checkpoints, so that the next need not begin anew.

An audit that goes on from a record trusts this of it: the key of the book said that so many entries were whole, with
such a root, by such checks; and the tree still has that root there. The balances that accounts had then are read from
their last posting before. Rows before that place are not read again: who changes one of them afterwards is found by an
audit in full, which is why there is one from time to time, whatever the record says.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import audit as auditing
from ledger import checkpoints, recoveries, signatures
from ledger.audit import Report
from ledger.book import Book
from ledger.checkpoints import Note
from ledger.encoding import moment
from ledger.errors import BadNote, BadProof, LedgerError, WrongSignature
from ledger.findings import N_, Audit, Check, Finding, Progress
from ledger.models import LedgerAudit
from ledger.recoveries import Head
from ledger.signatures import SigningKey

FORM = "jishan-audit/1"
FULL_EVERY = timedelta(days=31)
"""After so long an audit in full is advised."""

ASKED = N_("按要求从头全查")
FIRST = N_("没有可以接着查的记录，从头全查")
OTHERS = N_("最近一次审计记录不是这把钥匙签的，从头全查")
MOVED = N_("最近查到第 {since} 笔，那以前的账和当时不同，从头全查")
GROWN = N_("检查项目比上次多了，从头全查")
GOES_ON = N_("接着 {at} 查完的第 {since} 笔往后查；以前的行没有重读")
_NEWEST = "SELECT * FROM ledger_audit ORDER BY checked_at DESC LIMIT 1"
_LAST_FULL = "SELECT * FROM ledger_audit WHERE since = 0 ORDER BY checked_at DESC LIMIT 1"
_EVERY = "SELECT * FROM ledger_audit WHERE checked_at > ? ORDER BY checked_at LIMIT 500"


@dataclass(frozen=True, slots=True)
class Record:
    """An audit that found nothing in the first `size` entries; of these it read those after `since`."""

    head: Head
    since: int
    checks: tuple[str, ...]
    checked_at: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """From where an audit goes on (0: all of it), and the sentence that says why."""

    since: int
    why: str
    facts: dict[str, Any] = field(default_factory=dict)


async def check(
    book: Book,
    checks: Sequence[Check],
    *,
    key: SigningKey,
    full: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Audit a book from the last good record on, or in full; what was found whole is put on record.

    A book that may not be written is audited all the same; then nothing is put on record.
    """
    names, vkey = [one.__name__ for one in checks], str(key.verifier)
    begun = Beginning(0, ASKED) if full else await beginning(book.reader, names, vkey)
    report = await auditing.run(
        book.reader, checks, guards=book.guards, vkey=vkey, progress=progress, since=begun.since
    )
    report = report.told(begun.why, begun.facts)
    if report.whole and (report.size > begun.since or not begun.since):
        await _keep(book, key, report)
    return report


async def beginning(db: BaseDBAsyncClient, checks: Sequence[str], vkey: str) -> Beginning:
    """From where to go on. Three statements, whatever the size of the book."""
    row = await _one(db, _NEWEST)
    if row is None:
        return Beginning(0, FIRST)
    try:
        record = read(row, vkey)
    except LedgerError:
        return Beginning(0, OTHERS)
    if not await recoveries.stands(db, record.head):
        return Beginning(0, MOVED, {"since": record.head.size})
    if not set(checks) <= set(record.checks):
        return Beginning(0, GROWN)
    if not record.head.size:
        return Beginning(0, FIRST)
    return Beginning(record.head.size, GOES_ON, {"since": record.head.size, "at": record.checked_at})


async def last_full(db: BaseDBAsyncClient, vkey: str) -> Record | None:
    """The last time the whole book was read and found whole, if the book's key says so."""
    row = await _one(db, _LAST_FULL)
    try:
        return read(row, vkey) if row else None
    except LedgerError:
        return None


def format_text(origin: str, record: Record) -> str:
    """What the key signs, format version 1. It cannot be taken for a checkpoint, whose second line is a number.

    jishan-audit/1
    jishan.example/440310001002
    70000
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
    since 65000
    checks guards_are_in_place entries_hold_together checkpoints_match_tree
    2026-11-22T01:20:00.000000Z
    """
    root = b64encode(record.head.root).decode()
    names = " ".join(record.checks)
    lines = (FORM, origin, str(record.head.size), root, f"since {record.since}", f"checks {names}")
    return "\n".join((*lines, record.checked_at)) + "\n"


def read(row: dict[str, Any], vkey: str) -> Record:
    """A row of the table, if its columns say what its note says and the key signed that.

    Raises BadNote and WrongSignature.
    """
    key, note = checkpoints.parse_key(vkey), checkpoints.parse_note(row["note"])
    names = note.text.partition("\nchecks ")[2].partition("\n")[0].split(" ")
    head = Head(row["size"], bytes(row["root"]))
    record = Record(head, row["since"], tuple(names), row["checked_at"])
    if not checkpoints.is_signed(note, key):
        raise WrongSignature(name=key.name)
    if note.text != format_text(key.name, record):
        raise BadNote(problem="审计记录的列和签过的不同")
    return record


async def records_are_ours(audit: Audit) -> AsyncIterator[Finding]:
    """Every record is signed by the book's key, says what its note says, and the book begins with what it says.

    One of a history that a recovery says was lost need only be signed.
    """
    known, after = await recoveries.every(audit.db), ""
    while audit.vkey and (rows := await audit.db.execute_query_dict(_EVERY, [after])):
        for row in rows:
            after = row["checked_at"]
            where = f"ledger_audit {after}"
            try:
                record = read(row, audit.vkey)
            except BadProof as error:
                yield Finding("audits", None, where, error.template, error.facts, _FORGED)
                continue
            lost = any(one.explains(record.head.size, record.checked_at) for one in known)
            if not lost and not await recoveries.stands(audit.db, record.head):
                what, facts = N_("查完过的前 {size} 笔，和现在的账本不同"), {"size": record.head.size}
                yield Finding("audits", record.head.size, where, what, facts)


_FORGED = N_("这条审计记录不能信：运行 jishan audit --full 全查，并查清谁写过数据库")


async def _keep(book: Book, key: SigningKey, report: Report) -> None:
    head = Head(report.size, bytes.fromhex(report.root))
    record = Record(head, report.since, report.checks, moment(book.now()))
    text = format_text(key.name, record)
    note = checkpoints.format_note(Note(text, (signatures.sign_text(key, text),)))
    row = LedgerAudit(
        checked_at=record.checked_at, size=head.size, root=head.root, since=record.since, note=note
    )
    try:
        async with book.write() as db:
            await row.save(using_db=db, force_create=True)
    except LedgerError:
        return


async def _one(db: BaseDBAsyncClient, query: str) -> dict[str, Any] | None:
    rows = await db.execute_query_dict(query)
    return rows[0] if rows else None
