"""The town that the tests of merging are set in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.points.awards.steps import Life
from tests.points.awards.town import Town, fresh
from tests.points.people.twice import couple


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    """A town where one person has two numbers."""
    async with fresh(tmp_path) as town:
        yield await couple.settle(town)


@pytest.fixture
def town(life: Life) -> Town:
    """The same town."""
    return life.town
