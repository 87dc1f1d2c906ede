"""Areas: the tree of districts, streets, communities and grids, found by code or by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.people.errors import UnknownArea
from points.people.models import Area

LEVELS = {"district": "区县", "street": "镇街", "community": "社区/村", "grid": "网格", "building": "楼栋"}
"""Every level from the root down, with its Chinese name."""

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
    """The area with this division code; raises UnknownArea."""
    area = await Area.get_or_none(code=code, using_db=book.reader)
    if area is None:
        raise UnknownArea(code=code)
    return area


async def many(book: Book, codes: Iterable[str]) -> dict[str, Area]:
    """The areas with these codes, by code; unknown codes are absent."""
    found = await Area.filter(code__in=sorted(set(codes))).using_db(book.reader)
    return {area.code: area for area in found}


async def path(book: Book, code: str) -> str:
    """The codes from the root to this area: /440310000000/440310001000/440310001002/ ; raises UnknownArea."""
    return (await find(book, code)).path


async def communities(book: Book, under: str) -> list[Area]:
    """The communities in this area (itself, when it is one), by code; raises UnknownArea."""
    top = await find(book, under)
    inside = Area.filter(path__startswith=top.path, level="community").using_db(book.reader)
    return list(await inside.order_by("code"))


async def children(book: Book, code: str) -> list[Area]:
    """The areas directly below this one, by code."""
    return list(await Area.filter(parent=code).using_db(book.reader).order_by("code"))


def ancestors(path_: str) -> list[str]:
    """The codes on a path, from the root to the area itself."""
    return [code for code in path_.split("/") if code]


def covers(path_: str, code: str | None) -> bool:
    """Whether an area (None: the whole book) contains the area at this path."""
    return code is None or f"/{code}/" in path_


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

    def candidates(self, name: str, *, street: str | None = None, district: str | None = None) -> list[Place]:
        """The communities a name may mean; only those of that street, district and exact spelling, if there are any."""
        found = list(self.by_key.get(key_of(name), ()))
        if street:
            found = [p for p in found if street_key(p.street) == street_key(street)] or found
        if district:
            found = [p for p in found if p.district.endswith(district)] or found
        return [p for p in found if p.name == name] or found


async def gazetteer(book: Book, *, under: str | None = None) -> Gazetteer:
    """Read the communities below an area (None: all) in one statement; raises UnknownArea."""
    top = (await find(book, under)).path if under else "/"
    rows = await Area.filter(level__in=["district", "street", "community"]).using_db(book.reader)
    names = {area.code: area.name for area in rows}
    found: dict[str, list[Place]] = defaultdict(list)
    for area in sorted(rows, key=lambda each: each.code):
        if area.level == "community" and area.path.startswith(top):
            found[key_of(area.name)].append(_place(area, names))
    return Gazetteer(found)


def _place(area: Area, names: Mapping[str, str]) -> Place:
    above = ancestors(area.path)
    return Place(
        code=area.code,
        name=area.name,
        path=area.path,
        street=names.get(area.parent or "", ""),
        district=names.get(above[0], ""),
    )
