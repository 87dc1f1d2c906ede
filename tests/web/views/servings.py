"""Volunteer service in the sample town, verified, for the tests of hours, certificates and boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ledger.book import Book
from points.awards import verifications
from points.events.models import Assignment, Contribution, Event
from points.keys import new_key
from points.people import areas
from points.people.models import Member
from points.people.records import Consent

VERIFIER = "S-0003"
WHAT = ("小区清洁", "陪伴老人", "垃圾分类值守")


async def serve(book: Book, member: str, minutes: Sequence[int]) -> list[str]:
    """A member serves on as many days, the last of them yesterday; the awards' references."""
    area = (await Member.get(number=member, using_db=book.reader)).area
    community = [c for c in areas.ancestors(await areas.path(book, area)) if len(c) == 12][-1]
    references = []
    for n, one in enumerate(minutes):
        event, at = new_key(), book.now() - timedelta(days=len(minutes) - n)
        what = WHAT[n % len(WHAT)]
        rows = (
            Event(
                id=event,
                kind="activity",
                category="V",
                occurred_at=at,
                area=community,
                type_name="志愿服务",
                main_type_name="志愿服务",
                subtype_name=what,
                source="hand",
                external_id=event[-8:],
            ),
            Contribution(id=new_key(), event=event, member=member, role="participant", minutes=one),
            Assignment(id=new_key(), event=event, verifier=VERIFIER, assigned_on=book.today().isoformat()),
        )
        async with book.write() as db:
            for row in rows:
                await row.save(using_db=db, force_create=True)
        outcome = await verifications.accept(book, event, by=VERIFIER, on=book.today())
        assert outcome.accepted == 1, outcome
        day = at.astimezone(book.zone).date()
        references.append(f"award/{day}/{event}/{member}/service")
    return references


async def agree(book: Book, *members: str) -> None:
    """These agree to be on the board."""
    async with book.write() as db:
        for member in members:
            await Consent.create(
                using_db=db,
                id=new_key(),
                member=member,
                what="board",
                given_on=book.today().isoformat(),
                recorded_by=VERIFIER,
                reference=f"consent/{member}/test",
            )
