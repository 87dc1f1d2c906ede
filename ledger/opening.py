"""At opening: does the book still hold what was seen of it? If not, it opens read-only, and says why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import checkpoints, digests, encoding, recoveries, tree
from ledger.errors import BadNote, HistoryDiffers, HistoryLost, OtherHash, ReadOnly, SightUnreadable
from ledger.findings import Audit, Check, Finding
from ledger.models import LedgerCheckpoint, LedgerTransaction
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
    return await _against(db, seen, witness.name, known)


def read_sight(path: Path, *, vkey: str | None = None) -> Head:
    """The head in a checkpoint note that a witness gave; with a key, it must be this key that signed it.

    Reasons name the file without its folder: they stand on pages that strangers read.
    """
    try:
        with path.open(encoding="utf-8") as file:
            note = file.read(NOTE_AT_MOST)
        seen = checkpoints.parse(checkpoints.parse_note(note).text)
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "不是文字"
        raise SightUnreadable(seen=path.name, problem=problem) from None
    except BadNote as error:
        raise SightUnreadable(seen=path.name, problem=error.facts["problem"]) from None
    if vkey is not None:
        checkpoints.verify_head(note, vkey)
    return Head(seen.size, seen.root)


async def require_our_hash(db: BaseDBAsyncClient) -> None:
    """Raise OtherHash unless the first entry names the hash that this program makes books with. One statement."""
    row = await LedgerTransaction.filter(position=1).using_db(db).first()
    try:
        found = digests.name_of(encoding.parse(bytes(row.body))["chart"]) if row else digests.BOOK.name
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # a text that is damaged is for the audit to name
    if found in digests.KNOWN and found != digests.BOOK.name:
        raise OtherHash(found=found, ours=digests.BOOK.name)


async def lost(db: BaseDBAsyncClient, *, witness: Path | None, vkey: str) -> Head | None:
    """The head that a recovery must name: what the witness saw, else our own newest, if the book does not hold it.

    It must bear the signature of the book's own key. Raises SightUnreadable, BadNote and WrongSignature.
    """
    known = await recoveries.every(db)
    if witness is not None:
        seen = read_sight(witness, vkey=vkey)
        if not recoveries.explained(known, seen) and not await recoveries.stands(db, seen):
            return seen
    newest = await LedgerCheckpoint.filter().using_db(db).order_by("-size").first()
    if newest is None or any(one.explains(newest.size, newest.signed_at) for one in known):
        return None
    own = Head(newest.size, bytes(newest.root))
    checkpoints.verify(newest.note, vkey)
    return None if await recoveries.stands(db, own) else own


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
