"""The terms of an item: how many one may have in a period, and who may have it at all, from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger import selecting
from ledger.book import Book
from ledger.findings import N_
from points.awards.caps import period_of
from points.evidence import acts
from points.keys import new_key
from points.market import earlier
from points.market.catalogue_records import ItemTerm
from points.market.errors import BadTerm
from points.market.models import Item
from points.people import areas, kinds, roles

PERS = {"day": N_("每天"), "week": N_("每周"), "month": N_("每月"), "year": N_("每年")}
OF = {"member": N_("人"), "household": N_("户")}
MOST_AT_MOST = 999
LIMITS_AT_MOST = 3
"""Of one item: a redemption of thirty items has its limits, its goods and its purses in 256 lines."""
AREAS_AT_MOST = 12
OLDEST = 125


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of an item for each member, or for a household together, in each day, week, month or year."""

    item: int
    of: str
    per: str
    most: int

    def period(self, on: date) -> str:
        """The period a day lies in, as the account of this limit names it."""
        return period_of(self.per, on)

    def first(self, on: date) -> date:
        """The first day of the period that a day lies in."""
        return first_of_period(self.per, on)

    def again(self, on: date) -> date:
        """The first day of the period after the one that a day lies in."""
        return next_period(self.per, on)


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds on a day. No kinds, no areas, no ages: everybody may have it."""

    limits: tuple[Limit, ...] = ()
    kinds: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    least: int | None = None
    oldest: int | None = None

    @property
    def for_everybody(self) -> bool:
        """Whether nobody is left out."""
        return not self.kinds and not self.areas and self.least is None and self.oldest is None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may have an item: these kinds of member, who enrolled in one of these areas, of these ages; both included."""

    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    least: int | None = None
    oldest: int | None = None

    def values(self) -> dict[str, str]:
        """As the rows say it; an empty value leaves nobody out."""
        ages = (
            "" if self.least is None and self.oldest is None else f"{_said(self.least)}-{_said(self.oldest)}"
        )
        return {"kinds": " ".join(sorted(self.kinds)), "areas": " ".join(sorted(self.areas)), "ages": ages}


EVERYBODY = Audience()


def first_of_period(per: str, on: date) -> date:
    """The first day of the day, week, month or year that a day lies in."""
    if per == "day":
        return on
    if per == "week":
        return on - timedelta(days=on.weekday())
    return on.replace(day=1) if per == "month" else on.replace(month=1, day=1)


def next_period(per: str, on: date) -> date:
    """The first day of the day, week, month or year after the one that a day lies in."""
    if per == "day":
        return on + timedelta(days=1)
    if per == "week":
        return on + timedelta(days=8 - on.isoweekday())
    if per == "month":
        return date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return date(on.year + 1, 1, 1)


async def on_day(book: Book, on: date, items: Iterable[int] | None = None) -> dict[int, Terms]:
    """The terms of items on a day, by number; an item without any is absent. One statement."""
    every = await (
        selecting.every(book.reader, ItemTerm, order="from_on, id")
        if items is None
        else selecting.among(book.reader, ItemTerm, "item", items, order="from_on, id")
    )
    latest: dict[int, dict[str, str]] = {}
    for row in every:
        if row.from_on <= on.isoformat():
            latest.setdefault(row.item, {})[row.what] = row.value
    return {item: _terms(item, said) for item, said in latest.items() if any(said.values())}


async def history(book: Book, item: int) -> Sequence[ItemTerm]:
    """Every term an item ever had, the latest first; those of later days stand first."""
    return await ItemTerm.filter(item=item).using_db(book.reader).order_by("-from_on", "-id")


