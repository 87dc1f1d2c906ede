"""Corrections: the award that undoes another. Nothing is edited; every source gets back exactly what it gave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, Moved, ReferenceConflict
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points import chart
from points.awards import whereabouts
from points.awards.errors import (
    AlreadyCorrected,
    NamesSomebody,
    NeedsReason,
    NeedsSecondPerson,
    NotSecondPerson,
    NotSettled,
    OwnCorrection,
    UnknownAward,
)
from points.awards.models import Correction, Verification, Vesting
from points.awards.vesting import vest_reference
from points.events import latest
from points.events.models import Event
from points.evidence import snapshots
from points.keys import new_key
from points.people import areas, households, roles
from points.people.errors import NotAllowed
from points.people.models import Person
from points.people.twice import merges

CORRECTORS = ("notice_publisher", "verifier")
"""Those who answer objections and those who verify may ask for a correction in their area."""
APPROVERS = (*CORRECTORS, "admin")
ALONE_AT_MOST = 500
"""Points that one person may correct alone: in one award, for themself in a day, for one member in a month."""
ROUNDS = 5
_PHONE = re.compile(r"1\d{10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The award to be undone, why, and by whom; `who` goes on for its member, whose number may have been merged."""

    award: Verification
    who: str
    reason: str
    by: str
    approved_by: str | None
    on: date

    @property
    def reference(self) -> str:
        return f"reverse/{self.award.reference}"

    @property
    def request(self) -> str:
        return encoding.digest_of({"by": self.by, "of": self.award.reference or "", "reason": self.reason})


async def correct(
    book: Book, reference: str, reason: str, *, by: str, on: date, approved_by: str | None = None
) -> Receipt:
    """Undo an award: points, honour, minutes and caps go back to where they came from, on this day.

    The points are taken from where they are: on notice (or frozen by an objection); else what they vested into; after
    its day, what its expiry moved; else what else the member can spend, latest expiry first; and the rest is owed. An
    award that has not vested never will. More than 500 points need a second person. The same correction asked again by
    the same person gives the first receipt. Raises UnknownAward, NeedsReason, NotAllowed, OwnCorrection,
    NeedsSecondPerson, NotSecondPerson, AlreadyCorrected, and NamesSomebody for a reason that names the member: it stays
    for good, and a person may be erased.
    """
    if not reason.strip():
        raise NeedsReason
    award = await Verification.get_or_none(reference=reference, using_db=book.reader)
    if award is None:
        raise UnknownAward(reference=reference)
    who = await merges.stands_for(book, award.member)
    await _names_nobody(book, award.member, reason)
    asked = _Asked(award, who, reason.strip(), by, approved_by, on)
    before = await _before(book, asked)
    if before:
        return before
    await _may(book, asked)
    for _ in range(ROUNDS):
        try:
            return (await book.journal.post_together(await _drafts(book, asked)))[-1]
        except (BelowFloor, Moved, ReferenceConflict, AlreadyReversed):
            # it vested, was spent, merged or corrected between our reading and our writing: look again
            asked = replace(asked, who=await merges.stands_for(book, award.member))
            before = await _before(book, asked)
            if before:
                return before
    raise NotSettled(why="正好有人在用这位成员的积分，请再试一次")


async def _names_nobody(book: Book, member: str, reason: str) -> None:
    person = await Person.get_or_none(member=member, using_db=book.reader)
    names = (person.name, person.guardian_name) if person else ()
    if _PHONE.search(reason) or any(name and name in reason for name in names):
        raise NamesSomebody


async def _before(book: Book, asked: _Asked) -> Receipt | None:
    """The receipt of this very correction, when it was made; raises AlreadyCorrected for another one."""
    row = await Correction.get_or_none(of_reference=asked.award.reference, using_db=book.reader)
    if row is None:
        return None
    if (row.reason, row.corrected_by) != (asked.reason, asked.by):
        raise AlreadyCorrected(day=row.corrected_on)
    return (await statements.known(book.reader, [row.reference]))[row.reference]


async def _may(book: Book, asked: _Asked) -> None:
    """Raise unless `by`, and above the threshold a second person, may do this in the area of the event."""
    (event,) = await latest.read(book.reader, [await Event.get(id=asked.award.event, using_db=book.reader)])
    path = await areas.path(book, event.area or "")
    people = [asked.by, asked.who, *([asked.approved_by] if asked.approved_by else [])]
    homes = await households.of(book, people)
    if households.same_side(asked.by, asked.who, homes):
        raise OwnCorrection
    if not await _holds_one(book, asked.by, CORRECTORS, path, asked.on):
        raise NotAllowed(member=asked.by, role=roles.NAMES[CORRECTORS[0]])
    if asked.approved_by is None:
        await _require_small(book, asked)
        return
    sides = (asked.by, asked.who)
    if any(households.same_side(asked.approved_by, side, homes) for side in sides) or not await _holds_one(
        book, asked.approved_by, APPROVERS, path, asked.on
    ):
        raise NotSecondPerson(approver=asked.approved_by)


async def _holds_one(book: Book, member: str, names: Sequence[str], path: str, on: date) -> bool:
    granted = await roles.grants_of(book, member, on)
    return any(grant.role in names and areas.covers(path, grant.area) for grant in granted)


