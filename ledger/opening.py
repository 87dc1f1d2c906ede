"""At opening: does the book still hold what was seen of it? If not, it opens read-only, and says why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import checkpoints, recoveries, tree
from ledger.errors import BadNote, HistoryDiffers, HistoryLost, ReadOnly, SightUnreadable
from ledger.findings import Audit, Check, Finding
from ledger.models import LedgerCheckpoint
from ledger.recoveries import Head, Recovery

NOTE_AT_MOST = 65_536
OWN = "ledger_checkpoint"
"""How the heads that the book itself keeps are called in a reason."""


async def missing(db: BaseDBAsyncClient, *, witness: Path | None) -> ReadOnly | None:
    """Why the book may not be written: its newest signed head, or what a witness saw, is not the beginning of it.

    `witness` is a file with a checkpoint note that somebody else keeps; one that cannot be read is a reason too. What a
    recovery explains is none. A constant number of statements: two heads, whatever the book's size.
    """
    known = await recoveries.every(db)
    newest = await LedgerCheckpoint.filter().using_db(db).order_by("-size").first()
    if newest is not None and not any(one.explains(newest.size, newest.signed_at) for one in known):
        why = await _against(db, Head(newest.size, bytes(newest.root)), OWN, known)
        if why is not None:
            return why
    if witness is None:
        return None
    try:
        seen = read_sight(witness)
    except SightUnreadable as unreadable:
        return unreadable
    return await _against(db, seen, str(witness), known)


def read_sight(path: Path) -> Head:
    """The head in a checkpoint note that a witness gave. Its signatures were the witness's to check."""
    try:
        with path.open(encoding="utf-8") as file:
            note = checkpoints.parse_note(file.read(NOTE_AT_MOST))
        seen = checkpoints.parse(note.text)
    except (OSError, UnicodeDecodeError) as error:
        raise SightUnreadable(seen=path, problem=getattr(error, "strerror", None) or "不是文字") from None
    except BadNote as error:
        raise SightUnreadable(seen=path, problem=error.facts["problem"]) from None
    return Head(seen.size, seen.root)


async def _against(db: BaseDBAsyncClient, seen: Head, name: str, known: list[Recovery]) -> ReadOnly | None:
    if recoveries.explained(known, seen):
        return None
    head = await tree.head(db)
    if seen.size > head:
        return HistoryLost(seen=name, size=seen.size, head=head)
    return None if await recoveries.stands(db, seen) else HistoryDiffers(seen=name, size=seen.size)


def history_is_whole(witness: Path | None) -> Check:
    """The same question as a check of the audit: what a witness saw is the beginning of this book."""

    async def history_is_whole(audit: Audit) -> AsyncIterator[Finding]:
        why = await missing(audit.db, witness=witness)
        if why is not None:
            yield Finding("history", None, str(why.facts.get("seen", "")), str(why))

    return history_is_whole
