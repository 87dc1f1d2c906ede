"""The town that the tests of awards are set in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import books
from tests.points.awards.town import Town, lay


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with its rule book and its staff, where nothing has happened yet."""
    async with books.laid(tmp_path, lay) as (book, town):
        yield town.in_(book)
