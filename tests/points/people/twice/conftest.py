"""The town that the tests of merging are set in."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import books
from tests.points.awards.steps import Life
from tests.points.awards.town import Town
from tests.points.people.twice import couple


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    """A town where one person has two numbers."""
    async with books.laid(tmp_path, couple.lay) as (book, life):
        yield replace(life, town=life.town.in_(book), shop=copy.copy(life.shop), redeemed=[], objected=[])


@pytest.fixture
def town(life: Life) -> Town:
    """The same town."""
    return life.town
