"""Merging: everything of one number goes to another by entries in the ledger, and the first is closed.

Both numbers keep a count of the merges they took part in, and each step uses the next one up: of two clerks who do
something to one of them in the same moment, one is told to look again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Evidence, Posting
from points.evidence import snapshots
from points.people.records import MemberMerge
from points.people.twice import looks, merges, moves, seconds
from points.people.twice.errors import BadMergeReason, MergedInto, MergeNeedsOther
from points.people.twice.looks import Look
from points.people.twice.merges import Merged

REASONS = {"twice": "登记了两次", "phone": "换了手机又登记", "list": "名单里写了两遍"}
ROUNDS = 10
WHAT = "merge"


async def ask(book: Book, keep: str, closed: str, *, by: str, key: str) -> None:
    """Ask that two numbers be merged, for somebody else to carry out. Raises what `looks.look` does."""
    seen = await looks.look(book, keep, closed, by=by)
    await seconds.ask(book, seen.kept.number, seen.gone.number, seen.figures.points, by=by, key=key)


async def merge(book: Book, keep: str, closed: str, *, by: str, reason: str, key: str) -> Merged:
    """Close a number and bring what it has to the one that is kept, all in one moment; undone by `undoing.undo`.

    The same key again, and a merge of these two that stands, give that merge. Raises what `looks.look` does,
    BadMergeReason, MergeNeedsOther when it takes two people and nobody else asked for it, and Busy.
    """
    if reason not in REASONS:
        raise BadMergeReason(reason=reason)
    name = _name(keep, closed, key)
    for _ in range(ROUNDS):
        if before := await known(book, name):
            return before
        steps = await next_steps(book, closed, keep)
        try:
            seen = await looks.look(book, keep, closed, by=by)
        except MergedInto:
            if standing := await _standing(book, keep, closed):
                return standing
            raise
        if not seen.may_finish(by):
            raise MergeNeedsOther
        try:
            await book.journal.post_together(_drafts(book, seen, steps, name, by=by, reason=reason))
        except (BelowFloor, ReferenceConflict, RowConflict):
            continue  # something was spent, or somebody merged one of them, between our reading and our writing
    raise Busy


def _name(keep: str, closed: str, key: str) -> str:
    """The key of the merge's row: what is asked again under one key is found by it, whatever happened since."""
    return hashlib.sha256(f"{WHAT}/{keep}/{closed}/{key}".encode()).hexdigest()[:32]


async def known(book: Book, name: str) -> Merged | None:
    """A merge by its key, whether it stands or was taken back; None when there was none."""
    row = await MemberMerge.get_or_none(id=name, using_db=book.reader)
    return Merged(row.id, row.kept, row.gone, row.merged_on, row.merged_by, row.reference) if row else None


async def _standing(book: Book, keep: str, closed: str) -> Merged | None:
    return next((m for m in await merges.of(book, closed) if (m.kept, m.gone) == (keep, closed)), None)


def _drafts(
    book: Book, seen: Look, steps: tuple[int, int], name: str, *, by: str, reason: str
) -> list[Draft]:
    kept, gone = seen.kept.number, seen.gone.number
    facts = {
        "approved": seen.request.by if seen.second and seen.request else "",
        "by": by,
        "gone": gone,
        "kept": kept,
        "points": seen.figures.points,
        "reason": reason,
    }
    evidence, texts = snapshots.take(WHAT, name, facts, at=book.now())
    first, other = steps
    row = MemberMerge(
        id=name,
        kept=kept,
        gone=gone,
        merged_on=book.today().isoformat(),
        merged_by=by,
        reference=step(gone, first),
    )
    entries = moves.parts(seen.postings) or [()]
    made = [
        draft(book, WHAT, gone, first + n, part, evidence, name, rows=(*texts, row) if n == 0 else ())
        for n, part in enumerate(entries)
    ]
    return [*made, draft(book, WHAT, kept, other, (), evidence, name)]


def step(number: str, ordinal: int) -> str:
    """`merge/V-000002/3`: the third thing that merging did to a number. Used once, so it is a lock as well."""
    return f"{WHAT}/{number}/{ordinal}"


async def next_steps(book: Book, gone: str, kept: str) -> tuple[int, int]:
    """The ordinals of the next step of two numbers, to be read before anything else is.

    Whatever is done to either after that takes one of the two, so that a plan made of older readings is refused.
    """
    return await next_step(book, gone), await next_step(book, kept)


async def next_step(book: Book, number: str) -> int:
    """The ordinal of the next step of one number."""
    sql = "SELECT count(*) AS n FROM ledger_transaction WHERE reference >= ? AND reference < ?"
    beginning = f"{WHAT}/{number}/"
    (row,) = await book.reader.execute_query_dict(sql, [beginning, beginning + "~"])
    return int(row["n"]) + 1


def draft(
    book: Book,
    kind: str,
    number: str,
    ordinal: int,
    postings: Sequence[Posting],
    evidence: Evidence,
    name: str,
    *,
    rows: tuple[Any, ...] = (),
    reverses: str | None = None,
    seen: tuple[tuple[str, str, int], ...] = (),
) -> Draft:
    """One step of a number: an entry when something moves, an act when nothing does."""
    reference = step(number, ordinal)
    return Draft(
        reference=reference,
        kind=kind if postings else "act",
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of({"merge": name, "step": reference, "verb": kind}),
        postings=tuple(postings),
        reverses=reverses if postings else None,
        rows=rows,
        seen=seen,
    )
