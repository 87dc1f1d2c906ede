"""Where an award comes from and what became of it: event, contribution, rule, verifier, notice, vesting, correction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger import statements
from ledger.book import Book
from ledger.transactions import Receipt
from points.awards import rule_books, sentences
from points.awards.caps import Step
from points.awards.models import Correction, Verification, Vesting
from points.awards.rule_books import Shelf
from points.events import latest
from points.events.models import Contribution, Event
from points.openness.models import Notice, NoticeLine


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody has these points, from end to end. What is not there yet, or never will be, is None.

    receipt        where the award stands in the ledger; None when it was worth nothing or was returned
    reporters      members who reported the event
    notice, line   the public list it is on, and its line there
    """

    verification: Verification
    receipt: Receipt | None
    event: Event
    contribution: Contribution
    reporters: tuple[str, ...]
    arithmetic: tuple[Step, ...]
    notice: Notice | None
    line: NoticeLine | None
    vesting: Vesting | None
    correction: Correction | None
    rules: Shelf

    def sentence(self, language: str = "zh") -> str:
        """The rule in one sentence, from the version that was used; empty when no rule spoke of it."""
        name = self.verification.rule
        if not name:
            return ""
        return sentences.rule(self.rules.version(self.verification.rule_book), name, language)

    def sum(self, language: str = "zh") -> str:
        """The arithmetic in one line: `每小时 2 分 × 2 小时 = 4 分`."""
        rule_book = self.rules.version(self.verification.rule_book)
        return sentences.arithmetic(self.arithmetic, rule_book, language)


async def award(book: Book, reference: str) -> Explanation | None:
    """The explanation of one award, by its reference; None when there is no such award."""
    return (await awards(book, [reference])).get(reference)


async def awards(book: Book, references: Iterable[str]) -> dict[str, Explanation]:
    """The explanations of awards, by reference. Ten statements for 500 events."""
    rows = await Verification.filter(reference__in=sorted(set(references))).using_db(book.reader)
    return {each.verification.reference or "": each for each in await _explained(book, rows)}


async def of_event(book: Book, event: str) -> list[Explanation]:
    """What was decided on an event, awarded or not, in the order of the contributions. Ten statements."""
    rows = await Verification.filter(event=event).using_db(book.reader).order_by("contribution")
    return await _explained(book, rows)


async def _explained(book: Book, rows: Sequence[Verification]) -> list[Explanation]:
    events = {row.event for row in rows}
    references = [row.reference for row in rows if row.reference]
    about = await _about(book, references)
    told = await latest.read(book.reader, await Event.filter(id__in=events).using_db(book.reader))
    found = {each.id: each for each in told}
    doings = await Contribution.filter(event__in=events).using_db(book.reader).order_by("id")
    by_id = {each.id: each for each in doings}
    rules = await rule_books.shelf(book)
    return [
        Explanation(
            verification=row,
            event=found[row.event],
            contribution=by_id[row.contribution],
            reporters=tuple(d.member for d in doings if d.event == row.event and d.role == "reporter"),
            arithmetic=tuple(json.loads(row.arithmetic)),
            rules=rules,
            **about.of(row.reference),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _About:
    """What is written down under the references of awards."""

    receipts: Mapping[str, Receipt]
    lines: Mapping[str, NoticeLine]
    notices: Mapping[str, Notice]
    vestings: Mapping[str, Vesting]
    corrections: Mapping[str, Correction]

    def of(self, reference: str | None) -> dict[str, Any]:
        key = reference or ""
        line = self.lines.get(key)
        return {
            "receipt": self.receipts.get(key),
            "line": line,
            "notice": self.notices[line.notice] if line else None,
            "vesting": self.vestings.get(key),
            "correction": self.corrections.get(key),
        }


async def _about(book: Book, references: Sequence[str]) -> _About:
    lines = await NoticeLine.filter(award__in=references).using_db(book.reader)
    notices = await Notice.filter(id__in={line.notice for line in lines}).using_db(book.reader)
    vestings = await Vesting.filter(award__in=references).using_db(book.reader)
    corrections = await Correction.filter(of_reference__in=references).using_db(book.reader)
    return _About(
        receipts=await statements.known(book.reader, references),
        lines={line.award: line for line in lines},
        notices={notice.id: notice for notice in notices},
        vestings={each.award: each for each in vestings},
        corrections={each.of_reference: each for each in corrections},
    )
