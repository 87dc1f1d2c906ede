"""A meeting on the rules with its minutes attached, as tests of pages need it in the sample town."""

from __future__ import annotations

from datetime import timedelta

from ledger.book import Book
from points.district import open_district
from points.events import attachments, filing
from points.events.filing import Held, Written
from points.sample.town import COMMUNITY
from tests.points.events.photographs import paper
from web.settings import Settings

HEAD = "S-0009"


async def meeting(book: Book, settings: Settings) -> str:
    """Yesterday's meeting, filed by 马丽, who attached what was agreed; the answer is its number."""
    begun = book.now() - timedelta(days=1)
    said = Written("meeting", COMMUNITY, "M", "细则议事会", begun, type_name="议事会")
    held = Held(begun + timedelta(hours=2))
    filed = await filing.hold(book, said, held, by=HEAD, key="rules")
    await attachments.add(
        book, settings.attachments, filed.event, paper(), name="other", by=HEAD, key="minutes"
    )
    return filed.number


async def held(settings: Settings) -> str:
    """The same in a book that is not open."""
    async with open_district(settings.book) as book:
        return await meeting(book, settings)
