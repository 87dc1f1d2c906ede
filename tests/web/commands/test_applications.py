"""`jishan application list|accept|refuse`, and the sweep that closes what nobody answered."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from points.district import open_district
from points.people import applications, posters
from points.people.applications import Wanted
from points.sample.town import COMMUNITY
from tests.typed import asked, call

BY = ("--by", "S-0004")


def applied(book: Path, phone: str) -> str:
    """Somebody asked by a poster."""

    async def work() -> str:
        async with open_district(f"sqlite://{book}") as opened:
            poster = await posters.make(opened, "enrol", COMMUNITY, by="S-0001", key="p")
            wanted = Wanted("孙骑手", phone, date(1995, 3, 4))
            return await applications.ask(opened, poster, wanted, key=phone)

    return asyncio.run(work())


def test_listed_accepted_once_and_refused(book: Path) -> None:
    """Accepting twice gives the same number; a refusal says why; whoever keeps no register finds nothing."""
    one, two = applied(book, "10000970001"), applied(book, "10000970002")
    assert asked("application", "list", *BY, book=book)["applications"] == [one, two]
    first = asked("application", "accept", one, *BY, book=book)
    assert asked("application", "accept", one, *BY, book=book) == first
    assert call("application", "refuse", two, "--reason", "elsewhere", *BY, book=book).status == 0
    assert "没有人在等" in call("application", "list", *BY, book=book).out
    foreign = call("application", "accept", two, "--by", "S-0002", book=book)
    assert (foreign.status, "没有这份报名" in foreign.err) == (1, True)
    unknown = call("application", "refuse", "AAAAA-AAAAA", "--reason", "elsewhere", *BY, book=book)
    assert (unknown.status, "没有这份报名" in unknown.err) == (1, True)
