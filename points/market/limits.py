"""Limits: who may have an item, and how many; what is used up of a limit is an account that stops at its floor.

So a limit holds for any number of tills at once, and whoever gives a thing back has it again: a correction is the exact
negative of the entry that used it up. Of a household's limit what those who live there now had elsewhere in the same
period is used up too (`moving_homes`), so that nobody has more by moving.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ledger import statements
from ledger.book import Book
from ledger.errors import BelowFloor
from ledger.findings import N_
from ledger.statements import Balance
from ledger.transactions import Posting
from points import chart
from points.market import moving_homes, terms
from points.market.errors import LimitReached, NotForThem
from points.market.terms import Limit, Terms
from points.people import ages, areas, households
from points.people.models import Member, Person

_ACCOUNT = re.compile(
    r"(?P<of>member|household|team|studio)/[^/]+/cap/item-(?P<item>\d+)(?P<home>-home)?:(?P<most>\d+)/(?P<period>.+)"
)
_PER = {4: "year", 7: "month", 8: "week", 10: "day"}
"""By how long the name of a period is."""


class Wanted(Protocol):
    """So many of an item; `redemptions.Line` is one."""

    @property
    def item(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def quantity(self) -> int:
        """How many."""


@dataclass(frozen=True, slots=True)
class Left:
    """How many a member may still have under a limit, in the period that the day lies in."""

    limit: Limit
    left: int


@dataclass(frozen=True, slots=True)
class Uses:
    """What an order uses up of its limits, as postings for its draft; and which accounts must not have moved since
    they were read (`Draft.seen`), because something that does not stand there counts as well."""

    postings: tuple[Posting, ...] = ()
    seen: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Stands:
    """A limit, its account with the version it was read at, what is left, and what was had elsewhere."""

    limit: Limit
    account: str
    version: int
    left: int
    elsewhere: int


async def require(book: Book, member: str, lines: Sequence[Wanted], on: date, *, group: str = "") -> Uses:
    """What these lines use up of their limits, for the draft that hands them over.

    Raises NotForThem (they may not have it at all), and LimitReached when it is more than is left now. What another
    till takes meanwhile is refused by the ledger: `refused` says it. One statement where no item has terms. What a team
    or studio (`group`) takes is counted against itself, and must be for whom takes it home.
    """
    found = await terms.on_day(book, on, [line.item for line in lines])
    if not found:
        return Uses()
    names = {line.item: line.name for line in lines}
    await _require_for_them(book, member, {item: found[item] for item in names if item in found}, names, on)
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.item] += line.quantity
    limits = [limit for each in found.values() for limit in each.limits]
    stands = await _stand(book, member, limits, on, group)
    for one in stands:
        if one.left < wanted[one.limit.item]:
            raise _reached(names[one.limit.item], one.limit, one.left, on)
    return Uses(
        tuple(Posting(one.account, chart.CAPS, wanted[one.limit.item], chart.CAP) for one in stands),
        tuple((one.account, chart.CAP, one.version) for one in stands if one.elsewhere),
    )


def refused(refusal: BelowFloor, names: Mapping[int, str], on: date) -> LimitReached | None:
    """What a draft that was refused means for who stands there; None when it was not a limit of an item.

    `names` are those of the items that were asked for, by number.
    """
    read = _ACCOUNT.fullmatch(refusal.facts["address"])
    if read is None or refusal.facts["unit"] != chart.CAP:
        return None
    of = "household" if read["home"] or read["of"] == "household" else "member"
    limit = Limit(int(read["item"]), of, _PER[len(read["period"])], int(read["most"]))
    return _reached(names.get(limit.item, read["item"]), limit, int(refusal.facts["available"]), on)


async def standing(
    book: Book, member: str, limits: Iterable[Limit], on: date, *, group: str = ""
) -> list[Left]:
    """What is left of each limit for a member on a day, never below zero. Three statements at most where no limit is
    of a household, none without limits; eleven at most."""
    return [Left(one.limit, max(0, one.left)) for one in await _stand(book, member, list(limits), on, group)]


async def _stand(book: Book, member: str, every: Sequence[Limit], on: date, group: str) -> list[_Stands]:
    if not every:
        return []
    home = await _home(book, member, every)
    where = [(account(limit, member, home, on, group=group), chart.CAP) for limit in every]
    drawn = await statements.standings_of(book.reader, where)
    shared = [limit for limit in every if limit.of == "household" and not group]
    had: Counter[tuple[int, str]] = Counter()
    if shared:
        since = min(limit.first(on) for limit in shared)
        had = await moving_homes.taken_elsewhere(book, member, home, since, {address for address, _ in where})
    return [_stands(limit, drawn.get(key), key[0], had, on) for limit, key in zip(every, where, strict=True)]


def _stands(
    limit: Limit, drawn: Balance | None, address: str, had: Mapping[tuple[int, str], int], on: date
) -> _Stands:
    elsewhere = had.get((limit.item, limit.period(on)), 0) if limit.of == "household" else 0
    left = limit.most + (drawn.balance if drawn else 0) - elsewhere
    return _Stands(limit, address, drawn.version if drawn else 0, left, elsewhere)


async def not_for(book: Book, member: str, found: Mapping[int, Terms], on: date) -> dict[int, str]:
    """Of these items those that a member may not have, each with why. Four statements at most."""
    asked = {item: each for item, each in found.items() if not each.for_everybody}
    if not asked:
        return {}
    row = await Member.get_or_none(number=member, using_db=book.reader)
    if row is None:
        return {}
    path = await areas.path(book, row.area) if any(each.areas for each in asked.values()) else ""
    aged = any(each.least is not None or each.oldest is not None for each in asked.values())
    person = await Person.get_or_none(member=member, using_db=book.reader) if aged else None
    age = ages.age(person.birthday, person.born_year, on) if person else None
    whys = {item: _why(each, row.kind, path, age) for item, each in asked.items()}
    return {item: why for item, why in whys.items() if why}


def account(limit: Limit, member: str, household: str | None, on: date, *, group: str = "") -> str:
    """Where what is used up of a limit stands. Who lives in no household is one of their own, and so is a team."""
    rule, period = f"item-{limit.item}", limit.period(on)
    if group:
        home = "-home" if limit.of == "household" else ""
        return chart.account(chart.group(group), f"cap/{rule}{home}:{limit.most}/{period}")
    if limit.of == "member":
        return chart.cap(member, rule, limit.most, period)
    if household is None:
        return chart.cap(member, f"{rule}-home", limit.most, period)
    return chart.household_cap(household, rule, limit.most, period)


async def _home(book: Book, member: str, limits: Iterable[Limit]) -> str | None:
    if all(limit.of == "member" for limit in limits):
        return None
    return (await households.of(book, [member]))[member]


async def _require_for_them(
    book: Book, member: str, found: Mapping[int, Terms], names: Mapping[int, str], on: date
) -> None:
    for item, why in (await not_for(book, member, found, on)).items():
        raise NotForThem(item=names[item], why=why)


def _why(asked: Terms, kind: str, path: str, age: int | None) -> str:
    """Why somebody may not have an item; empty when they may."""
    if asked.kinds and kind not in asked.kinds:
        return N_("只给定好的几类成员换")
    if asked.areas and not any(areas.covers(path, code) for code in asked.areas):
        return N_("只给定好的社区的成员换")
    if asked.least is None and asked.oldest is None:
        return ""
    if age is None:
        return N_("要看年龄，您的出生年份还没有登记")
    young, old = age < (asked.least or 0), asked.oldest is not None and age > asked.oldest
    return N_("只给定好年龄的成员换") if young or old else ""


def _reached(item: str, limit: Limit, left: int, on: date) -> LimitReached:
    return LimitReached(
        item=item,
        per=terms.PERS[limit.per],
        of=terms.OF[limit.of],
        most=limit.most,
        left=left,
        again=limit.again(on).isoformat(),
    )