_SO_FAR = """
SELECT coalesce(sum(CASE WHEN c.corrected_by = ? AND c.corrected_on = ? THEN v.points END), 0) AS by_person,
    coalesce(sum(CASE WHEN v.member = ? AND substr(c.corrected_on, 1, 7) = ? THEN v.points END), 0) AS of_member
FROM awards_correction AS c JOIN awards_verification AS v ON v.reference = c.of_reference
WHERE c.approved_by IS NULL"""


async def _require_small(book: Book, asked: _Asked) -> None:
    """Many small corrections need a second person like one large one."""
    day = asked.on.isoformat()
    values = [asked.by, day, asked.award.member, day[:7]]
    (row,) = await book.reader.execute_query_dict(_SO_FAR, values)
    points = asked.award.points + max(row["by_person"], row["of_member"])
    if points > ALONE_AT_MOST:
        raise NeedsSecondPerson(points=points, limit=ALONE_AT_MOST)


async def _drafts(book: Book, asked: _Asked) -> list[Draft]:
    """The correction, and before it, for an award that has not vested, the act that uses up its vesting."""
    award = asked.award
    vesting = await Vesting.get_or_none(award=award.reference, using_db=book.reader)
    given = await _given(book, award.reference or "")
    expired, merged = await _version_of_expired(book), await _versions_of_kept(book, asked)
    postings = await _back(book, asked, given, vesting)
    evidence, rows = snapshots.take("correction", new_key(), _facts(asked), at=book.now())
    row = Correction(
        reference=asked.reference,
        of_reference=award.reference,
        reason=asked.reason,
        corrected_by=asked.by,
        approved_by=asked.approved_by,
        corrected_on=asked.on.isoformat(),
    )
    reversal = Draft(
        reference=asked.reference,
        kind="correct",
        evidence=evidence,
        effective_on=asked.on,
        request=asked.request,
        postings=postings,
        reverses=award.reference,
        rows=(*rows, row),
        seen=(
            *(((chart.EXPIRED, chart.POINTS, expired),) if _takes_expired(postings) else ()),
            *(one for one in merged if any(each.source == one[0] for each in postings)),
        ),
    )
    return [reversal] if vesting else [_never_vests(asked, evidence), reversal]


def _takes_expired(postings: Sequence[Posting]) -> bool:
    """Whose points those on the expired account were, no floor says: two corrections might take the same ones."""
    return any(each.source == chart.EXPIRED for each in postings)


async def _version_of_expired(book: Book) -> int:
    """Read before what is planned from it."""
    key = (chart.EXPIRED, chart.POINTS)
    standing = (await statements.standings_of(book.reader, [key])).get(key)
    return standing.version if standing else 0


async def _versions_of_kept(book: Book, asked: _Asked) -> list[tuple[str, str, int]]:
    """For a member who was merged: how what they share with the kept number stands, so long as they are merged."""
    if asked.who == asked.award.member:
        return []
    keys = [(chart.honour(asked.who), chart.HONOUR), (chart.hours(asked.who), chart.MINUTES)]
    found = await statements.standings_of(book.reader, keys)
    if await merges.stands_for(book, asked.award.member) != asked.who:
        raise Moved(address=keys[0][0], unit=chart.HONOUR)
    return [(address, unit, one.version) for (address, unit), one in found.items()]


def _never_vests(asked: _Asked, evidence: Evidence) -> Draft:
    """One reference has one effect: either the award vests, or this act says that it never will."""
    return Draft(
        reference=vest_reference(asked.award.reference or ""),
        kind="act",
        evidence=evidence,
        effective_on=asked.on,
        request=encoding.digest_of({"award": asked.award.reference or "", "verb": "never"}),
    )


def _facts(asked: _Asked) -> dict[str, Any]:
    return {
        "approved_by": asked.approved_by or "",
        "corrected_by": asked.by,
        "corrected_on": asked.on.isoformat(),
        "of": asked.award.reference or "",
        "reason": asked.reason,
    }


_GIVEN = """
SELECT s.address AS source, t.address AS target, p.amount, p.unit
FROM ledger_transaction AS x
JOIN ledger_posting AS p ON p.id BETWEEN x.position * 256 AND x.position * 256 + 255
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE x.reference = ? ORDER BY p.id"""


async def _given(book: Book, reference: str) -> list[Posting]:
    """What the award posted."""
    return [Posting(**row) for row in await book.reader.execute_query_dict(_GIVEN, [reference])]


async def _back(
    book: Book, asked: _Asked, given: Sequence[Posting], vesting: Vesting | None
) -> tuple[Posting, ...]:
    """Each posting the other way round; points from wherever they are now."""
    postings = []
    for each in given:
        if each.unit == chart.POINTS:
            until = date.fromisoformat(vesting.until_on) if vesting else None
            sources = await whereabouts.of(book, asked.who, each.amount, until, asked.on)
            postings += [Posting(address, each.source, amount, each.unit) for address, amount in sources]
        else:
            theirs, kept = f"member/{asked.award.member}/", f"member/{asked.who}/"
            postings.append(
                Posting(each.target.replace(theirs, kept, 1), each.source, each.amount, each.unit)
            )
    return tuple(postings)
