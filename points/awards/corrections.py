"""Corrections: the award that undoes another. Nothing is edited; every source gets back exactly what it gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger import statements
from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, Moved, ReferenceConflict, RowConflict
from ledger.transactions import Receipt
from points.awards import correction_plans, correction_rights, reasons
from points.awards.correction_plans import Asked
from points.awards.correction_rights import ALONE_AT_MOST, APPROVERS, CORRECTORS
from points.awards.errors import AlreadyCorrected, CorrectionChanged, NoteMissing, NotSettled, UnknownAward
from points.awards.models import Correction, Verification
from points.people.twice import merges

__all__ = ["ALONE_AT_MOST", "APPROVERS", "CORRECTORS", "NOTE_AT_MOST", "correct"]
ROUNDS = 5
NOTE_AT_MOST = 500


async def correct(book: Book, reference: str, reason: str, *, by: str, on: date, note: str = "") -> Receipt:
    """Undo an award: points, honour, minutes and caps go back to where they came from, on this day.

    The points are taken from where they are: on notice (or frozen by an objection); else what they vested into; after
    its day, what its expiry moved; else what else the member can spend, latest expiry first; and the rest is owed. An
    award that has not vested never will. `reason` is a code of `reasons.REASONS` or its word; the note can be erased.
    More than 500 points need a second person: see `correction_requests`. The same correction asked again by the same
    person gives the first receipt. Raises UnknownAward, NeedsReason, UnknownReason, NoteMissing, NotAllowed,
    OwnCorrection, NeedsSecondPerson and AlreadyCorrected.
    """
    asked = await asking(book, reference, reason, by=by, on=on, note=note)
    before = await made(book, asked)
    if before:
        return before
    await correction_rights.require_first(book, asked)
    return await carry_out(book, asked)


async def asking(book: Book, reference: str, reason: str, *, by: str, on: date, note: str = "") -> Asked:
    """What is asked for, checked for itself. Raises UnknownAward, NeedsReason, UnknownReason and NoteMissing."""
    code, said = reasons.read(reason), note.strip()[:NOTE_AT_MOST]
    if code == "other" and not said:
        raise NoteMissing
    award = await Verification.get_or_none(reference=reference, using_db=book.reader)
    if award is None:
        raise UnknownAward(reference=reference)
    return Asked(award, await merges.stands_for(book, award.member), code, by, on, said)


async def made(book: Book, asked: Asked) -> Receipt | None:
    """The receipt of this very correction, when it was made; raises AlreadyCorrected for another one."""
    row = await Correction.get_or_none(of_reference=asked.award.reference, using_db=book.reader)
    if row is None:
        return None
    if (row.reason, row.corrected_by) != (asked.reason, asked.by):
        raise AlreadyCorrected(day=row.corrected_on)
    return (await statements.known(book.reader, [row.reference]))[row.reference]


async def carry_out(
    book: Book, asked: Asked, *, rows: Sequence[Any] = (), digest: str | None = None
) -> Receipt:
    """Plan and post until nothing has moved between the two. `digest`: what must move is what two people saw.

    Raises NeedsSecondPerson without a second person, CorrectionChanged when something else would move, and NotSettled.
    """
    for _ in range(ROUNDS):
        try:
            turns = [] if asked.approved_by else await correction_rights.alone(book, asked)
            plan = await correction_plans.plan(book, asked, [*rows, *turns])
            if digest is not None and digest != correction_plans.digest_of(asked, plan.postings):
                if before := await made(book, asked):
                    return before  # somebody else approved it a moment ago
                raise CorrectionChanged
            return (await book.journal.post_together(plan.drafts))[-1]
        except (BelowFloor, Moved, ReferenceConflict, AlreadyReversed, RowConflict):
            # it vested, was spent, merged or corrected between our reading and our writing: look again
            asked = replace(asked, who=await merges.stands_for(book, asked.award.member))
            before = await made(book, asked)
            if before:
                return before
    raise NotSettled(why="正好有人在用这位成员的积分，请再试一次")
