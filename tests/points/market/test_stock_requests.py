"""What takes two people is asked for once, seen by its digest, and lapses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.market import losses, stock_decisions, stock_requests
from points.market.errors import UnknownStockRequest
from points.paging import Turn
from points.people.errors import NotAllowed, RequestLapsed
from points.people.requests import LAPSES_AFTER
from tests.points.market.conftest import Town
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio
LINES = [(14, 2, "stolen")]


async def test_one_key_asks_for_one_thing(town: Town) -> None:
    """The same again is the same request; something else under its key is refused, and so is who may not ask."""
    first = await losses.ask(town.book, town.shop, LINES, by=town.keeper, key="k")
    assert await losses.ask(town.book, town.shop, LINES, by=town.keeper, key="k") == first
    assert first.lines == ((14, 2, "stolen"),)
    with pytest.raises(ReferenceConflict):
        await losses.ask(town.book, town.shop, [(14, 3, "stolen")], by=town.keeper, key="k")
    with pytest.raises(NotAllowed):
        await losses.ask(town.book, town.shop, LINES, by=town.counter, key="k2")
    for unknown in ("nothing", "x" * 99):
        with pytest.raises(UnknownStockRequest):
            await stock_requests.find(town.book, unknown)


async def test_two_requests_for_the_same_have_two_digests(town: Town) -> None:
    """Approving one does not approve the other."""
    one, other = [
        await losses.ask(town.book, town.shop, LINES, by=town.keeper, key=key) for key in ("k1", "k2")
    ]
    assert one.digest != other.digest
    assert await stock_requests.about(town.book, [one.subject]) == {one.subject: one}


async def test_what_waits_is_turned_by_keys_and_what_was_decided_takes_no_place(town: Town) -> None:
    """The oldest first, there and back; of the shops that are asked for."""
    there = await lay(town)
    first, decided, last = [
        await losses.ask(town.book, town.shop, LINES, by=town.keeper, key=key) for key in ("k1", "k2", "k3")
    ]
    said = {"approved": False, "digest": decided.digest, "by": there.second}
    await stock_decisions.decide(town.book, decided.id, **said)
    shops = [town.shop.number]
    one = await stock_requests.waiting(town.book, shops, limit=1)
    assert [each.id for each in one] == [first.id]
    two = await stock_requests.waiting(town.book, shops, Turn(after=one.on or ""), limit=1)
    assert ([each.id for each in two], two.on) == ([last.id], None)
    back = await stock_requests.waiting(town.book, shops, Turn(before=two.back or ""), limit=1)
    assert list(back) == list(one)
    assert not await stock_requests.waiting(town.book, [town.shop.number + 1])


async def test_a_request_lapses(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 72 hours it waits for nobody and cannot be approved."""
    there = await lay(town)
    asked = await losses.ask(town.book, town.shop, LINES, by=town.keeper, key="k")
    later = town.book.now() + LAPSES_AFTER + timedelta(seconds=1)
    monkeypatch.setattr(type(town.book), "now", lambda _self: later)
    assert not await stock_requests.waiting(town.book, [town.shop.number])
    assert (await stock_requests.find(town.book, asked.id)).state == "lapsed"
    with pytest.raises(RequestLapsed):
        await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=there.second)
