"""A small part of the world for tests: two districts, and people to put in them."""

from __future__ import annotations

from datetime import date
from itertools import count

from ledger.book import Book
from points.people import members
from points.people.members import Someone
from points.people.models import Area

DAY = date(2026, 11, 20)
PINGSHAN, PINGSHAN_STREET, LONGTIAN = "440310000000", "440310001000", "440310006000"
LIUHE, HEPING, NANBU = "440310001002", "440310001004", "440310006002"
GUAN, GUAN_STREET, GUAN_HEPING = "131022000000", "131022100000", "131022100201"

AREAS = (
    (PINGSHAN, "广东省深圳市坪山区", "district", None),
    (PINGSHAN_STREET, "坪山街道", "street", PINGSHAN),
    (LONGTIAN, "龙田街道", "street", PINGSHAN),
    (LIUHE, "六和社区居委会", "community", PINGSHAN_STREET),
    (HEPING, "和平社区居委会", "community", PINGSHAN_STREET),
    (NANBU, "南布社区居委会", "community", LONGTIAN),
    (GUAN, "河北省廊坊市固安县", "district", None),
    (GUAN_STREET, "固安镇", "street", GUAN),
    (GUAN_HEPING, "和平社区居民委员会", "community", GUAN_STREET),
)
_keys = count(1)


async def lay(book: Book) -> None:
    """Insert the areas."""
    paths: dict[str | None, str] = {None: "/"}
    rows = []
    for code, name, level, parent in AREAS:
        paths[code] = f"{paths[parent]}{code}/"
        rows.append(Area(code=code, name=name, level=level, parent=parent, path=paths[code]))
    async with book.write() as db:
        await Area.bulk_create(rows, using_db=db)


async def enrol(
    book: Book, name: str, *, kind: str = "volunteer", area: str = LIUHE, **facts: str
) -> Someone:
    """Enrol somebody under a key of their own."""
    key = f"test-{next(_keys)}"
    return await members.enrol(book, name=name, kind=kind, area=area, by="system", on=DAY, key=key, **facts)
