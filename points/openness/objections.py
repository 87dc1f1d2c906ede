"""Objections: somebody says that a line of a notice is not right; its points are frozen until that is answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from ledger import statements
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, Moved, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart
from points.awards.models import Correction, Vesting
from points.awards.shared_records import AwardShare
from points.errors import PointsError
from points.events import workdays
from points.openness import disputes, lists, ruling_rights
from points.openness.errors import (
    BadObjection,
    LineCorrected,
    NotYetPublished,
    ObjectedAlready,
    TooLateToObject,
    UnknownLine,
    UnknownNotice,
    UnknownObjection,
)
from points.openness.models import Notice, NoticeLine
from points.openness.records import Freeze, Objection, ObjectionText
from points.people import clerks, roles

REASONS = {
    "hours": "时长不对",
    "person": "不是本人做的",
    "nothing": "没有这回事",
    "twice": "同一件事记了两次",
    "points": "分数算得不对",
    "other": "其他",
}
DESK = (*clerks.ROLES, "notice_publisher")
"""Who may write down what a visitor says."""
ANSWER_WITHIN = 5
"""Working days; the day of the objection is not counted."""
TEXT_AT_MOST, CONTACT_AT_MOST = 500, 40
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """An objection as it was written down."""

    number: str
    award: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody objects: a code of REASONS, their own words, and how a visitor can be reached."""

    reason: str
    text: str = ""
    contact: str = ""

    def checked(self) -> Said:
        """The same without what is around the words; raises BadObjection."""
        said = Said(self.reason, self.text.strip()[:TEXT_AT_MOST], self.contact.strip()[:CONTACT_AT_MOST])
        if said.reason not in REASONS or (said.reason == "other" and not said.text):
            raise BadObjection
        return said


async def make(
    book: Book,
    notice: str,
    code: str,
    said: Said,
    *,
    key: str,
    on: date,
    objector: str | None = None,
    recorded_by: str | None = None,
) -> Made:
    """Object to a line of a notice, by its number and code: its points are frozen in the same commit, nothing else is.

    `objector` is whoever signed in, None for a visitor; `recorded_by` is who wrote it down for a visitor at the desk, a
    clerk of the area. Days count inclusively: from the day a notice is published to the day before it closes. A line
    that is frozen already stays so, and each objection gets an answer, within five working days. The same key again
    answers with the first. Raises UnknownNotice, UnknownLine, BadObjection, NotAllowed, NotYetPublished,
    TooLateToObject, LineCorrected, ObjectedAlready, ReferenceConflict and Busy.
    """
    said = said.checked()
    list_, line = await line_of(book, notice, code)
    if recorded_by is not None:
        await roles.require_any(book, recorded_by, DESK, await ruling_rights.path_of(book, line.award))
    name = _name(line.award, objector or "", recorded_by or "", key)
    for _ in range(ROUNDS):
        if before := await _before(book, name, said):
            return before
        ordinal = await disputes.next_step(book, line.award)
        try:
            await _require_open(book, list_, line, on, objector)
        except PointsError:
            if before := await _before(book, name, said):
                return before  # it was this very one, pressed twice
            raise
        try:
            draft = await _draft(book, list_, line, said, name, ordinal, on, (objector, recorded_by))
            await book.journal.post(draft)
        except (BelowFloor, Moved, ReferenceConflict, RowConflict):
            continue  # somebody objected, ruled, merged or swept between our reading and our writing
    raise Busy


async def line_of(book: Book, notice: str, code: str) -> tuple[Notice, NoticeLine]:
    """A notice by its number and the line that hangs there under a code. Raises UnknownNotice, UnknownLine."""
    found = await Notice.get_or_none(number=notice, using_db=book.reader)
    if found is None:
        raise UnknownNotice(number=notice)
    wanted = code.strip().upper()
    line = await NoticeLine.get_or_none(notice=found.id, code=wanted[:12], using_db=book.reader)
    if line is None or wanted.startswith(lists.UNSEEN):
        raise UnknownLine(code=code)
    return found, line


