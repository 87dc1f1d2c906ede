"""The real book that a district lives in, on a clock of its own, and how what its verbs answer is written."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import LedgerError
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points.district import open_district
from points.errors import PointsError
from points.market import catalogue_files, items, shops
from points.market.models import Shop
from points.people import roles
from points.people.models import Person
from tests import books
from tests.ledger.model import Wish
from tests.points.awards import town as towns
from tests.points.awards.town import ADMIN, KEEPER, LAID_OUT, LIUHE, Town

V1, V2, V3 = MEMBERS = ("V-000001", "V-000002", "V-000003")
NEIGHBOUR, COUNTER = "V-000004", "S-0007"
PEOPLE = {V1: "王秀兰", V2: "王秀蓝", V3: "李大明", NEIGHBOUR: "张强", COUNTER: "周静"}
"""The first two are one person, by their names and the day they were born; NEIGHBOUR lives with COUNTER."""
HOME = "H-000001"
NOON = time(4, tzinfo=UTC)
"""In Shanghai, where everything of a day happens."""
MEMORY = "/dev/shm"
"""Where a book lives faster than on a disk; what the disk does is attacked elsewhere."""
SAME = {
    "AllocatedOtherwise": "ReferenceConflict",
    "SoldOut": "OutOfStock",
}
"""Where a verb has a word of its own for what the model says."""


class RealBook:
    """A real book and the loop it lives in: everything that is asked of it is waited for. `today` is its day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Its answer; two minutes are longer than any."""
        return self.loop.run_until_complete(asyncio.wait_for(work, 120))

    async def settle(self) -> tuple[Town, Shop]:
        """The town of the tests of awards, with a counter and an empty shelf, and people who have names."""
        town = await towns.lay(await self._on_time(books.fresh(Path(self.folder.name))))
        book = town.book
        await town._enrol(set(PEOPLE))
        await town.insert(*[_person(number, name) for number, name in PEOPLE.items()])
        await town.household(HOME, NEIGHBOUR, COUNTER)
        for member, role in ((COUNTER, "counter"), (KEEPER, "stock_keeper")):
            await roles.grant(book, member=member, role=role, area=None, by=ADMIN, on=LAID_OUT)
        await items.install(book, catalogue_files.default(), by="system", on=LAID_OUT)
        shop = await shops.open_shop(book, "积善超市", area=LIUHE, hours="", by=ADMIN, on=LAID_OUT)
        return town, shop

    async def reopen(self, town: Town) -> None:
        """Close the book, and open it again."""
        url = books.url_of(town.book)
        await self._stack.aclose()
        town.book = await self._on_time(open_district(url))

    def close(self) -> None:
        """Close it, and let everything go."""
        self.run(self._stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    async def _on_time(self, opening: AbstractAsyncContextManager[Book]) -> Book:
        """A book whose clock shows noon of our day: verbs that ask for the day are told ours."""
        book = await self._stack.enter_async_context(opening)
        book.clock.now = lambda: datetime.combine(self.today, NOON)  # type: ignore[method-assign]
        return book


def _person(number: str, name: str) -> Person:
    return Person(member=number, name=name, birthday="03-12" if number in (V1, V2) else "07-01")


async def gathered(*works: Coroutine[Any, Any, Any]) -> Any:
    """All of them at once. The answer is that of the one that wrote something, or else the first."""
    answers = await asyncio.gather(*works, return_exceptions=True)
    wrote = [
        one for one in answers if not (isinstance(one, BaseException) or getattr(one, "repeated", False))
    ]
    assert len(wrote) <= 1 or len(works) == 1 or not hasattr(wrote[0], "repeated"), "two wrote the same"
    first = (wrote or answers)[0]
    if isinstance(first, BaseException):
        raise first
    return first


async def word_of(work: Coroutine[Any, Any, Any]) -> str:
    """How a verb's answer is written; `done` when it does not say whether it was before."""
    try:
        answer = await work
    except (PointsError, LedgerError) as error:
        name = type(error).__name__
        return SAME.get(name, name)
    return "done" if not hasattr(answer, "repeated") else "again" if answer.repeated else "written"


async def answers(work: Coroutine[Any, Any, Any], count: int) -> list[str]:
    """How the journal's answers are written; a refusal is everybody's who stood with it."""
    try:
        got = await work
    except LedgerError as error:
        return [type(error).__name__] * count
    return [
        ("again" if one.repeated else "written") if isinstance(one, Receipt) else type(one).__name__
        for one in got
    ]


def as_draft(wish: Wish) -> Draft:
    """The wish as the ledger wants it."""
    return Draft(
        reference=wish.reference,
        kind="move",
        evidence=Evidence("note", "1", encoding.digest("1")),
        effective_on=date(2018, 7, 4),
        request=encoding.digest(wish.request),
        postings=tuple(Posting(*movement) for movement in wish.movements),
        reverses=wish.reverses,
    )
