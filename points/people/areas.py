"""Areas: the tree of districts, streets, communities and grids, found by code or by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ledger import selecting
from ledger.book import Book
from points.people import area_changes
from points.people.errors import UnknownArea
from points.people.models import Area

LEVELS = {
    "district": "区县",
    "street": "镇街",
    "community": "社区/村",
    "section": "片区",
    "quarter": "小区",
    "grid": "网格",
    "building": "楼栋",
}
"""Every level from the root down, with its Chinese name. Between a community and its grids there may be more."""

LONGEST = 15
"""Digits of the longest code."""

ENDINGS = re.compile(r"(居民委员会|村民委员会|居委会|村委会)$")
STREET_ENDINGS = re.compile(r"(街道办事处|街道|办事处|镇|乡)$")


def key_of(name: str) -> str:
    """What two spellings of one community share: 六和社区居委会, 六和社区, 六和居委会 and 六和 are all 六和.

    A village keeps its 村: 东村 and 东社区 are two places.
    """
    bare = "".join(name.split())
    shorter = ENDINGS.sub("", bare) or bare
    return shorter.removesuffix("社区") or shorter


def street_key(name: str) -> str:
    """What two spellings of one street or town share: 坪山街道, 坪山街道办事处 and 坪山 are all 坪山."""
    bare = "".join(name.split())
    return STREET_ENDINGS.sub("", bare) or bare


async def find(book: Book, code: str) -> Area:
    """The area with this division code, as it is today; raises UnknownArea."""
    found = await many(book, [code]) if len(code) <= LONGEST else {}
    if code not in found:
        raise UnknownArea(code=code)
    return found[code]


async def many(book: Book, codes: Iterable[str]) -> dict[str, Area]:
    """The areas with these codes, by code, each with the name and path of today; unknown codes are absent."""
    found = await selecting.among(book.reader, Area, "code", codes)
    return {area.code: area for area in await today(book, found)}


async def today(book: Book, found: Iterable[Area]) -> list[Area]:
    """Areas as they were laid brought to today, in their order: renamed, and lying where they were merged into."""
    rows = list(found)
    changes = await area_changes.read(book.reader, {code for row in rows for code in ancestors(row.path)})
    return [changes.applied(row) for row in rows]


async def path(book: Book, code: str) -> str:
    """The codes from the root to this area: /440310000000/440310001000/440310001002/ ; raises UnknownArea."""
    return (await find(book, code)).path


async def below(book: Book, codes: Sequence[str], column: str = "a.path") -> tuple[str, list[str]]:
    """SQL for "lies in one of these areas today", with its values: see `area_changes.below`."""
    return await area_changes.below(book.reader, codes, column)


async def inside(book: Book, codes: Sequence[str] | None, levels: Sequence[str], *, limit: int) -> list[Area]:
    """The open areas of these levels in these areas and below (None: the whole book), by code. Four statements."""
    where, values = ("1 = 1", []) if codes is None else await below(book, codes)
    marks = ", ".join("?" for _ in levels)
    sql = f"""
SELECT a.code FROM people_area AS a WHERE a.level IN ({marks}) AND {where}
ORDER BY a.code LIMIT ?"""  # noqa: S608 - marks and ranges only
    rows = await book.reader.execute_query_dict(sql, [*levels, *values, limit])
    found = Area.filter(code__in=[row["code"] for row in rows]).using_db(book.reader)
    return await _open(book, await found.order_by("code"))


async def roots(book: Book, *, after: str = "", limit: int) -> list[Area]:
    """The open areas at the top of the book, by code, a page of them."""
    rows = Area.filter(parent__isnull=True, code__gt=after).using_db(book.reader).order_by("code")
    return await _open(book, await rows.limit(limit))


async def search(book: Book, codes: Sequence[str | None], text: str, *, limit: int) -> list[Area]:
    """The open areas in some areas (None: all) whose code begins so or whose name, of today or before, has these words.

    By code, `limit` at most. Four statements.
    """
    where, values = ("1 = 1", []) if None in codes else await below(book, [c for c in codes if c])
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = f"""
SELECT a.code FROM people_area AS a WHERE {where} AND (a.name LIKE ? ESCAPE '\\' OR (a.code >= ? AND a.code < ?)
    OR a.code IN (SELECT c.area FROM people_area_change AS c WHERE c.name LIKE ? ESCAPE '\\'))
