"""A price cut by more than half takes two: who asks, who decides, and what both see."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.keys import new_key
from points.market import price_requests, prices
from points.market.errors import NotPriceSecond, PriceTooSoon
from points.market.price_requests import Asked
from points.people import households
from points.people.errors import NotAllowed, RequestChanged, RequestDecided, RequestLapsed, UnknownRequest
from points.people.models import RoleGrant
from tests.points.market.conftest import ON, Town, enrol

pytestmark = pytest.mark.anyio


async def ask(town: Town, key: str = "k", points: int = 10) -> Asked:
    """The keeper asks for oil, which costs 60, at 10 in three days."""
    item = await town.item("食用油 5L")
    day = town.book.today() + timedelta(days=3)
    return await price_requests.ask(town.book, item, points, from_on=day, by=town.keeper, key=key)


async def second(town: Town, name: str = "郑义") -> str:
    """Somebody who approves for the whole book."""
    number = await enrol(town.book, name, "staff")
    async with town.book.write() as db:
        await RoleGrant.create(
            using_db=db, id=new_key(), member=number, role="approver", area=None, from_on=ON.isoformat(),
            until_on=None, granted_by="system", reference=f"grant/{number}",
        )  # fmt: skip
    return number


async def test_what_a_second_person_approves_is_the_price(town: Town) -> None:
    """Set with the approval, once, for both who press at a time; what was seen is what is asked."""
    asked, by = await ask(town), await second(town)
    assert (asked.before, asked.points, asked.state) == (60, 10, "open")
    assert [each.id for each in await price_requests.waiting(town.book)] == [asked.id]
    both = await asyncio.gather(
        *(
            price_requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=by)
            for _ in range(2)
        )
    )
    assert {each.state for each in both} == {"approved"}
    assert [row.points for row in await prices.history(town.book, asked.item)] == [10, 60]
    assert not await price_requests.waiting(town.book)
    with pytest.raises(RequestDecided):
        await price_requests.decide(town.book, asked.id, approved=False, digest=asked.digest, by=by)


async def test_what_is_refused_changes_no_price(town: Town) -> None:
    """And can be asked for again."""
    asked, by = await ask(town), await second(town)
    done = await price_requests.decide(town.book, asked.id, approved=False, digest=asked.digest, by=by)
    assert (done.state, done.decided_by) == ("refused", by)
    assert [row.points for row in await prices.history(town.book, asked.item)] == [60]
    assert (await ask(town, "again")).state == "open"


async def test_nobody_approves_what_they_asked_for_nor_their_household(town: Town) -> None:
    """Not the keeper, not who has no role for the whole book, not who lives with the keeper."""
    asked, by = await ask(town), await second(town)
    for member in (by, town.keeper):
        await households.join(town.book, "H-000001", member, on=ON)
    for who in (town.keeper, town.admin, town.counter, by):
        with pytest.raises(NotPriceSecond):
            await price_requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=who)


async def test_what_changed_or_is_late_is_not_approved(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another digest, other prices since, 72 hours, the day itself: each is said, and no price is set."""
    asked, by = await ask(town), await second(town)
    with pytest.raises(RequestChanged):
        await price_requests.decide(town.book, asked.id, approved=True, digest="sha256:0", by=by)
    now, today = town.book.now(), town.book.today()
    with monkeypatch.context() as later:
        later.setattr(type(town.book), "now", lambda _: now + timedelta(hours=73))
        with pytest.raises(RequestLapsed):
            await price_requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=by)
    with monkeypatch.context() as later:
        later.setattr(type(town.book), "today", lambda _: today + timedelta(days=3))
        with pytest.raises(PriceTooSoon):
            await price_requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=by)
    item = await town.item("食用油 5L")
    await prices.set_price(
        town.book, item, 90, from_on=today + timedelta(days=1), by=town.keeper, on=today, key="dearer"
    )
    with pytest.raises(RequestChanged):
        await price_requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=by)
    assert [row.points for row in await prices.history(town.book, asked.item)] == [90, 60]


async def test_asking_twice_is_asking_once(town: Town) -> None:
    """The same key again is the same request; for another price it is refused, and so is who keeps no goods."""
    assert (await ask(town)).id == (await ask(town)).id
    with pytest.raises(ReferenceConflict):
        await ask(town, points=9)
    with pytest.raises(UnknownRequest):
        await price_requests.find(town.book, "x" * 33)
    item = await town.item("食用油 5L")
    with pytest.raises(NotAllowed):
        await price_requests.ask(
            town.book, item, 1, from_on=town.book.today() + timedelta(days=1), by=town.counter, key="z"
        )
