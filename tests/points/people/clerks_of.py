"""Staff for tests of the register: at the counter, on the round, and the admin, each in a place."""

from __future__ import annotations

from ledger.book import Book
from points.people import roles
from points.people.models import RoleGrant
from tests.points.people import village
from tests.points.people.village import DAY


async def staff(book: Book, role: str, *, area: str | None = village.PINGSHAN_STREET) -> str:
    """Somebody new of the staff, who holds a role in an area since long ago."""
    someone = await village.enrol(book, f"员工{role}", kind="staff", area=village.LIUHE)
    count = await RoleGrant.all().using_db(book.reader).count()
    row = RoleGrant(
        id=f"g{count}",
        member=someone.number,
        role=role,
        area=area,
        from_on="2000-01-01",
        granted_by=roles.SYSTEM,
        reference=f"test/{DAY}/{count}",
    )
    async with book.write() as db:
        await row.save(using_db=db, force_create=True)
    return someone.number
