"""Premises: what is read once of a shop is what each of its readers would say."""

from __future__ import annotations

import pytest

from points.market import premises, shop_acts
from points.market.errors import UnknownShop
from tests.points.market.allied import Allied
from tests.points.market.conftest import COMMUNITY, DISTRICT, ELSEWHERE, STREET, Town


@pytest.mark.anyio
async def test_a_shop_lies_in_its_area_and_all_above_it_and_nowhere_else(town: Town) -> None:
    """Whoever has a role for one of these, or the whole book, works there; nobody else."""
    there = await premises.find(town.book, town.shop.number)
    assert there.path == f"/{DISTRICT}/{STREET}/{COMMUNITY}/"
    assert not there.merchant
    for codes in ([COMMUNITY], [STREET], [ELSEWHERE, DISTRICT], [None]):
        assert there.within(codes)
    for codes in ([], [ELSEWHERE]):
        assert not there.within(codes)
    with pytest.raises(UnknownShop):
        await premises.find(town.book, 999)


@pytest.mark.anyio
async def test_what_became_of_a_shop_is_read_every_time(town: Town) -> None:
    """A shop that is closed is closed for the next who asks."""
    book, today = town.book, town.book.today()
    assert (await premises.of(book, town.shop)).standing.closed_on is None
    await shop_acts.close(book, town.shop, by=town.admin, on=today, key="k")
    for there in (await premises.of(book, town.shop), (await premises.every(book))[0]):
        assert there.standing.closed_on == today.isoformat()


@pytest.mark.anyio
async def test_a_merchant_is_one(allied: Allied) -> None:
    """By its kind, or because it signed."""
    every = {there.shop.number: there.merchant for there in await premises.every(allied.book)}
    assert every[allied.barber.number]
    assert not every[allied.town.shop.number]
