"""A PIN set anew over the counter: whoever was signed in with the old one is out, and a locked number is open again."""

from __future__ import annotations

from ledger.book import Book
from points.people import enrolment, members
from web import limits, sessions


async def set_anew(book: Book, member: str, pin: str, *, by: str, key: str, pepper: bytes) -> None:
    """Set it, then end every session of theirs and forget how often it was tried, by number and by phone.

    Raises what `enrolment.set_pin` does, and then nothing has changed.
    """
    await enrolment.set_pin(book, member, pin, by=by, key=key, pepper=pepper)
    await let_in(book, member)


async def let_in(book: Book, member: str) -> None:
    """End the sessions of somebody whose PIN was set, and let both their number and their phone be tried again."""
    someone = await members.find(book, member)
    await sessions.end_all(book, someone.number)
    for spelled in filter(None, (someone.number, someone.phone)):
        await limits.reset(book, f"{sessions.RESIDENT} {spelled}")
