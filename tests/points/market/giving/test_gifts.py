"""Gifts at home and to the care fund: who may, how much in a month, and that a point lives no longer for it."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.awards import purse
from points.errors import PointsError
from points.market.giving import gifts
from points.market.giving.errors import (
    BadGift,
    ChildGift,
    GiftsUsedUp,
    GiftTooLarge,
    NotTogether,
    OwnGift,
)
from points.market.giving.records import Gift
from points.people import households
from points.people.models import Person
from tests import meanwhile
from tests.points.market.conftest import COMMUNITY, ON, enrol
from tests.points.market.giving.conftest import Home

pytestmark = pytest.mark.anyio


async def test_what_is_given_at_home_keeps_its_day(home: Home) -> None:
    """The earliest is given first; honour and hours are not touched."""
    done = await home.gift(40)
    assert not done.repeated
    assert await home.points(f"member/{home.town.zhao}/") == {
        f"until/{home.soon}": 30,
        f"until/{home.later}": 10,
    }
    assert await home.points(f"member/{home.town.wang}/") == {f"until/{home.later}": 90}
    entries = await statements.history(
        home.book.reader, [(chart.until(home.town.wang, home.later), "points")], limit=1
    )
    assert (entries[0].kind, entries[0].evidence_kind, entries[0].evidence_id) == (
        "gift",
        "gift",
        done.gift.id,
    )


async def test_what_is_given_to_the_care_fund_is_the_communitys(home: Home) -> None:
    """Of the giver's own community, with its days."""
    await home.gift(35, "")
    assert await home.points(f"care/{COMMUNITY}/") == {f"until/{home.soon}": 30, f"until/{home.later}": 5}


async def test_the_same_key_gives_once(home: Home) -> None:
    """Pressed twice it is the first gift; another amount under the key is refused."""
    first, again = await home.gift(5, key="k"), await home.gift(5, key="k")
    assert (again.repeated, again.gift.id) == (True, first.gift.id)
    with pytest.raises(ReferenceConflict):
        await home.gift(6, key="k")
    assert await Gift.all().using_db(home.book.reader).count() == 1


async def test_a_month_has_a_limit_and_it_is_said_what_is_left(home: Home) -> None:
    """100 in the default book; what is refused has moved nothing."""
    await home.town.give(home.town.wang, 100, home.later)
    await home.gift(60)
    with pytest.raises(GiftsUsedUp, match="还能送 40 分") as refused:
        await home.gift(41, "")
    assert refused.value.facts == {"limit": 100, "left": 40}
    await home.gift(40, "")
    assert (await gifts.allowance(home.book, home.town.wang, home.book.today())).left == 0


async def test_two_gifts_at_once_do_not_pass_the_limit_together(home: Home) -> None:
    """Each of 60 would do, both would not: one is given, the other reads what is left."""
    await home.town.give(home.town.wang, 100, home.later)
    answers = await asyncio.gather(
        *(home.gift(60, to) for to in ("", home.town.zhao, "")), return_exceptions=True
    )
    refused = [each for each in answers if isinstance(each, GiftsUsedUp)]
    assert len(refused) == 2
    assert all(each.facts["left"] == 40 for each in refused)
    allowed = await gifts.allowance(home.book, home.town.wang, home.book.today())
    assert await statements.balance(home.book.reader, allowed.account, chart.CAP) == -60


async def test_nobody_gives_more_than_they_have(home: Home) -> None:
    """What is missing is said; two at once of different keys do not spend a purse twice."""
    await home.gift(90)
    answers = await asyncio.gather(
        *(gifts.give(home.book, home.town.zhao, to="", points=50, by=home.town.zhao, key=k) for k in "abc"),
        return_exceptions=True,
    )
    refused = [each for each in answers if isinstance(each, GiftTooLarge | GiftsUsedUp)]
    assert (len(answers), len(refused)) == (3, 2)
    assert await home.points(f"member/{home.town.zhao}/") == {f"until/{home.later}": 40}
    with pytest.raises(GiftTooLarge, match="还差 1 分"):
        await gifts.give(home.book, home.town.zhao, to="", points=41, by=home.town.zhao, key="d")


@pytest.mark.parametrize("points", [0, -1, gifts.MOST + 1])
async def test_an_amount_is_a_whole_number_in_reason(home: Home, points: int) -> None:
    """From 1 on."""
    with pytest.raises(BadGift):
        await home.gift(points)


async def test_only_who_lives_there_is_given_to(home: Home) -> None:
    """Neither a neighbour, nor oneself, nor who has moved out."""
    neighbour = await enrol(home.book, "李强")
    with pytest.raises(NotTogether):
        await home.gift(1, neighbour)
    with pytest.raises(OwnGift):
        await home.gift(1, home.town.wang)
    await households.join(home.book, "H-000009", home.town.zhao, on=ON)
    with pytest.raises(NotTogether):
        await home.gift(1)


async def test_who_moves_out_while_it_is_written_gets_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked once more in the commit itself."""

    async def moves() -> None:
        await households.join(home.book, "H-000009", home.town.zhao, on=ON)

    meanwhile.after(monkeypatch, purse, "spendable", moves)
    with pytest.raises(NotTogether):
        await home.gift(1)
    assert await home.points(f"member/{home.town.zhao}/") == {}
    assert (await gifts.allowance(home.book, home.town.wang, home.book.today())).left == 100


async def test_a_child_receives_and_does_not_give(home: Home) -> None:
    """Somebody who is known to be under 14."""
    async with home.book.write() as db:
        young = Person.filter(member=home.town.zhao).using_db(db)
        await young.update(born_year=home.book.today().year - 9)
    await home.gift(3)
    with pytest.raises(ChildGift):
        await gifts.give(home.book, home.town.zhao, to="", points=1, by=home.town.zhao, key="c")


async def test_nobody_gives_to_who_was_forgotten(home: Home) -> None:
    """Their number is still there and their points would be nobody's."""
    async with home.book.write() as db:
        await Person.filter(member=home.town.zhao).using_db(db).delete()
    assert await gifts.receivers(home.book, home.town.wang) == []
    with pytest.raises(PointsError):
        await home.gift(1)
