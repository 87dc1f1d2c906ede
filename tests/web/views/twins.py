"""Somebody of the sample town who is enrolled a second time."""

from __future__ import annotations

from points.keys import new_key
from points.people import members
from points.people.members import Details
from tests.web.guests import Guests

LIST, PAIR = "/members/duplicates", "/members/pair?one=V-000001&two={twin}"


def enrol_again(guests: Guests, *, name: str = "王秀岚", of: str = "V-000001") -> str:
    """王秀兰 once more, with a slip in the name; the new number."""
    book = guests.book

    async def work() -> str:
        someone = await members.exact(book, of)
        made = await members.enrol(
            book,
            name=name,
            kind="volunteer",
            area=someone.area,
            by="S-0004",
            on=book.today(),
            key=new_key(),
            birthday=someone.birthday,
            details=Details(language="zh"),
        )
        return made.number

    return str(guests.run(work))
