"""Contracts with merchants: signed once, for a time of their own, and nothing is handed over without one."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.keys import new_key
from points.market import contracts, shop_acts, shops
from points.market.allied_errors import BadContract, NotMerchant
from points.market.contracts import Agreed
from points.market.errors import NoContract
from points.people.errors import NotAllowed
from tests.points.market.allied import Allied
from tests.points.market.conftest import COMMUNITY


@pytest.mark.anyio
async def test_without_a_contract_nothing_is_handed_over_or_shown(allied: Allied) -> None:
    """Ended today, it hands over nothing from today on; ended twice is once."""
    (agreed,) = await contracts.of_shop(allied.book, allied.barber)
    for _ in range(2):
        await contracts.end(allied.book, agreed.id, by=allied.town.admin, on=allied.today)
    with pytest.raises(NoContract):
        await allied.cut()
    assert allied.barber.number not in [s.number for s in await shops.near(allied.book, COMMUNITY)]


@pytest.mark.anyio
async def test_contracts_do_not_overlap_and_say_what_they_must(allied: Allied) -> None:
    """The same form again is the same contract; another under its key, or in its time, is refused."""
    book, admin, later = allied.book, allied.town.admin, allied.today + timedelta(days=366)
    asked = {"from_on": later, "until_on": later, "sponsor": "unit", "by": admin, "key": "k"}
    first = await contracts.sign(book, allied.barber, **asked)
    assert await contracts.sign(book, allied.barber, **asked) == first
    with pytest.raises(ReferenceConflict):
        await contracts.sign(book, allied.barber, **asked | {"sponsor": "street"})
    wrong = (
        {},
        {"from_on": later + timedelta(days=2), "until_on": later + timedelta(days=1)},
        {"sponsor": "nobody"},
        {"fen": {999: 1}},
        {"fen": {1: -1}},
    )
    for change in wrong:
        with pytest.raises(BadContract):
            await contracts.sign(book, allied.barber, **asked | change | {"key": new_key()})
    with pytest.raises(NotMerchant):
        await contracts.sign(book, allied.town.shop, **asked)
    with pytest.raises(NotAllowed):
        await contracts.sign(book, allied.barber, **asked | {"by": allied.keeper, "key": "x"})


@pytest.mark.anyio
async def test_two_contracts_for_one_time_signed_at_once_are_one(allied: Allied) -> None:
    """Whoever comes second sees the first."""
    later = allied.today + timedelta(days=500)
    asked = {"from_on": later, "until_on": later, "sponsor": "unit", "by": allied.town.admin}
    answers = await asyncio.gather(
        *(contracts.sign(allied.book, allied.barber, **asked, key=key) for key in ("one", "two")),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Agreed", "ContractOverlaps"]


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2019, 1, 4), False),
        (date(2019, 1, 5), True),
        (date(2019, 1, 9), True),
        (date(2019, 1, 10), False),
    ],
)
def test_a_contract_holds_on_its_first_day_and_on_its_last(on: date, holds: bool) -> None:
    """Both are included, and no other day."""
    assert Agreed("3-1", 3, "2019-01-05", "2019-01-09", "street").holds(on) is holds


@pytest.mark.anyio
async def test_whoever_signed_once_stays_a_merchant(allied: Allied) -> None:
    """In force until the day before it ends; then the shop is closed, and a merchant's whatever it is called."""
    book, barber, admin = allied.book, allied.barber, allied.town.admin
    (agreed,) = await contracts.of_shop(book, barber)
    last, first_without = [allied.today + timedelta(days=days) for days in (9, 10)]
    with pytest.raises(NotAllowed):
        await contracts.end(book, agreed.id, by=allied.keeper, on=first_without)
    await contracts.end(book, agreed.id, by=admin, on=first_without)
    assert (await contracts.require(book, barber, last)).until_on == last.isoformat()
    assert await contracts.closed(book, last) == set()
    assert await contracts.closed(book, first_without) == {barber.number}
    await shop_acts.turn_into(book, barber, "supermarket", by=admin, on=allied.today, key="turn")
    assert await contracts.merchants(book, await shops.all_shops(book)) == {barber.number}
    assert [await contracts.is_merchant(book, shop) for shop in (barber, allied.town.shop)] == [True, False]
    for key in ("none", "x" * 40):
        with pytest.raises(NotMerchant):
            await contracts.end(book, key, by=admin, on=last)
