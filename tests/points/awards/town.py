"""A small town for the tests of awards and notices: its places, people and events, on a truly migrated book."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger import statements
from ledger.book import Book
from points.awards import fund_requests, funds, rule_books, rule_text, sponsors, verifications
from points.awards.errors import GoesOver
from points.awards.outcomes import Outcome
from points.events.models import Assignment, Contribution, Event, Step
from points.keys import new_key
from points.people import roles
from points.people.models import Area, Household, HouseholdJoin, Member
from tests import books

DISTRICT, STREET, OTHER_STREET = "440310000000", "440310001000", "440310002000"
LIUHE, SHAHU, FAR = "440310001001", "440310001002", "440310002001"
GRID = LIUHE + "001"
VERIFIER, KEEPER, PUBLISHER, ADMIN = "S-0003", "S-0005", "S-0006", "S-0001"
ON, LAID_OUT = date(2018, 12, 1), date(2018, 1, 1)
MORNING = datetime.fromisoformat("2018-07-04T09:00:00+08:00")


@dataclass
class Town:
    """A book with a street or two in it. What is told here is inserted as the imports would insert it."""

    book: Book
    told: int = 0
    keys: int = 0
    members: set[str] = field(default_factory=set)

    def in_(self, book: Book) -> Town:
        """The same town in a copy of its book."""
        return Town(book, told=self.told, keys=self.keys, members=set(self.members))

    async def event(
        self,
        *contributions: tuple[Any, ...],
        after: timedelta = timedelta(),
        assigned: str | None = VERIFIER,
        **facts: Any,
    ) -> str:
        """An event, `after` the first morning, with (member, role[, minutes[, outcome]]) for each contribution."""
        self.told += 1
        key = self.key()
        kept = {
            "kind": "report",
            "category": "E",
            "type_name": "市容环卫",
            "main_type_name": "市容环卫",
            "subtype_name": f"小类{self.told}",
            "area": LIUHE,
            "source": "pingshan",
            "external_id": str(self.told),
        } | facts
        rows: list[Any] = [Event(id=key, occurred_at=MORNING + after, **kept)]
        for member, role, *more in contributions:
            minutes, outcome = [*more, None, None][:2]
            rows.append(
                Contribution(
                    id=self.key(), event=key, member=member, role=role, minutes=minutes, outcome=outcome
                )
            )
        if assigned:
            rows.append(
                Assignment(id=self.key(), event=key, verifier=assigned, assigned_on=LAID_OUT.isoformat())
            )
        await self._enrol({row.member for row in rows if isinstance(row, Contribution)})
        await self.insert(*rows)
        return key

    def key(self) -> str:
        """A key that comes after the one before, also within a millisecond."""
        self.keys += 1
        return f"{new_key()[:12]}7{self.keys:019x}"

    async def insert(self, *rows: Any) -> None:
        """Rows as an import leaves them."""
        async with self.book.write() as db:
            for model in {type(row) for row in rows}:
                await model.bulk_create([row for row in rows if isinstance(row, model)], using_db=db)

    async def false(self, event: str) -> None:
        """It was found that an event is not so."""
        await self.turn(event, "found_false")

    async def turn(self, event: str, name: str) -> None:
        """A step taken by hand."""
        at = self.book.now()
        await self.insert(Step(id=self.key(), event=event, name=name, taken_at=at, actor=ADMIN))

    async def household(self, number: str, *members: str) -> None:
        """These live together."""
        await self._enrol(set(members))
        joins = [
            HouseholdJoin(id=new_key(), household=number, member=member, joined_on=LAID_OUT.isoformat())
            for member in members
        ]
        await self.insert(Household(number=number, formed_on=LAID_OUT.isoformat()), *joins)

    async def fund(self, points: int, *, month: str = "2018-07", under: str = LIUHE, key: str = "1") -> None:
        """Allocate; what goes over the keeper asks for and the administrator approves."""
        said: Any = {"under": under, "month": month, "points": points, "by": KEEPER, "key": key}
        try:
            await funds.allocate(self.book, on=LAID_OUT, **said)
        except GoesOver:
            asked = await fund_requests.ask(self.book, backing=sponsors.covering(points), **said)
            await fund_requests.decide(self.book, asked.id, approved=True, digest=asked.digest, by=ADMIN)

    async def verify(self, on: date = ON) -> Outcome:
        """李梅 accepts what is assigned to her."""
        return await verifications.accept_assigned(self.book, source="pingshan", by=VERIFIER, on=on)

    async def verify_one(self, event: str, *, by: str = VERIFIER) -> Outcome:
        """Somebody accepts everything of one event, today."""
        return await verifications.accept(self.book, event, by=by, on=self.book.today())

    async def member(self, number: str) -> str:
        """A member with this number."""
        await self._enrol({number})
        return number

    async def head(self) -> int:
        """How many transactions there are."""
        return int((await self.rows("SELECT count(*) AS n FROM ledger_transaction"))[0]["n"])

    async def points(self, address: str, unit: str = "points") -> int:
        """What stands on an account now."""
        return await statements.balance(self.book.reader, address, unit)

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Ask the database itself."""
        found: list[dict[str, Any]] = await self.book.reader.execute_query_dict(sql, list(values))
        return found

    async def _enrol(self, members: set[str]) -> None:
        new = sorted(members - self.members)
        self.members |= members
        await self.insert(*[_member(number, "volunteer") for number in new])


