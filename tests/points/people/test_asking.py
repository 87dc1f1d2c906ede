"""Who asks is told with what they may do that day, and nobody is told who is nobody any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import asking, roles
from points.people.models import Person
from points.people.records import MemberMerge, MemberMergeUndo
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, NANBU, PINGSHAN

pytestmark = pytest.mark.anyio
TOMORROW = DAY + timedelta(days=1)


async def test_roles_are_those_that_roles_tell(book: Book) -> None:
    """Of the day: begun, not over, not revoked; the same as `roles.grants_of`, with the name."""
    staff = {
        n: (await village.enrol(book, n, kind="staff", area=PINGSHAN)).number for n in ("陈主任", "李梅")
    }
    chen, li = staff["陈主任"], staff["李梅"]
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    await roles.grant(book, member=li, role="counter", area=LIUHE, by=chen, on=DAY, until=DAY)
    gone = await roles.grant(book, member=li, role="verifier", area=LIUHE, by=chen, on=DAY)
    await roles.grant(book, member=li, role="verifier", area=NANBU, by=chen, on=TOMORROW)
    await roles.revoke(book, grant=gone.id, by=chen, on=TOMORROW)
    for day, held in ((DAY, {("counter", LIUHE), ("verifier", LIUHE)}), (TOMORROW, {("verifier", NANBU)})):
        found = await asking.find(book, li, day)
        assert found is not None
        assert found.name == "李梅"
        assert list(found.grants) == await roles.grants_of(book, li, day)
        assert {(grant.role, grant.area) for grant in found.grants} == held


async def test_a_closed_number_an_erased_name_and_a_stranger_are_nobody(book: Book) -> None:
    """And a number whose merge was taken back is somebody again."""
    wang = (await village.enrol(book, "王秀兰")).number
    facts = {"merged_on": "2026-11-20", "merged_by": "S-0001", "reference": "merge/x/1"}
    assert await asking.find(book, "V-999999", DAY) is None
    async with book.write() as db:
        await MemberMerge.create(using_db=db, id="m", kept="V-000009", gone=wang, **facts)
    assert await asking.find(book, wang, DAY) is None
    async with book.write() as db:
        undone = {"undone_on": "2026-11-20", "undone_by": "S-0001", "reference": "merge/x/2"}
        await MemberMergeUndo.create(using_db=db, merge="m", **undone)
    assert await asking.find(book, wang, DAY) == asking.Asking("王秀兰", ())
    async with book.write() as db:
        await Person.filter(member=wang).using_db(db).delete()
    assert await asking.find(book, wang, DAY) is None