async def set_limit(
    book: Book, item: Item, *, of: str, per: str, most: int | None, by: str, on: date, key: str
) -> date:
    """Let each member or household have `most` of an item in a period, None: any number; the day it begins is answered.

    Where such a limit runs, the new one begins with the next period, so that what was had in one is counted by one
    limit; where none runs it begins tomorrow. The same key again gives the first answer. Raises NotAllowed unless `by`
    is stock keeper of the whole book, BadTerm, BadKey, ReferenceConflict.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    if of not in OF or per not in PERS:
        raise BadTerm(problem=N_("没有这样的限量"))
    if most is not None and not 1 <= most <= MOST_AT_MOST:
        raise BadTerm(problem=N_("数量要是 1 到 999 的整数"))
    what = f"limit:{of}:{per}"
    asked = {"by": by, "item": item.number, "value": str(most or ""), "verb": "term", "what": what}
    reference = f"term/{item.number}/{earlier.checked_key(key)}"
    if not await acts.before(book, reference, asked):
        begins = await _begins(book, item.number, what, per, on)
        if most is not None:
            await _require_few(book, item.number, what)
        row = _row(item, what, str(most or ""), begins, by, reference)
        facts = {**asked, "from_on": begins.isoformat()}
        await acts.post(book, reference, ("term", row.id), facts, [row], on=on, request=asked)
    done = await ItemTerm.filter(reference=reference).using_db(book.reader).first()
    assert done is not None, "an act and its row are written together"
    return date.fromisoformat(done.from_on)


async def set_audience(book: Book, item: Item, who: Audience, *, by: str, on: date, key: str) -> None:
    """Say who may have an item, from today on. The same key again changes nothing.

    Raises NotAllowed unless `by` is stock keeper of the whole book, BadTerm, BadKey, ReferenceConflict.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    await _check(book, who)
    values = who.values()
    asked = {"by": by, "item": item.number, "verb": "audience", **values}
    reference = f"audience/{item.number}/{earlier.checked_key(key)}"
    if await acts.before(book, reference, asked):
        return
    now = await _values(book, item.number, on)
    rows = [
        _row(item, what, value, on, by, reference)
        for what, value in values.items()
        if value != now.get(what, "")
    ]
    if rows:
        await acts.post(book, reference, ("audience", rows[0].id), asked, rows, on=on)


async def _check(book: Book, who: Audience) -> None:
    if unknown := sorted(set(who.kinds) - kinds.NAMES.keys()):
        raise BadTerm(problem="、".join(unknown))
    if len(who.areas) > AREAS_AT_MOST:
        raise BadTerm(problem=N_("最多写 12 个区划"))
    for code in who.areas:
        await areas.find(book, code)
    ages = [age for age in (who.least, who.oldest) if age is not None]
    if any(not 0 <= age <= OLDEST for age in ages) or ages != sorted(ages):
        raise BadTerm(problem=N_("年龄要是 0 到 125，从小到大"))


async def _begins(book: Book, item: int, what: str, per: str, on: date) -> date:
    """When a new limit may begin: tomorrow, unless one runs then that did not begin just then."""
    tomorrow = on + timedelta(days=1)
    rows = ItemTerm.filter(item=item, what=what, from_on__lte=on.isoformat()).using_db(book.reader)
    running = await rows.order_by("-from_on", "-id").first()
    return next_period(per, on) if running is not None and running.value else tomorrow


async def _require_few(book: Book, item: int, what: str) -> None:
    """Raise BadTerm for one limit more than an item may have, once all that was said about it has begun."""
    said = await _values(book, item, date.max)
    if (
        len({name for name, value in said.items() if value and name.startswith("limit:")} | {what})
        > LIMITS_AT_MOST
    ):
        raise BadTerm(problem=N_("一样物品最多定 3 条限量"))


async def _values(book: Book, item: int, on: date) -> dict[str, str]:
    rows = ItemTerm.filter(item=item, from_on__lte=on.isoformat()).using_db(book.reader)
    return {row.what: row.value for row in await rows.order_by("from_on", "id")}


def _row(item: Item, what: str, value: str, begins: date, by: str, reference: str) -> ItemTerm:
    return ItemTerm(
        id=new_key(),
        item=item.number,
        what=what,
        value=value,
        from_on=begins.isoformat(),
        set_by=by,
        reference=reference,
    )


def _terms(item: int, said: dict[str, str]) -> Terms:
    limits = tuple(
        Limit(item, of, per, int(said[f"limit:{of}:{per}"]))
        for of in OF
        for per in PERS
        if said.get(f"limit:{of}:{per}")
    )
    least, _, oldest = said.get("ages", "").partition("-")
    return Terms(
        limits,
        frozenset(said.get("kinds", "").split()),
        tuple(said.get("areas", "").split()),
        int(least) if least else None,
        int(oldest) if oldest else None,
    )


def _said(age: int | None) -> str:
    return "" if age is None else str(age)
