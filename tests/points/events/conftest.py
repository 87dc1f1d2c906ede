"""The book these tests are about: a small part of the world, and files to import into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ledger.book import Book
from tests import books
from tests.points.awards.town import Town
from tests.points.awards.town import fresh as fresh_town
from tests.points.people import village


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """A fresh book with two districts, three streets and five communities."""
    async with books.fresh(tmp_path) as fresh:
        await village.lay(fresh)
        yield fresh


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with its rule book and its staff, where nothing has happened yet."""
    async with fresh_town(tmp_path) as it:
        yield it