async def find(book: Book, number: str) -> Objection:
    """An objection by the number that whoever made it was given. Raises UnknownObjection."""
    row = await Objection.get_or_none(number=number.strip().upper()[:16], using_db=book.reader)
    if row is None:
        raise UnknownObjection(number=number[:20])
    return row


def _name(award: str, objector: str, recorded_by: str, key: str) -> str:
    """The key of its row: what is asked again under one key is found by it."""
    return hashlib.sha256(f"objection/{award}/{objector}/{recorded_by}/{key}".encode()).hexdigest()[:32]


async def _before(book: Book, name: str, said: Said) -> Made | None:
    row = await Objection.get_or_none(id=name, using_db=book.reader)
    if row is None:
        return None
    text = await ObjectionText.get_or_none(objection=name, using_db=book.reader)
    if row.reason != said.reason or (
        text is not None and (text.text, text.contact) != (said.text, said.contact)
    ):
        known = await statements.known(book.reader, [row.reference])
        raise ReferenceConflict(reference=row.reference, position=known[row.reference].position)
    return Made(row.number, row.award, date.fromisoformat(row.answer_by))


async def _require_open(book: Book, notice: Notice, line: NoticeLine, on: date, objector: str | None) -> None:
    """Raise unless a line can be objected to on a day, by somebody who does not wait for an answer on it already."""
    corrected = await Correction.get_or_none(of_reference=line.award, using_db=book.reader)
    if corrected is not None:
        raise LineCorrected(day=corrected.corrected_on)
    if on.isoformat() < notice.published_on:
        raise NotYetPublished(first=notice.published_on)
    vested = await Vesting.filter(award=line.award).using_db(book.reader).exists()
    if vested or on.isoformat() >= notice.closes_on:
        raise TooLateToObject(last=(date.fromisoformat(notice.closes_on) - timedelta(days=1)).isoformat())
    if objector is not None:
        mine = [each for each in await disputes.unanswered(book, line.award) if each.objector == objector]
        if mine:
            raise ObjectedAlready(number=mine[0].number)


async def _draft(
    book: Book,
    notice: Notice,
    line: NoticeLine,
    said: Said,
    name: str,
    ordinal: int,
    on: date,
    people: tuple[str | None, str | None],
) -> Draft:
    """The entry that freezes the points, or an act where they are frozen; who objected is in no entry.

    What a household, team or studio got of the award stays where it is on notice, and does not vest meanwhile.
    """
    purse = await disputes.purse(book, line.member)
    freeze = (await disputes.frozen(book, [line.award])).get(line.award)
    objection = Objection(
        id=name,
        number=f"Y-{lists.codes(1)[0]}",
        award=line.award,
        notice=notice.id,
        reason=said.reason,
        objector=people[0],
        recorded_by=people[1],
        made_on=on.isoformat(),
        answer_by=workdays.due_on(on, ANSWER_WITHIN).isoformat(),
        reference=disputes.step(line.award, ordinal),
    )
    rows = [objection, ObjectionText(objection=name, text=said.text, contact=said.contact)]
    own = line.points - sum(
        each.points for each in await AwardShare.filter(award=line.award).using_db(book.reader)
    )
    if freeze is None:
        frozen = {"award": line.award, "points": own, "frozen_on": on.isoformat()}
        rows.append(Freeze(reference=objection.reference, **frozen))
    posting = Posting(purse.noticed, purse.disputed, own, chart.POINTS) if own else None
    facts = {"award": line.award, "notice": notice.number, "objection": name, "reason": said.reason}
    return disputes.draft(
        book,
        line.award,
        ordinal,
        ("objection", name),
        facts,
        rows,
        on=on,
        moves=("object", posting if freeze is None else None),
        seen=purse.seen,
    )
