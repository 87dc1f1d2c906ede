"""What people of the town did, for the tests of hours, certificates and boards."""

from __future__ import annotations

from datetime import timedelta

from points.keys import new_key
from points.people.models import Person
from points.people.records import Consent
from points.people.twice import merging
from tests.points.awards.town import ADMIN, LAID_OUT, Town

V1, V2, V3, V4 = "V-000001", "V-000002", "V-000003", "V-000004"


async def serve(town: Town, member: str, minutes: int, *, day: int = 0, **facts: str) -> str:
    """A member serves on a day of July 2018; the answer is the award's reference. To be verified."""
    event = await town.event((member, "participant", minutes), after=timedelta(days=day), **facts)
    return f"award/2018-07-{4 + day:02}/{event}/{member}/service"


async def agree(town: Town, *members: str) -> None:
    """These agreed to be on the board."""
    rows = [
        Consent(
            id=new_key(),
            member=await town.member(member),
            what="board",
            given_on=LAID_OUT.isoformat(),
            recorded_by=ADMIN,
            reference=f"consent/{member}/test",
        )
        for member in members
    ]
    await town.insert(*rows)


async def named(town: Town, member: str, name: str, birthday: str = "03-12") -> None:
    """A member has a name."""
    await town.insert(Person(member=await town.member(member), name=name, birthday=birthday))


async def one_person(town: Town, keep: str, closed: str) -> None:
    """The admin merges two numbers that look alike."""
    for number in (keep, closed):
        await named(town, number, "王秀兰")
    await merging.merge(town.book, keep, closed, by=ADMIN, reason="twice", key="m1")
