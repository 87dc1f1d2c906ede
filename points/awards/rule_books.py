"""Rule books: publish a version that never changes, and find the one in force on the day of an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence
from points.awards import models, rule_text
from points.awards.errors import AlreadyJudged, NoRuleBook, RulesNeedTwo, TooEarly
from points.awards.rules import RuleBook
from points.evidence import acts
from points.evidence.models import Snapshot
from points.people import roles
from points.people.models import RoleGrant

APPROVERS = ("admin", "approver")
"""Who may agree to what somebody else asked to publish; an admin is who asks."""

_JUDGED = """
SELECT count(DISTINCT e.id) AS n FROM events_event AS e JOIN awards_verification AS v ON v.event = e.id
WHERE e.occurred_at >= ?"""


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
    """Publish a text as the next version by one person. The newest version's own text again changes nothing.

    `by` is `system` for the first version, while a book is laid out, and afterwards an admin of the whole book for as
    long as there never was a second person who could agree: then it takes two, see `publications`.
    Raises BadRuleBook with every problem, TooEarly, AlreadyJudged, NotAllowed, RulesNeedTwo, and ReferenceConflict if
    somebody was faster.
    """
    published = (await shelf(book)).versions
    rule_book = rule_text.parse(text)
    if published and published[-1].digest == encoding.digest(text):
        return published[-1]
    if published or by != roles.SYSTEM:
        await roles.require(book, by, "admin", None, on)
        if not await _alone(book, by):
            raise RulesNeedTwo
    if published:
        await require_day(book, Shelf(published), rule_book.in_force_from, earliest=on)
    rule_book = replace(rule_book, version=len(published) + 1, digest=encoding.digest(text))
    await book.journal.post(draft(book, rule_book, text, facts={"by": by}, on=on))
    return rule_book


async def require_day(book: Book, rules: Shelf, day: date, *, earliest: date) -> None:
    """Raise unless a new version may begin on a day: not before `earliest`, and no event since then was judged.

    Days gone by keep their rules, and so does an event that somebody verified by the version they knew.
    """
    if day < earliest:
        raise TooEarly(earliest=earliest.isoformat(), in_force_from=day.isoformat())
    begins = datetime.combine(day, time(), tzinfo=book.zone)
    (row,) = await book.reader.execute_query_dict(_JUDGED, [begins.astimezone(UTC)])
    if row["n"]:
        raise AlreadyJudged(day=day.isoformat(), version=rules.on(day).version, events=row["n"])


async def _alone(book: Book, by: str) -> bool:
    """Whether nobody but this one could ever agree: a second person who was dismissed still was one."""
    others = RoleGrant.filter(role__in=APPROVERS, area=None).exclude(member=by)
    return not await others.using_db(book.reader).exists()


async def evidence(book: Book, rule_book: RuleBook) -> Evidence:
    """The snapshot that was taken when a version was published; expiry cites it."""
    key = f"rule_book/{rule_book.version}"
    snapshot = await Snapshot.get(id=key, using_db=book.reader)
    return Evidence("rule_book", str(rule_book.version), snapshot.digest)


def draft(
    book: Book,
    rule_book: RuleBook,
    text: str,
    *,
    facts: Mapping[str, Any],
    on: date,
    more: tuple[Any, ...] = (),
) -> Draft:
    """The act that publishes a version, with its row and `more`. `facts` say who did it and what they went by."""
    number = rule_book.version
    reference = f"rules/{rule_book.in_force_from}/{number}"
    row = models.RuleBook(
        version=number,
        in_force_from=rule_book.in_force_from.isoformat(),
        text=text,
        digest=rule_book.digest,
        published_on=on.isoformat(),
        reference=reference,
    )
    said = {**facts, "published_on": on.isoformat(), "text": text, "version": number}
    about, request = ("rule_book", str(number)), {"digest": rule_book.digest, "version": number}
    return acts.draft(book, reference, about, said, [row, *more], on=on, request=request)


def _published(row: models.RuleBook) -> RuleBook:
    return replace(rule_text.published(row.text), version=row.version, digest=row.digest)
