"""Taking a merge back: every entry of it is reversed exactly, and both numbers are open again.

What came to the kept number since stays there. What was on notice and has become spendable since goes back spendable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import statements
from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, Busy, Moved, ReferenceConflict, RowConflict
from ledger.statements import Key
from ledger.transactions import Draft, Posting
from points import chart
from points.awards import whereabouts
from points.evidence import snapshots
from points.people import members
from points.people.records import MemberMergeUndo
from points.people.twice import looks, merges, merging, moves
from points.people.twice.errors import MergeCorrected, MergeDisputed, MergeSpent, UnknownMerge
from points.people.twice.merges import Merged

WHAT = "unmerge"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the merge: its reference, and what it posted."""

    reference: str
    postings: tuple[Posting, ...]


async def undo(book: Book, merge: str, *, by: str, key: str) -> None:
    """Take a merge back, by its key; taken back already, nothing is written.

    Raises UnknownMerge, NotAllowed, OwnMerge, MergedInto when the kept number was closed since, MergeCorrected when
    points of the closed one were corrected since, or taken for a correction of the kept one's, MergeDisputed when an
    objection froze some of them or was dismissed since, MergeSpent when they were spent, expired or paid what was owed;
    Busy.
    """
    merged = await merging.known(book, merge)
    if merged is None:
        raise UnknownMerge
    people = await members.many(book, [merged.kept, merged.gone])
    await looks.may(book, people[merged.kept], people[merged.gone], by=by)
    for _ in range(merging.ROUNDS):
        steps = await merging.next_steps(book, merged.gone, merged.kept)
        if await MemberMergeUndo.filter(merge=merge).using_db(book.reader).exists():
            return
        await merges.require_open(book, merged.kept)
        drafts = await _drafts(book, merged, steps, by=by, key=key)
        try:
            await book.journal.post_together(drafts)
        except BelowFloor:
            await merges.require_open(
                book, merged.kept
            )  # or everything went on with it, and nothing was spent
            raise MergeSpent(member=merged.gone) from None
        except (Moved, ReferenceConflict, RowConflict, AlreadyReversed):
            continue  # somebody did something to one of them between our reading and our writing
    raise Busy


async def _drafts(book: Book, merged: Merged, steps: tuple[int, int], *, by: str, key: str) -> list[Draft]:
    first, other = steps
    seen = await _seen(book, merged.kept)
    entries = await _entries(book, merged)
    vested = await _since(book, merged)
    reversals = [_back(merged, entry, vested) for entry in entries]
    await _require_unsettled(book, merged, reversals)
    evidence, texts = snapshots.take(
        WHAT, merged.id, {"by": by, "key": key, "merge": merged.id}, at=book.now()
    )
    undone = MemberMergeUndo(
        merge=merged.id,
        undone_on=book.today().isoformat(),
        undone_by=by,
        reference=merging.step(merged.kept, other),
    )
    made = [
        merging.draft(
            book,
            WHAT,
            merged.gone,
            first + n,
            postings,
            evidence,
            merged.id,
            reverses=entry.reference,
            seen=_named(seen, postings),
        )
        for n, (entry, postings) in enumerate(zip(entries, reversals, strict=True))
    ]
    if settled := _spendable_again(merged, reversals):
        made.append(merging.draft(book, WHAT, merged.gone, first + len(made), settled, evidence, merged.id))
    act = merging.draft(book, WHAT, merged.kept, other, (), evidence, merged.id, rows=(*texts, undone))
    return [*made, act]


_ENTRIES = """
SELECT x.reference, s.address AS source, t.address AS target, p.amount, p.unit
FROM ledger_transaction AS x
JOIN ledger_posting AS p ON p.id BETWEEN x.position * 256 AND x.position * 256 + 255
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE x.reference >= ? AND x.reference < ? AND x.kind = ?
    AND x.position >= (SELECT f.position FROM ledger_transaction AS f WHERE f.reference = ?)
ORDER BY p.id"""


async def _entries(book: Book, merged: Merged) -> list[_Entry]:
    """The entries of a merge that stands, in order: those that closed the number, and those that followed."""
    beginning = f"{merging.WHAT}/{merged.gone}/"
    values = [beginning, beginning + "~", merging.WHAT, merged.reference]
    found: dict[str, list[Posting]] = {}
    for row in await book.reader.execute_query_dict(_ENTRIES, values):
        reference = row.pop("reference")
        found.setdefault(reference, []).append(Posting(**row))
    return [_Entry(reference, tuple(postings)) for reference, postings in found.items()]


