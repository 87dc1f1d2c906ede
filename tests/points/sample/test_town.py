"""The sample town: settled by the verbs all others use, as of today, once; its people can do their work."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ledger import audit, tree
from points.awards import purse
from points.awards.models import Verification
from points.district import open_district
from points.events.models import Contribution, Event
from points.evidence.checks import evidence_matches
from points.people import households, roles, signin
from points.progress import quiet
from points.sample import town
from tests import town as settled
from web.settings import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    """A town of one's own."""
    return settled.copied(tmp_path)


async def test_everybody_signs_in_with_what_is_printed(place: Settings) -> None:
    """Staff with a password, residents with a PIN, and each holds the roles that are said."""
    async with open_district(place.book) as book:
        for person in (*town.STAFF, *town.RESIDENTS):
            check = signin.check_password if person.is_staff else signin.check_pin
            assert await check(book, person.number, person.secret, pepper=place.pepper()) == person.number
            for role in person.roles:
                assert await roles.holds(book, person.number, role, person.area, book.today())
    assert len({person.title for person in town.SIGN_INS}) == len(town.SIGN_INS) == 5


async def test_it_looks_as_if_it_were_today(place: Settings) -> None:
    """The last event was yesterday or the day before, and newer ones still wait to be verified."""
    async with open_district(place.book) as book:
        latest = await Event.all().using_db(book.reader).order_by("-occurred_at").first()
        assert latest is not None
        age = book.today() - latest.occurred_at.astimezone(book.zone).date()
        assert timedelta(days=1) <= age <= timedelta(days=2)
        decided = set(await Verification.all().using_db(book.reader).values_list("contribution", flat=True))
        waiting = await Contribution.exclude(id__in=decided).using_db(book.reader).count()
        assert waiting > 0
        assert len(decided) > 50


async def test_the_volunteer_has_points_and_has_spent_some(place: Settings) -> None:
    """王秀兰 has something in her purse and a redemption behind her."""
    async with open_district(place.book) as book:
        has = await purse.summary(book, "V-000001", book.today())
        assert has.spendable > 0
        assert has.spendable < has.honour


async def test_who_lives_with_a_verifier_is_verified_by_another(place: Settings) -> None:
    """赵敏 lives with 李梅: what 赵敏 did was accepted, by 何伟."""
    async with open_district(place.book) as book:
        homes = await households.of(book, ["S-0003", "V-000002"])
        assert homes["S-0003"] == homes["V-000002"] == "HS02"
        verified = Verification.filter(member="V-000002").using_db(book.reader)
        assert {one.verifier for one in await verified} == {"S-0006"}


async def test_settling_again_changes_nothing(place: Settings) -> None:
    """The town that stands is left as it is."""
    async with open_district(place.book) as book:
        size = await tree.head(book.reader)
        people = await town.settle(
            book, pepper=place.pepper(), seal=place.seal(), progress=lambda _label: quiet
        )
        assert [person.number for person in people] == [p.number for p in (*town.RESIDENTS, *town.STAFF)]
        assert await tree.head(book.reader) == size
        assert await town.is_settled(book)


async def test_it_passes_the_audit(place: Settings) -> None:
    """Like any other book."""
    async with open_district(place.book) as book:
        report = await audit.run(book.reader, [*audit.CHECKS, evidence_matches], guards=book.guards)
        assert report.findings == ()
