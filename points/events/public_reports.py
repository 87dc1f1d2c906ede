"""Reports by residents without an account: by a poster's QR, under a number that only they know."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.events import categories, filing
from points.events.errors import BadCategory, UnknownReport
from points.events.filing import TRIES, Filed, Written
from points.events.models import Step
from points.events.records import EventText, PublicReport
from points.evidence import acts
from points.keys import new_key
from points.people import posters
from points.people.posters import ALPHABET

CATEGORIES = "FSEPTNDHWCZ"
"""What a resident chooses from; somebody who works there mends it."""
ORIGIN = "居民扫码"
NUMBER_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What a resident says. All of it can be erased but the category."""

    category: str
    text: str
    place: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """The event that was made of it, and the number by which the resident follows it: K7Q2M-4TXW9."""

    event: str
    number: str


async def file(book: Book, poster: str, said: Told, *, key: str) -> Received:
    """File a report of nobody in particular where a poster hangs; the same key again answers with the same number.

    Nobody earns points by it: there is no one to give them to. Raises UnknownPoster and BadCategory.
    """
    reference = f"public/{poster}/{key}"
    asked = {"category": said.category, "poster": poster}
    if done := await acts.before(book, reference, asked):
        return await _before(book, done, said)
    hung = await posters.find(book, poster, "report")
    if said.category not in CATEGORIES or len(said.category) != 1:
        raise BadCategory(category=said.category)
    number = _number()
    for _ in range(TRIES):
        filed = Filed(new_key(), await filing.following(book))
        facts = {**asked, "area": hung.area, "event": filed.event, "number": filed.number}
        written = _written(book, hung.area, said)
        rows = [
            filing.event_row(filed, written),
            Step(id=new_key(), event=filed.event, name="reported", taken_at=book.now(), actor=None),
            EventText(
                event=filed.event, text=said.text, place=said.place or None, contact=said.contact or None
            ),
            PublicReport(number=number, event=filed.event, poster=hung.code),
        ]
        draft = acts.draft(book, reference, ("event", filed.event), facts, rows, request=asked)
        try:
            receipt = await book.journal.post(draft)
        except RowConflict:
            continue  # somebody else took this event's number in the meantime
        if receipt.repeated and (done := await acts.before(book, reference, asked)):
            return await _before(book, done, said)
        return Received(filed.event, number)
    raise Busy


async def follow(book: Book, number: str) -> str:
    """The key of the event with this number, as people type it; one statement whatever it is. Raises UnknownReport."""
    typed = "".join(letter for letter in number.upper() if letter in ALPHABET)[: NUMBER_LETTERS + 1]
    wanted = f"{typed[:5]}-{typed[5:]}"
    row = await PublicReport.get_or_none(number=wanted, using_db=book.reader)
    if row is None:
        raise UnknownReport
    return row.event


def _written(book: Book, area: str, said: Told) -> Written:
    """What stays of it: its category stands for its words."""
    return Written(
        kind="report",
        area=area,
        category=said.category,
        what=categories.named(said.category).zh,
        occurred_at=book.now(),
        origin=ORIGIN,
    )


def _number() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LETTERS))
    return f"{letters[:5]}-{letters[5:]}"


async def _before(book: Book, done: acts.Done, said: Told) -> Received:
    row = await PublicReport.get(event=done.subject, using_db=book.reader)
    done.require(await filing.words_of(book, done.subject) == (said.text, said.place, said.contact))
    return Received(done.subject, row.number)
