"""Undoing a redemption: at most once, whole or in part, and told as it was done however often it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ledger import statements
from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, Moved, ReferenceConflict, RowConflict
from points import chart
from points.market import earlier, redemptions
from points.market.models import RedemptionLine
from points.market.undo_records import Undoing, UndoNote
from points.market.undoing import plans, reasons, rights
from points.market.undoing.errors import (
    RestNotAgreed,
    TillSettled,
    UndoneOtherwise,
    UndoNoteMissing,
    UnknownRedemption,
)
from points.market.undoing.plans import Asked, Stays

ROUNDS = 5
NOTE_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a redemption: where its reversal stands, why and by whom; `rest` is the redemption of what stays.

    `repeated`: it had been undone before, and this is how.
    """

    of_reference: str
    of_position: int
    position: int
    reason: str
    undone_by: str
    approved_by: str | None
    undone_on: date
    undone_at: datetime
    rest: str | None
    rest_position: int | None
    note: str = ""
    repeated: bool = False

    @property
    def number(self) -> str:
        """What the paper says: the number of the redemption with an R behind it."""
        return f"{self.of_position}R"


async def undo(
    book: Book,
    reference: str,
    reason: str,
    *,
    by: str,
    key: str,
    note: str = "",
    stays: Iterable[tuple[int, int]] = (),
) -> Undone:
    """Undo a redemption by oneself: points, goods and limits go back to where they came from, today.

    `stays` is what of it stays with them, (item, quantity): a new redemption at the old prices, in the same moment.
    `reason` is a code of `reasons.REASONS` or its word; "other" takes a note, which can be erased. Asked again, by
    whomever, it answers as it was done, `repeated`. Raises UnknownRedemption, UnknownUndoReason, UndoNoteMissing,
    NothingComesBack, BadKey, OwnUndo, NotAllowed; UndoNeedsSecond unless `by` served it within the same shift and 15
    minutes (see `requests`); UndoneOtherwise, TillSettled and RestNotAgreed.
    """
    asked = await asking(book, reference, reason, by=by, key=key, note=note, stays=stays)
    if before := await made(book, asked):
        return before
    await rights.require_alone(book, asked)
    return await carry_out(book, asked)


async def asking(
    book: Book, reference: str, reason: str, *, by: str, key: str, note: str, stays: Iterable[tuple[int, int]]
) -> Asked:
    """What is asked for, checked for itself; raises as `undo` does, but for who asks."""
    code, said = reasons.read(reason), note.strip()[:NOTE_AT_MOST]
    if code == "other" and not said:
        raise UndoNoteMissing
    entry = await redemptions.find(book, reference)
    if entry is None:
        raise UnknownRedemption(reference=reference)
    checked = earlier.checked_key(key)
    return await plans.asking(book, entry, code, by=by, key=checked, note=said, stays=stays)


async def made(book: Book, asked: Asked) -> Undone | None:
    """How it was undone, if it was; raises UndoneOtherwise when something else was to stay."""
    found = (await of(book, [asked.entry.reference])).get(asked.entry.reference)
    if found is None:
        return None
    if await _stays(book, found) != asked.stays:
        raise UndoneOtherwise(number=found.number)
    return replace(found, repeated=True)


async def require_standing(book: Book, asked: Asked) -> None:
    """Raise UndoneOtherwise when it was undone already, however."""
    found = (await of(book, [asked.entry.reference])).get(asked.entry.reference)
    if found is not None:
        raise UndoneOtherwise(number=found.number)


async def carry_out(book: Book, asked: Asked, *, rows: Sequence[Any] = ()) -> Undone:
    """Plan and post, all of it or nothing. Whoever else did it first is who did it."""
    for _ in range(ROUNDS):
        try:
            receipts = await book.journal.post_together(await plans.plan(book, asked, rows))
        except BelowFloor as refusal:
            if before := await made(book, asked):
                return before
            if refusal.facts["address"] == chart.taken(asked.shop.number):
                raise TillSettled(shop=asked.shop.name, missing=_missing(refusal)) from None
            raise
        except (AlreadyReversed, Moved, ReferenceConflict, RowConflict):
            # undone or settled a moment ago by somebody else; or the shift in which the rest is handed over ended
            if before := await made(book, asked):
                return before
            continue
        done = (await of(book, [asked.entry.reference]))[asked.entry.reference]
        return replace(done, repeated=receipts[0].repeated)
    raise RestNotAgreed


async def of(book: Book, references: Sequence[str]) -> dict[str, Undone]:
    """How redemptions were undone, by their references; those that stand are absent. Three statements at most."""
    rows = await Undoing.filter(of_reference__in=list(references)).using_db(book.reader)
    if not rows:
        return {}
    called = [name for row in rows for name in (row.of_reference, row.reference, row.rest) if name]
    at = {name: receipt.position for name, receipt in (await statements.known(book.reader, called)).items()}
    about = UndoNote.filter(about__in=[row.reference for row in rows]).using_db(book.reader)
    notes = {row.about: row.text for row in await about}
    return {
        row.of_reference: Undone(
            of_reference=row.of_reference,
            of_position=at[row.of_reference],
            position=at[row.reference],
            reason=row.reason,
            undone_by=row.undone_by,
            approved_by=row.approved_by,
            undone_on=date.fromisoformat(row.undone_on),
            undone_at=row.undone_at,
            rest=row.rest,
            rest_position=at[row.rest] if row.rest else None,
            note=notes.get(row.reference, ""),
        )
        for row in rows
    }


async def origin(book: Book, rest: str) -> str | None:
    """The redemption of which another is the rest; None for any other."""
    row = await Undoing.get_or_none(rest=rest, using_db=book.reader)
    return str(row.of_reference) if row else None


async def _stays(book: Book, found: Undone) -> Stays:
    if found.rest is None:
        return ()
    lines = await RedemptionLine.filter(redemption=found.rest).using_db(book.reader).order_by("item")
    return tuple((line.item, line.quantity) for line in lines)


def _missing(refusal: BelowFloor) -> int:
    return int(refusal.facts["amount"]) - int(refusal.facts["available"])
