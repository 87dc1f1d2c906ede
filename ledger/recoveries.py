"""Recoveries: the entries by which two people stand behind going on after history was lost, and how a witness is told.

Nothing that was lost comes back by it. The entry says in its reference, which everybody can read, what head was lost
and from what head the book goes on; its evidence says why, and who stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import encoding, receipts, tree
from ledger.errors import BadNote, BookDamaged

KIND = "recovery"
"""Of the evidence; also how the reference begins."""

_REFERENCE = re.compile(r"recovery/([0-9]{1,15})-([0-9a-f]{64})/([0-9]{1,15})-([0-9a-f]{64})")
_STATEMENT = re.compile(r"\n# recovery ([0-9a-f]{32}) (\{.*\})\n$")


@dataclass(frozen=True, slots=True)
class Head:
    """So many transactions, and the root of their tree (32 bytes)."""

    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.size}-{self.root.hex()}"


@dataclass(frozen=True, slots=True)
class Recovery:
    """An entry that says what was lost. `recorded_at` as in the text."""

    lost: Head
    kept: Head
    position: int
    recorded_at: str

    def explains(self, size: int, signed_at: str) -> bool:
        """Whether a checkpoint that does not hold may be one of those lost: not longer, and signed before."""
        return size <= self.lost.size and signed_at < self.recorded_at


@dataclass(frozen=True, slots=True)
class Statement:
    """A recovery as a witness is told of it, with `facts` (reason, by, approved_by) and the note it is proved in."""

    recovery: Recovery
    facts: dict[str, Any]
    note: str


def reference(lost: Head, kept: Head) -> str:
    """How the entry is called: `recovery/SIZE-ROOT/SIZE-ROOT`, lost first, roots in hex."""
    return f"{KIND}/{lost}/{kept}"


def read(position: int, reference: str, recorded_at: str) -> Recovery | None:
    """The recovery that an entry's reference tells of, if it does."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    lost, lost_root, kept, kept_root = found.groups()
    heads = Head(int(lost), bytes.fromhex(lost_root)), Head(int(kept), bytes.fromhex(kept_root))
    return Recovery(*heads, position, recorded_at)


async def every(db: BaseDBAsyncClient) -> list[Recovery]:
    """The recoveries of a book, oldest first; most books have none. One statement, and three for each that there is.

    One whose own head does not stand any more explains nothing: somebody has been at the book since.
    """
    rows = await db.execute_query_dict(
        "SELECT position, reference, recorded_at FROM ledger_transaction"
        " WHERE reference >= 'recovery/' AND reference < 'recovery0' AND kind = 'act' AND evidence_kind = ?",
        [KIND],
    )
    found = [read(row["position"], row["reference"], row["recorded_at"]) for row in rows]
    standing = [one for one in found if one and await stands(db, one.kept)]
    return sorted(standing, key=lambda one: one.position)


async def stands(db: BaseDBAsyncClient, head: Head) -> bool:
    """Whether the book begins with this head. Three statements at most, whatever its size."""
    try:
        return head.size <= await tree.head(db) and await tree.root_at(db, head.size) == head.root
    except BookDamaged:
        return False


def explained(recoveries: Sequence[Recovery], head: Head) -> bool:
    """Whether some recovery names this very head as lost."""
    return any(recovery.lost == head for recovery in recoveries)


def format_statement(receipt: str, *, salt: str, text: str) -> str:
    """What a witness is given, format version 1: the receipt of the entry, and under it its evidence on one line.

    …                                            the receipt, with its help
    # recovery SALT {"approved_by":"S-0004","by":"S-0001","kept":"…","lost":"…","reason":"…"}

    SHA-256(salt ‖ text) is the digest that the proved text cites.
    """
    return f"{receipt.rstrip(chr(10))}\n# recovery {salt} {text}\n"


def read_statement(statement: str, log_vkey: str) -> Statement:
    """Read and check what `format_statement` wrote: signed, included, an act, and the evidence it cites.

    Raises BadNote, WrongSignature, NotIncluded.
    """
    tail = _STATEMENT.search(statement)
    if tail is None:
        raise BadNote(problem="不是一份恢复声明")
    receipts.check(statement, log_vkey)
    receipt = receipts.parse(statement)
    said = encoding.parse(receipt.body)
    salt, text = tail.groups()
    recovery = read(receipt.position, said["reference"], said["recorded_at"])
    cited = {"kind": KIND, "id": said["evidence"]["id"], "digest": encoding.digest(salt + text)}
    if recovery is None or said["kind"] != "act" or said["evidence"] != cited:
        raise BadNote(problem="恢复声明和它的凭证对不上")
    return Statement(recovery, encoding.parse(text.encode()), receipt.note)
