"""An application that nobody answered lapses, and what somebody said of themself does not lie about any longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from ledger.book import Book
from points.people import applications
from points.people.models import Application, ApplicationText
from points.people.roles import SYSTEM

WAITS = timedelta(days=60)
"""The page promises a call within two working days; whoever was not called in two months asks again."""
LAPSED = "lapsed"
"""The reason that stands in the decision; no clerk can choose it."""


async def lapse(book: Book, on: date) -> list[str]:
    """Close the applications that were made more than sixty days before a day and that nobody decided, and erase what
    was said in them; the answer is their numbers. Whoever asks for one is told to ask again, or to come to the window.
    """
    before = datetime.combine(on - WAITS, time.min, book.zone).astimezone(UTC)
    await applications.clean(book)  # what was decided has no words any more: every text that is left waits
    waiting = await ApplicationText.all().using_db(book.reader).values_list("application", flat=True)
    old = Application.filter(number__in=list(waiting), asked_at__lt=before).using_db(book.reader)
    numbers = [row.number for row in await old.order_by("asked_at", "number")]
    for number in numbers:
        await applications.close(book, number, LAPSED, by=SYSTEM)
    await applications.clean(book)
    return numbers