def _member(number: str, kind: str) -> Member:
    return Member(number=number, kind=kind, area=LIUHE, enrolled_on=LAID_OUT.isoformat())


def _areas() -> Sequence[Area]:
    tree = [
        (DISTRICT, "坪山区", "district", None),
        (STREET, "坪山街道", "street", DISTRICT),
        (OTHER_STREET, "龙田街道", "street", DISTRICT),
        (LIUHE, "六和社区", "community", STREET),
        (SHAHU, "沙湖社区", "community", STREET),
        (FAR, "老坑社区", "community", OTHER_STREET),
        (GRID, "第一网格", "grid", LIUHE),
    ]
    paths: dict[str | None, str] = {None: "/"}
    areas = []
    for code, name, level, parent in tree:
        paths[code] = f"{paths[parent]}{code}/"
        areas.append(Area(code=code, name=name, level=level, parent=parent, path=paths[code]))
    return areas


async def lay(book: Book) -> Town:
    """Places, staff with their roles, and the rule book."""
    town = Town(book)
    staff = (ADMIN, VERIFIER, KEEPER, PUBLISHER)
    await town.insert(*_areas(), *[_member(number, "staff") for number in staff])
    town.members |= set(staff)
    await rule_books.publish(book, rule_text.default(), by="system", on=LAID_OUT)
    jobs = ((KEEPER, "fund_keeper"), (VERIFIER, "verifier"), (PUBLISHER, "notice_publisher"))
    for member, role in jobs:
        await roles.grant(book, member=member, role=role, area=DISTRICT, by="system", on=LAID_OUT)
    await roles.grant(book, member=ADMIN, role="admin", area=None, by="system", on=LAID_OUT)
    return town


@asynccontextmanager
async def fresh(folder: Path) -> AsyncIterator[Town]:
    """A town with its rule book and its staff, where nothing has happened yet."""
    async with books.fresh(folder) as book:
        yield await lay(book)


def both_have_seen(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Let the first two calls of a function that reads return only when both have read, the first one first."""
    read, seen, both = getattr(module, name), 0, asyncio.Event()

    async def read_and_wait(*given: Any, **named: Any) -> Any:
        nonlocal seen
        answer, seen = await read(*given, **named), seen + 1
        if seen >= 2:
            both.set()
            await asyncio.sleep(0)
        await both.wait()
        await asyncio.sleep(0)
        return answer

    monkeypatch.setattr(module, name, read_and_wait)
