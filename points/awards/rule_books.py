"""Rule books: publish a version that never changes, and find the one in force on the day of an event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence
from points.awards import models, rule_text
from points.awards.errors import NoRuleBook, TooEarly
from points.awards.rules import RuleBook
from points.evidence import acts
from points.evidence.models import Snapshot
from points.people import roles


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every published version, the oldest first."""

    versions: tuple[RuleBook, ...]

    def on(self, day: date) -> RuleBook:
        """The version in force on a day: the newest that had begun by then. Raises NoRuleBook."""
        for rule_book in reversed(self.versions):
            if rule_book.in_force_from <= day:
                return rule_book
        raise NoRuleBook(day=day.isoformat())

    def version(self, number: int) -> RuleBook:
        """The version that a verification names."""
        return self.versions[number - 1]

    def limits(self, cap: str) -> set[int]:
        """Every limit a cap ever had: what was drawn under an old one still counts."""
        return {each.caps[cap].limit for each in self.versions if cap in each.caps}


async def shelf(book: Book) -> Shelf:
    """Read all the published versions in one statement."""
    rows = await models.RuleBook.all().using_db(book.reader).order_by("version")
    return Shelf(tuple(_published(row) for row in rows))


async def in_force(book: Book, day: date) -> RuleBook:
    """The version in force on a day, which is the day of the event. Raises NoRuleBook."""
    return (await shelf(book)).on(day)


async def publish(book: Book, text: str, *, by: str, on: date) -> RuleBook:
    """Publish a text as the next version, as an act in the ledger. The newest version's own text again changes nothing.

    `by` is an admin of the whole book, or `system` for the first version, while the book is laid out. Days gone by keep
    their rules: from the second version on, `in_force_from` may not lie before `on`.
    Raises BadRuleBook with every problem, TooEarly, NotAllowed, and ReferenceConflict if somebody was faster.
    """
    rule_book = rule_text.parse(text)
    published = (await shelf(book)).versions
    digest = encoding.digest(text)
    if published and published[-1].digest == digest:
        return published[-1]
    if published or by != roles.SYSTEM:
        await roles.require(book, by, "admin", None, on)
    if published and rule_book.in_force_from < on:
        raise TooEarly(earliest=on.isoformat(), in_force_from=rule_book.in_force_from.isoformat())
    rule_book = replace(rule_book, version=len(published) + 1, digest=digest)
    await book.journal.post(_draft(book, rule_book, text, by=by, on=on))
    return rule_book


async def evidence(book: Book, rule_book: RuleBook) -> Evidence:
    """The snapshot that was taken when a version was published; expiry cites it."""
    key = f"rule_book/{rule_book.version}"
    snapshot = await Snapshot.get(id=key, using_db=book.reader)
    return Evidence("rule_book", str(rule_book.version), snapshot.digest)


def _draft(book: Book, rule_book: RuleBook, text: str, *, by: str, on: date) -> Draft:
    number = rule_book.version
    reference = f"rules/{rule_book.in_force_from}/{number}"
    facts = {"by": by, "published_on": on.isoformat(), "text": text, "version": number}
    row = models.RuleBook(
        version=number,
        in_force_from=rule_book.in_force_from.isoformat(),
        text=text,
        digest=rule_book.digest,
        published_on=on.isoformat(),
        reference=reference,
    )
    about, request = ("rule_book", str(number)), {"digest": rule_book.digest, "version": number}
    return acts.draft(book, reference, about, facts, [row], on=on, request=request)


def _published(row: models.RuleBook) -> RuleBook:
    return replace(rule_text.parse(row.text), version=row.version, digest=row.digest)
