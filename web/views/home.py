"""A member's own page: what they have, what is coming, the last entries, and the next reward."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from points import statement
from points.awards import coming, expiry_warnings, purse
from points.market import catalogue
from web import access, entries, pages

LAST = 3


async def show(request: Request) -> Response:
    """GET /points: a constant number of statements, however long the history."""
    book, member = access.book(request), access.who(request).member
    today = book.today()
    noticed = await coming.noticed(book, member)
    checked = await coming.being_checked(book, member)
    offers = await catalogue.for_member(book, member, today)
    return pages.render(
        request,
        "home.html",
        member=member,
        purse=await purse.summary(book, member, today),
        soon=await expiry_warnings.soon(book, member, today),
        first_free=min(
            (each.closes_on for each in noticed if each.closes_on and not each.disputed), default=None
        ),
        checked=len(checked),
        many=coming.AT_MOST,
        rows=await entries.of_lines(request, await statement.latest(book, member, today, limit=LAST)),
        offers=offers,
        staff=bool(access.who(request).grants),
    )
