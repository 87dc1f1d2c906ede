"""The plan of an import: what a file would change, made once, and carried out just so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, NamedTuple

from ledger import encoding
from ledger.book import Book
from ledger.errors import RowConflict
from ledger.transactions import Draft
from points.errors import PointsError
from points.events.errors import PlanOutdated
from points.events.imports.columns import Layout
from points.events.imports.communities import Question
from points.events.imports.packing import IN_A_PART, Packed
from points.events.imports.reading import Sheet
from points.events.models import Batch
from points.events.records import BatchName
from points.evidence import snapshots
from points.evidence.models import Snapshot
from points.progress import Progress, quiet

ROWS_IN_A_PART = IN_A_PART
"""Each part is one transaction: a kill between two loses nothing, and none holds the writer for long."""
ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".json", ".xml"}
"""What stays of a file's name for good."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row (an error keeps it out, a warning does not), and what to do about it."""

    row: int
    column: str | None
    value: str | None
    why: PointsError

    @property
    def reason(self) -> str:
        """The reason in Chinese, as it stands in a file of errors."""
        return str(self.why).removesuffix("。")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the rows of an import carry: its batch, the day it counts for, and who brought it in when."""

    batch: str
    on: date
    by: str
    at: datetime


class Entry(NamedTuple):
    """A row of the file that would add something: its number, and the value made of it.

    The value is a named tuple. Where some of it is no part of what was planned, as keys made for it are not, it says
    the rest as `said`.
    """

    row: int
    value: Any


Make = Callable[[Sequence[Any], Stamp], Sequence[Any]]
"""What makes rows of the values of one part: unsaved objects, and Bulks."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All an import would do. `rows` = len(entries) + unchanged + rows in error; `tally` counts words worth showing."""

    kind: str
    source: str | None
    batch: str
    sheet: Sheet
    layout: Layout
    rows: int
    entries: Packed[Entry]
    unchanged: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    tally: tuple[tuple[str, int], ...]
    make: Make
    questions: tuple[Question, ...] = ()

    @property
    def digest(self) -> str:
        """What names all that this plan would do: two plans of a file are one when they have it in common.

        The digest of canonical text: the file's digest, where our columns stand, and for each row that would add
        something its number and the value made of it, for each in error its number and reason.
        """
        about = [self.kind, self.source or "", self.sheet.digest, repr(sorted(self.layout.places.items()))]
        total = hashlib.sha256("\x1f".join(about).encode("utf-8", "surrogatepass"))
        for entry in self.entries:
            said = getattr(entry.value, "said", entry.value)
            total.update(f"\x1e{entry.row}\x1f{said!r}".encode("utf-8", "surrogatepass"))
        for problem in self.errors:
            total.update(f"\x1e{problem.row}\x1f{problem.reason}".encode("utf-8", "surrogatepass"))
        return total.hexdigest()

    @property
    def refused(self) -> dict[int, list[Problem]]:
        """The errors by row number."""
        found: dict[int, list[Problem]] = {}
        for problem in self.errors:
            found.setdefault(problem.row, []).append(problem)
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. `inserted` rows of the file are new; `batch` is None when nothing was."""

    inserted: int
    unchanged: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    batch: str | None


async def carry_out(
    book: Book, plan: Plan, *, by: str, on: date, after: int = 0, progress: Progress = quiet
) -> Outcome:
    """Write what was planned, part by part; what is written stays. Carrying out a plan again changes nothing.

    `after` is how many parts the same batch has already, from an earlier plan that was cut off: see `parts_done`.

    Raises PlanOutdated when the book changed since and a row is there now: plan again, and it is unchanged.
    """
    done = inserted = 0
    progress(done, len(plan.entries))
    for number, part in enumerate(plan.entries.parts(), after + 1):
        try:
            receipt = await book.journal.post(_draft(book, plan, number, part, by=by, on=on))
        except RowConflict as conflict:
            raise PlanOutdated(problem=str(conflict)) from conflict
        done += len(part)
        inserted += 0 if receipt.repeated else len(part)
        progress(done, len(plan.entries))
    batch = plan.batch if plan.entries else None
    return Outcome(inserted, plan.unchanged + done - inserted, plan.errors, plan.warnings, batch)


async def parts_done(book: Book, batch: str) -> int:
    """How many parts of a batch are in the book: whoever was cut off goes on after them, with a new plan."""
    if not await Batch.filter(id=batch).using_db(book.reader).exists():
        return 0
    done = 1
    while await Snapshot.filter(id=f"import/{batch}/{done + 1}").using_db(book.reader).exists():
        done += 1
    return done


def _draft(book: Book, plan: Plan, number: int, part: Sequence[Entry], *, by: str, on: date) -> Draft:
    """One part as an act. Its request tells nothing of the rows; their digest is in the snapshot, with its salt."""
    subject = f"{plan.batch}/{number}"
    evidence, kept = snapshots.take("import", subject, _facts(plan, number, part, by=by), at=book.now())
    stamp = Stamp(plan.batch, on, by, book.now())
    rows = list(plan.make([entry.value for entry in part], stamp))
    if number == 1:
        rows[:0] = [_batch(book, plan), BatchName(batch=plan.batch, name=plan.sheet.file_name[-200:])]
    return Draft(
        reference=f"import/{on.isoformat()}/{subject}",
        kind="act",
        evidence=evidence,
        effective_on=on,
        request=encoding.digest_of(
            {"batch": plan.batch, "kind": plan.kind, "part": number, "verb": "import"}
        ),
        rows=(*kept, *rows),
    )


def _facts(plan: Plan, number: int, part: Sequence[Entry], *, by: str) -> dict[str, Any]:
    return {
        "by": by,
        "errors": len(plan.refused),
        "file": plan.sheet.digest,
        "kind": plan.kind,
        "part": number,
        "parts": -(-len(plan.entries) // ROWS_IN_A_PART),
        "rows": len(part),
        "rows_digest": rows_digest(plan.sheet, part),
        "source": plan.source or "",
        "unchanged": plan.unchanged,
    }


def rows_digest(sheet: Sheet, part: Sequence[Entry]) -> str:
    """The digest of one line for each row, `["number","cell",…]` in canonical text, empty cells as empty texts."""
    lines = [
        encoding.canonical([str(entry.row), *(cell or "" for cell in sheet.rows[entry.row - 1])]) + b"\n"
        for entry in part
    ]
    return encoding.digest(b"".join(lines))


def _ending(name: str) -> str:
    """How a file's name ends, when that is a kind of file; after a dot there may be anybody's name."""
    ending = PurePath(name).suffix
    return ending if ending.lower() in ENDINGS else ""


def _batch(book: Book, plan: Plan) -> Batch:
    return Batch(
        id=plan.batch,
        kind=plan.kind,
        source=plan.source,
        file_name=_ending(plan.sheet.file_name),
        file_digest=plan.sheet.digest,
        started_at=book.now(),
    )
