"""The year somebody was born, and the guardian who agrees for somebody under 14, out of a row of members. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from points.errors import PointsError
from points.events.imports.columns import Column
from points.events.imports.errors import BadYear, ChildNeedsGuardian, NotYesOrNo, OtherYear
from points.people import ages, words
from points.people.members import Details

COLUMNS = (
    Column("born_year", "出生年", ("出生年份", "出生年度"), needed=False),
    Column("guardian_name", "监护人", ("监护人姓名",), needed=False),
    Column("guardian_phone", "监护人手机", ("监护人电话", "监护人联系电话"), needed=False),
    Column("guardian_agrees", "监护人同意", ("监护人是否同意",), needed=False),
)
YES = frozenset(["是", "有", "同意", "已同意", "√", "✓", "1", "y", "yes", "true"])
NO = frozenset(["否", "无", "不同意", "未同意", "×", "0", "n", "no", "false"])
_DATED = re.compile(r"(\d{4})[-/.年]\d", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)


class Wrong(Exception):
    """A cell that cannot be used: the key of its column, and why."""

    def __init__(self, column: str, why: PointsError) -> None:
        super().__init__(column)
        self.column, self.why = column, why


def read(cells: Mapping[str, str | None], birthday: str | None, on: date) -> Details:
    """What a row says of somebody's year of birth and guardian; nobody under 14 goes in without the guardian's consent.

    `birthday` is MM-DD as it was read; the year may stand in its own column or in a whole date. Raises Wrong.
    """
    year = _year(cells, on)
    name = _of("guardian_name", cells, words.name)
    phone = _of("guardian_phone", cells, words.phone)
    agrees = _agrees(cells.get("guardian_agrees"))
    if ages.is_child(birthday, year, on) and not (name and phone and agrees):
        missing = "guardian_name" if not name else "guardian_phone" if not phone else "guardian_agrees"
        raise Wrong(missing, ChildNeedsGuardian())
    return Details(born_year=year, guardian_name=name, guardian_phone=phone)


def _year(cells: Mapping[str, str | None], on: date) -> int | None:
    """The year in its own column or in a whole date; raises Wrong when the two differ, or nobody was born then."""
    dated = _DATED.match(_plain(cells.get("birthday")))
    said = _plain(cells.get("born_year"))
    found = _YEAR.fullmatch(said)
    if said and not found:
        raise Wrong("born_year", BadYear())
    column, year = ("born_year", found) if found else ("birthday", dated)
    if year is None:
        return None
    if dated and int(year[1]) != int(dated[1]):
        raise Wrong(column, OtherYear())
    if not on.year - ages.OLDEST <= int(year[1]) <= on.year:
        raise Wrong(column, BadYear())
    return int(year[1])


def _agrees(cell: str | None) -> bool:
    said = _plain(cell).casefold()
    if said and said not in YES | NO:
        raise Wrong("guardian_agrees", NotYesOrNo())
    return said in YES


def _of(key: str, cells: Mapping[str, str | None], reader: Callable[[str], str]) -> str | None:
    cell = cells.get(key)
    try:
        return reader(cell) if cell else None
    except PointsError as error:
        raise Wrong(key, error) from None


def _plain(cell: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", cell or "").split())