_VESTED = """
SELECT w.until_on, sum(v.points) AS points FROM awards_vesting AS w
JOIN awards_verification AS v ON v.reference = w.award
JOIN ledger_transaction AS x ON x.reference = w.reference
WHERE v.member IN ({marks}) AND x.position > (SELECT f.position FROM ledger_transaction AS f WHERE f.reference = ?)
GROUP BY w.until_on ORDER BY w.until_on"""
_CORRECTED = """
SELECT count(*) AS n FROM awards_correction AS c JOIN awards_verification AS v ON v.reference = c.of_reference
JOIN ledger_transaction AS x ON x.reference = c.reference
WHERE v.member IN ({marks}) AND x.position > (SELECT f.position FROM ledger_transaction AS f WHERE f.reference = ?)"""


_DISPUTED = """
SELECT count(*) AS n FROM openness_freeze AS f
JOIN awards_verification AS v ON v.reference = f.award
JOIN ledger_transaction AS x ON x.reference = f.reference
LEFT JOIN openness_release AS r ON r.freeze = f.reference
LEFT JOIN ledger_transaction AS y ON y.reference = r.reference
JOIN ledger_transaction AS m ON m.reference = ?
WHERE v.member IN ({marks})
    AND ((x.position > m.position AND r.freeze IS NULL) OR (x.position < m.position AND y.position > m.position))"""


async def _since(book: Book, merged: Merged) -> dict[str, int]:
    """What became spendable since of what was on notice, by its last day. Raises MergeCorrected, MergeDisputed."""
    numbers = await merges.group(book, merged.gone)
    values, marks = [*numbers, merged.reference], ", ".join("?" for _ in numbers)
    (row,) = await book.reader.execute_query_dict(_CORRECTED.format(marks=marks), values)
    if row["n"]:
        raise MergeCorrected(member=merged.gone)
    theirs = [number for number in await merges.group(book, merged.kept) if number not in numbers]
    if await whereabouts.overdrawn(book, theirs):
        raise MergeCorrected(member=merged.kept)
    (row,) = await book.reader.execute_query_dict(_DISPUTED.format(marks=marks), [merged.reference, *numbers])
    if row["n"]:
        raise MergeDisputed(member=merged.gone)
    rows = await book.reader.execute_query_dict(_VESTED.format(marks=marks), values)
    return {row["until_on"]: int(row["points"]) for row in rows}


def _back(merged: Merged, entry: _Entry, vested: dict[str, int]) -> tuple[Posting, ...]:
    """An entry the other way round; what was on notice is taken from where it is now, which uses up `vested`."""
    found = []
    for each in entry.postings:
        left = each.amount
        if each.source == chart.noticed(merged.gone):
            for day, there in vested.items():
                part = min(left, there)
                if part:
                    source = chart.until(merged.kept, date.fromisoformat(day))
                    found.append(Posting(source, each.source, part, each.unit))
                    vested[day], left = there - part, left - part
        if left:
            found.append(Posting(each.target, each.source, left, each.unit))
    return tuple(found)


def _spendable_again(merged: Merged, reversals: Sequence[Sequence[Posting]]) -> tuple[Posting, ...]:
    """What went back to `noticed` out of what can be spent can be spent again."""
    noticed = chart.noticed(merged.gone)
    return tuple(
        Posting(noticed, moves.moved(each.source, merged.kept, merged.gone), each.amount, each.unit)
        for postings in reversals
        for each in postings
        if each.target == noticed and each.source != chart.noticed(merged.kept)
    )


async def _require_unsettled(book: Book, merged: Merged, reversals: Sequence[Sequence[Posting]]) -> None:
    """What was owed and has been paid since is not owed again: no floor says so. Raises MergeSpent."""
    owed = chart.owed(merged.kept)
    back = sum(each.amount for postings in reversals for each in postings if each.target == owed)
    if back and await statements.balance(book.reader, owed) > -back:
        raise MergeSpent(member=merged.gone)


async def _seen(book: Book, kept: str) -> dict[Key, int]:
    """How the accounts stand that no floor guards, read before anything is planned. Every correction moves honour: one
    that is written meanwhile is noticed by it."""
    addresses = (chart.owed(kept), chart.noticed(kept), chart.disputed(kept))
    keys = [*((address, chart.POINTS) for address in addresses), (chart.honour(kept), chart.HONOUR)]
    found = await statements.standings_of(book.reader, keys)
    return {key: found[key].version if key in found else 0 for key in keys}


def _named(seen: dict[Key, int], postings: Sequence[Posting]) -> tuple[tuple[str, str, int], ...]:
    """Those of the accounts that these postings are the first to touch; they leave `seen`."""
    named = {
        (address, each.unit) for each in postings for address in (each.source, each.target)
    } & seen.keys()
    return tuple((*key, seen.pop(key)) for key in sorted(named))
