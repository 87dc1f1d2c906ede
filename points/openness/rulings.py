"""Rulings: the answer to an objection. Upheld, a correction takes the points back; dismissed, they are let go again."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.book import Book
from ledger.errors import BelowFloor, Busy, Moved, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting, Receipt
from points import chart
from points.awards import correction_requests, corrections, vesting
from points.awards.correction_requests import Request
from points.awards.errors import AlreadyCorrected
from points.awards.models import Correction
from points.openness import disputes, objections, ruling_rights
from points.openness.errors import AnswerMissing, LineCorrected, NothingToUphold, RuledAlready
from points.openness.models import NoticeLine
from points.openness.records import Objection, Release, Ruling, RulingText

TEXT_AT_MOST = 500
ROUNDS = 10


async def dismiss(book: Book, number: str, *, text: str, by: str, on: date) -> Ruling:
    """Answer that an objection is not so. The points are let go when no other objection to them is open.

    They vest by the sweep, at once if their notice has closed. The same answer by the same person again changes
    nothing. Raises UnknownObjection, AnswerMissing, LineCorrected, RuledAlready, NotAllowed, OwnRuling and Busy.
    """
    said = _said(text)
    objection = await objections.find(book, number)
    for _ in range(ROUNDS):
        ordinal = await disputes.next_step(book, objection.award)
        if before := await _before(book, objection, "dismissed", by=by):
            return before
        try:
            await book.journal.post(await _dismissal(book, objection, ordinal, said, by=by, on=on))
        except (BelowFloor, Moved, ReferenceConflict, RowConflict):
            continue  # somebody objected, ruled, corrected or merged between our reading and our writing
        await vesting.vest(book, [objection.award], on)
        return await Ruling.get(objection=objection.id, using_db=book.reader)
    raise Busy


async def uphold(book: Book, number: str, *, text: str, by: str, on: date) -> Receipt:
    """Answer that an objection is right: the award is corrected, which answers every open objection to it.

    The answer is the receipt of the correction; above the threshold it takes two people, see `ask`.
    Raises UnknownObjection, AnswerMissing, LineCorrected, RuledAlready, NotAllowed, OwnRuling and what a correction
    raises.
    """
    said = _said(text)
    objection = await objections.find(book, number)
    ruling = await _before(book, objection, "upheld", by=by)
    if ruling is None:
        await ruling_rights.require(book, objection.award, await disputes.of(book, objection.award), by=by)
    try:
        receipt = await corrections.correct(book, objection.award, disputes.UPHELD, by=by, on=on, note=said)
    except AlreadyCorrected as corrected:
        raise LineCorrected(**corrected.facts) from corrected
    except NothingToUphold:
        await _before(book, objection, "upheld", by=by)
        raise
    await _before(book, objection, "upheld", by=by)  # somebody may have dismissed this one in the same moment
    return receipt


async def ask(book: Book, number: str, *, text: str, by: str, key: str) -> Request:
    """Ask that an objection be upheld where that takes two people: when another approves, it is answered.

    Raises what `uphold` raises, but NeedsSecondPerson.
    """
    said = _said(text)
    objection = await objections.find(book, number)
    await ruling_rights.require(book, objection.award, await disputes.of(book, objection.award), by=by)
    return await correction_requests.ask(book, objection.award, disputes.UPHELD, by=by, key=key, note=said)


def _said(text: str) -> str:
    said = text.strip()[:TEXT_AT_MOST]
    if not said:
        raise AnswerMissing
    return said


async def _before(book: Book, objection: Objection, decision: str, *, by: str) -> Ruling | None:
    """This very answer, given before. Raises RuledAlready for another one, and LineCorrected."""
    ruling = await Ruling.get_or_none(objection=objection.id, using_db=book.reader)
    if ruling is None:
        gone = await Correction.get_or_none(of_reference=objection.award, using_db=book.reader)
        if gone is not None:
            raise LineCorrected(day=gone.corrected_on)
    elif (ruling.decision, ruling.ruled_by) != (decision, by):
        raise RuledAlready(day=ruling.ruled_on)
    return ruling


async def _dismissal(
    book: Book, objection: Objection, ordinal: int, text: str, *, by: str, on: date
) -> Draft:
    """The answer, and with the last one the entry that lets the points go."""
    award = objection.award
    line = await NoticeLine.get(award=award, using_db=book.reader)
    purse = await disputes.purse(book, line.member)
    await ruling_rights.require(book, award, await disputes.of(book, award), by=by)
    others = [each for each in await disputes.unanswered(book, award) if each.id != objection.id]
    freeze = (await disputes.frozen(book, [award])).get(award)
    reference, day = disputes.step(award, ordinal), on.isoformat()
    answer = {"decision": "dismissed", "ruled_by": by, "ruled_on": day, "reference": reference}
    rows: list[Any] = [
        Ruling(objection=objection.id, **answer),
        RulingText(objection=objection.id, text=text),
    ]
    posting = None
    if freeze is not None and not others:
        rows.append(Release(freeze=freeze.reference, how="dismissed", released_on=day, reference=reference))
        if freeze.points:
            posting = Posting(purse.disputed, purse.noticed, freeze.points, chart.POINTS)
    facts = {"award": award, "by": by, "decision": "dismissed", "objection": objection.id}
    return disputes.draft(
        book,
        award,
        ordinal,
        ("ruling", objection.id),
        facts,
        rows,
        on=on,
        moves=("dismiss", posting),
        seen=purse.seen,
    )
