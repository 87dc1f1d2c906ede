"""Who works here neither gives nor receives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.keys import new_key
from points.market.giving import gifts
from points.market.giving.errors import (
    StaffGift,
)
from points.people import households, roles
from tests.points.market.conftest import COMMUNITY, ON, enrol
from tests.points.market.giving.conftest import HOME, Home

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("role", ["counter", "liaison"])
async def test_who_works_here_neither_gives_nor_receives(home: Home, role: str) -> None:
    """A resident with a duty counts like staff, wherever the duty is; when it has ended, no more."""
    day = home.book.today()
    town = home.town
    given = await roles.grant(home.book, member=town.zhao, role=role, area=COMMUNITY, by=town.admin, on=ON)
    with pytest.raises(StaffGift):
        await home.gift(1)
    with pytest.raises(StaffGift):
        await gifts.give(home.book, town.zhao, to="", points=1, by=town.zhao, key=new_key())
    await roles.revoke(home.book, grant=given.id, by=town.admin, on=day - timedelta(days=1))
    await home.gift(1)


async def test_staff_of_the_house_is_staff_without_a_role_too(home: Home) -> None:
    """Whoever was enrolled as staff."""
    clerk = await enrol(home.book, "周静", "staff")
    await households.join(home.book, HOME, clerk, on=ON)
    assert clerk not in await gifts.receivers(home.book, home.town.wang)
    with pytest.raises(StaffGift):
        await home.gift(1, clerk)
