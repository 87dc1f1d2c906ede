"""The second person: asked for under a sum, which lapses, and cannot be gone around in small steps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people.twice import seconds
from tests.points.awards.steps import COUNTER
from tests.points.awards.town import ADMIN, Town
from tests.points.people.twice import couple
from tests.points.people.twice.couple import GONE, KEPT, THIRD, serve

pytestmark = pytest.mark.anyio


async def test_a_request_is_for_one_pair_and_one_sum(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another sum or number is another request; pressed twice it is one; after 72 hours it is none."""
    for _ in range(2):
        await seconds.ask(town.book, KEPT, GONE, 600, by=ADMIN, key="a1")
    found = await seconds.requested(town.book, KEPT, GONE, 600)
    assert found is not None
    assert found.by == ADMIN
    assert await seconds.requested(town.book, KEPT, GONE, 601) is None
    assert await seconds.requested(town.book, KEPT, THIRD, 600) is None
    later = town.book.now() + timedelta(hours=73)
    monkeypatch.setattr(Book, "now", lambda _book: later)
    assert await seconds.requested(town.book, KEPT, GONE, 600) is None


async def test_small_merges_add_up_by_clerk_and_day_and_by_member_and_month(town: Town) -> None:
    """500 alone, 501 not; what a clerk merged today and what a member was brought this month count."""
    on = town.book.today()
    assert not await seconds.is_needed(town.book, KEPT, 500, by=ADMIN, on=on)
    assert await seconds.is_needed(town.book, KEPT, 501, by=ADMIN, on=on)
    await serve(town, GONE, 120)
    await couple.merge(town.book)
    for member, by, needed in ((THIRD, ADMIN, True), (KEPT, COUNTER, True), (THIRD, COUNTER, False)):
        assert await seconds.is_needed(town.book, member, 497, by=by, on=on) is needed, (member, by)
        assert not await seconds.is_needed(town.book, member, 496, by=by, on=on)
