"""Households: who counts as one side."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import households
from points.people.models import HouseholdJoin
from tests.points.people.village import DAY


@pytest.mark.anyio
async def test_the_latest_household_counts(book: Book) -> None:
    """王军 moved out; he is no longer on his mother's side."""
    for household, member, later in (("H1", "V-000001", 0), ("H1", "V-000002", 0), ("H2", "V-000002", 1)):
        await households.join(book, household, member, on=DAY + timedelta(days=later))
    homes = await households.of(book, ["V-000001", "V-000002", "V-000003"])
    assert homes == {"V-000001": "H1", "V-000002": "H2", "V-000003": None}
    assert not households.same_side("V-000001", "V-000002", homes)
    assert await households.members_of(book, "H1") == ["V-000001"]


@pytest.mark.anyio
async def test_joining_where_one_lives_writes_nothing(book: Book) -> None:
    """Saying it twice is saying it once."""
    first = await households.join(book, "H1", "V-000001", on=DAY)
    assert (await households.join(book, "H1", "V-000001", on=DAY)).id == first.id
    assert await HouseholdJoin.all().using_db(book.reader).count() == 1


def test_one_is_on_ones_own_side_and_on_that_of_the_household() -> None:
    """Two people without a household are two sides: nothing declared is nothing shared."""
    homes = {"V-000001": "H1", "V-000002": "H1", "V-000003": None, "V-000004": None}
    assert households.same_side("V-000003", "V-000003", homes)
    assert households.same_side("V-000001", "V-000002", homes)
    assert not households.same_side("V-000003", "V-000004", homes)
    assert not households.same_side("V-000008", "V-000009", homes)