ORDER BY a.code LIMIT ?"""  # noqa: S608 - ranges only
    asked = [*values, like, text, text + "~", like, limit]
    found = [row["code"] for row in await book.reader.execute_query_dict(sql, asked)]
    return await _open(book, await Area.filter(code__in=found).using_db(book.reader).order_by("code"))


async def communities(book: Book, under: str) -> list[Area]:
    """The communities in this area (itself, when it is one), by code, without merged and closed ones.

    Raises UnknownArea.
    """
    await find(book, under)
    inside, values = await below(book, [under])
    sql = f"SELECT a.code FROM people_area AS a WHERE a.level = 'community' AND {inside}"  # noqa: S608
    codes = [row["code"] for row in await book.reader.execute_query_dict(sql, values)]
    return await _open(book, await Area.filter(code__in=codes).using_db(book.reader).order_by("code"))


async def children(book: Book, code: str, *, after: str = "", limit: int | None = None) -> list[Area]:
    """The areas directly below this one today, by code: also those of what was merged into it, without closed ones.

    `after` and `limit` ask for a page of them; a page may be short by those that are gone.
    """
    changes = await area_changes.merges(book.reader)
    parents = [code, *(each for each in changes.into if changes.last(each) == code)]
    rows = Area.filter(parent__in=parents, code__gt=after).using_db(book.reader).order_by("code")
    return await _open(book, await (rows.limit(limit) if limit else rows))


async def _open(book: Book, rows: Sequence[Area]) -> list[Area]:
    changes = await area_changes.read(book.reader, {code for row in rows for code in ancestors(row.path)})
    return [changes.applied(row) for row in rows if not changes.gone(row.code)]


def ancestors(path_: str) -> list[str]:
    """The codes on a path, from the root to the area itself."""
    return [code for code in path_.split("/") if code]


def covers(path_: str, code: str | None) -> bool:
    """Whether an area (None: the whole book) contains the area at this path."""
    return code is None or f"/{code}/" in path_


async def covered(book: Book, named: Iterable[str], codes: Collection[str | None]) -> list[str]:
    """Which of these areas lie today in one of the areas with these `codes` (None: the whole book), by code."""
    found = await many(book, set(named))
    return sorted(code for code, area in found.items() if any(covers(area.path, within) for within in codes))


@dataclass(frozen=True, slots=True)
class Place:
    """A community as an import meets it."""

    code: str
    name: str
    path: str
    street: str
    district: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every community of a book by the key of its name; a pure value to choose from."""

    by_key: Mapping[str, Sequence[Place]]
    moved: Mapping[str, str] = field(default_factory=dict)
    """Codes of communities that were merged, with the code of where they went."""

    def candidates(self, name: str, *, street: str | None = None, district: str | None = None) -> list[Place]:
        """The communities a name may mean; only those of that street, district and exact spelling, if there are any."""
        found = list(self.by_key.get(key_of(name), ()))
        if street:
            found = [p for p in found if street_key(p.street) == street_key(street)] or found
        if district:
            found = [p for p in found if p.district.endswith(district)] or found
        return [p for p in found if p.name == name] or found


async def gazetteer(book: Book, *, under: str | None = None) -> Gazetteer:
    """Read the communities below an area (None: all) in two statements; raises UnknownArea.

    One has its name of today and every name and code it went by; a closed one is not there.
    """
    top = (await find(book, under)).path if under else "/"
    rows = await Area.filter(level__in=["district", "street", "community"]).using_db(book.reader)
    changes = await area_changes.read(book.reader, None)
    laid = {area.code: area.name for area in rows}
    places = {area.code: changes.applied(area) for area in rows}
    names = {code: area.name for code, area in places.items()}
    found: dict[str, list[Place]] = defaultdict(list)
    for code, area in sorted(places.items()):
        now = places.get(changes.last(code), area)
        if area.level != "community" or now.code in changes.closed or not now.path.startswith(top):
            continue
        for key in dict.fromkeys(
            (key_of(names[now.code]), key_of(changes.names.get(code, laid[code])), key_of(laid[code]))
        ):
            if all(place.code != now.code for place in found[key]):
                found[key].append(_place(now, names))
    moved = {code: changes.last(code) for code in changes.into}
    return Gazetteer(found, moved)


def _place(area: Area, names: Mapping[str, str]) -> Place:
    above = ancestors(area.path)
    return Place(
        code=area.code,
        name=area.name,
        path=area.path,
        street=names.get(above[-2], "") if len(above) > 1 else "",
        district=names.get(above[0], ""),
    )
