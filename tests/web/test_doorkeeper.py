"""Who is at the door of a real book: secrets, names and roles as the site asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.district import open_district
from points.people.models import Person
from points.sample.town import RESIDENTS, STAFF
from tests import town
from web.doorkeeper import BookDoorkeeper
from web.settings import Settings

pytestmark = pytest.mark.anyio
WANG, ZHANG, ZHOU = RESIDENTS[0], STAFF[3], STAFF[4]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A town of one's own."""
    return town.copied(tmp_path)


async def test_secrets_open_for_their_owner_only(settings: Settings) -> None:
    """A PIN by number or phone, a password by number; nobody's secret opens another's door, or the other kind's."""
    keeper = BookDoorkeeper(settings.pepper())
    async with open_district(settings.book) as book:
        assert await keeper.by_pin(book, WANG.number, WANG.secret) == WANG.number
        assert await keeper.by_pin(book, "10000900001", WANG.secret) == WANG.number
        assert await keeper.by_pin(book, RESIDENTS[1].number, WANG.secret) is None
        assert await keeper.by_password(book, ZHANG.number, ZHANG.secret) == ZHANG.number
        assert await keeper.by_password(book, ZHOU.number, ZHANG.secret) is None
        assert await keeper.by_password(book, WANG.number, WANG.secret) is None
        assert await keeper.by_pin(book, "V-999999", WANG.secret) is None


async def test_another_pepper_opens_nothing(settings: Settings) -> None:
    """The database alone is not enough to guess PINs."""
    async with open_district(settings.book) as book:
        assert await BookDoorkeeper(b"x" * 32).by_pin(book, WANG.number, WANG.secret) is None


async def test_a_person_whose_name_was_erased_is_nobody(settings: Settings) -> None:
    """Their sessions end at the next request."""
    keeper = BookDoorkeeper(settings.pepper())
    async with open_district(settings.book) as book:
        person = await keeper.person(book, WANG.number)
        assert person is not None
        assert person.name == "王秀兰"
        async with book.write() as db:
            await Person.filter(member=WANG.number).using_db(db).delete()
        assert await keeper.person(book, WANG.number) is None
        assert await keeper.asking(book, WANG.number, book.today()) is None
        assert await keeper.person(book, "V-999999") is None


async def test_roles_are_those_of_the_day(settings: Settings) -> None:
    """With their areas."""
    keeper = BookDoorkeeper(settings.pepper())
    async with open_district(settings.book) as book:
        zhang = await keeper.asking(book, ZHANG.number, book.today())
        assert zhang is not None
        assert [(grant.role, grant.area) for grant in zhang.grants] == [("counter", ZHANG.area)]
        wang = await keeper.asking(book, WANG.number, book.today())
        assert wang is not None
        assert wang.grants == ()
