"""What takes two people is asked for once, seen by its digest, and lapses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.market import losses, stock_decisions, stock_requests
from points.market.errors import UnknownStockRequest
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


async def test_a_request_lapses(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 72 hours it waits for nobody and cannot be approved."""
    there = await lay(town)
    asked = await losses.ask(town.book, town.shop, LINES, by=town.keeper, key="k")
    later = town.book.now() + LAPSES_AFTER + timedelta(seconds=1)
    monkeypatch.setattr(type(town.book), "now", lambda _self: later)
    assert await stock_requests.waiting(town.book) == []
    assert (await stock_requests.find(town.book, asked.id)).state == "lapsed"
    with pytest.raises(RequestLapsed):
        await stock_decisions.decide(town.book, asked.id, approved=True, digest=asked.digest, by=there.second)
