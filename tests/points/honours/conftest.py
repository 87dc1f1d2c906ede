"""The town that the tests of hours and honours are set in: that of the awards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.points.awards.town import Town, fresh


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with its rule book and its staff, where nothing has happened yet."""
    async with fresh(tmp_path) as it:
        yield it
