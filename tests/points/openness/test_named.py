"""A name stands in public only while its owner agrees; a child's never."""

from __future__ import annotations

import pytest

from points.openness import named
from points.people import consents, roles
from points.people.models import Member, Person, RoleGrant
from tests.points.awards.town import LIUHE, ON, Town

pytestmark = pytest.mark.anyio


async def test_whole_by_consent_masked_without_and_no_child(town: Town) -> None:
    """Given and withdrawn: named, then masked again; under 14 there is no line even with a consent."""
    first, child, gone = numbers = ["V-000001", "V-000002", "V-000003"]
    rows = [Member(number=n, kind="resident", area=LIUHE, enrolled_on="2018-01-01") for n in numbers]
    people = {first: "王秀兰", child: "王小宝"}
    clerk = RoleGrant(
        id="c",
        member="S-0009",
        role="admin",
        area=None,
        from_on="2000-01-01",
        granted_by=roles.SYSTEM,
        reference="c",
    )
    async with town.book.write() as db:
        await clerk.save(using_db=db, force_create=True)
        await Member.bulk_create(rows, using_db=db)
        await Person.bulk_create([Person(member=n, name=name) for n, name in people.items()], using_db=db)
    assert await named.publicly(town.book, numbers, ON) == {first: "王*兰", child: "王*宝"}
    assert gone not in people
    for n, number in enumerate(numbers):
        await consents.give(town.book, number, "named", by="S-0009", key=f"a{n}")
    async with town.book.write() as db:
        await Person.filter(member=child).using_db(db).update(born_year=ON.year - 9, birthday="01-01")
    assert await named.publicly(town.book, numbers, ON) == {first: people[first]}
    await consents.withdraw(town.book, first, "named", by="S-0009", key="w1")
    assert "*" in (await named.publicly(town.book, numbers, ON))[first]
