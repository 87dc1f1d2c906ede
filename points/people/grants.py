"""Grants in lists: who may do what in an area, what is held in some areas, and who is paid for what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.people import areas, roles
from points.people.roles import Grant

ORDER = tuple(roles.NAMES)


async def over(book: Book, path: str, on: date) -> list[Grant]:
    """Everyone who may do something in the area at this path on a day, by role and number. One statement."""
    codes = areas.ancestors(path)
    marks = ", ".join("?" for _ in codes)
    sql = (
        roles.STANDING.format(condition=f"(g.area IS NULL OR g.area IN ({marks}))")
        + " ORDER BY g.member, g.id"
    )
    day = on.isoformat()
    rows = await book.reader.execute_query_dict(sql, [*codes, day, day])
    found = [Grant(**row) for row in rows if row["from_on"] <= day]
    return sorted(found, key=lambda g: ORDER.index(g.role))


@dataclass(frozen=True, slots=True)
class Listed:
    """A grant of a list, with who gave it."""

    id: str
    member: str
    role: str
    area: str | None
    from_on: str
    until_on: str | None
    granted_by: str


async def listed(
    book: Book,
    codes: Sequence[str | None],
    on: date,
    *,
    area: str = "",
    role: str = "",
    member: str = "",
    key: str = "",
    after: str = "",
    limit: int = 50,
) -> list[Listed]:
    """The grants of a day in some areas and below (None: all), the latest first; empty words leave a filter out.

    A page begins after the grant `after`. Four statements.
    """
    where = ["1 = 1"]
    values: list[object] = []
    for tops in (codes, [area] if area else [None]):
        if None not in tops:
            inside, ends = await areas.below(book, [code for code in tops if code])
            where.append(f"g.area IN (SELECT a.code FROM people_area AS a WHERE {inside})")  # noqa: S608
            values += ends
    for column, wanted in (
        ("g.role = ?", role),
        ("g.member = ?", member),
        ("g.id = ?", key),
        ("g.id < ?", after),
    ):
        if wanted:
            where.append(column)
            values.append(wanted)
    sql = roles.STANDING.format(condition=" AND ".join(where)).replace(
        "g.until_on FROM", "g.until_on, g.granted_by FROM"
    )
    day = on.isoformat()
    rows = await book.reader.execute_query_dict(
        f"{sql} AND g.from_on <= ? ORDER BY g.id DESC LIMIT ?", [*values, day, day, day, limit]
    )
    return [Listed(**row) for row in rows]


async def duties(book: Book, members: Sequence[str]) -> list[tuple[Grant, str | None]]:
    """Every grant of paid duty that these members ever had, each with the day it was revoked. One statement."""
    people, names = (", ".join("?" for _ in each) for each in (members, roles.PAID_DUTY))
    if not members:
        return []
    sql = f"""
SELECT g.id, g.member, g.role, g.area, g.from_on, g.until_on, r.revoked_on FROM people_role_grant g
LEFT JOIN people_role_revocation r ON r."grant" = g.id
WHERE g.member IN ({people}) AND g.role IN ({names}) ORDER BY g.id"""  # noqa: S608 - marks only
    rows = await book.reader.execute_query_dict(sql, [*members, *sorted(roles.PAID_DUTY)])
    return [(Grant(**row), revoked) for row in rows for revoked in [row.pop("revoked_on")]]
