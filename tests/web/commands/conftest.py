"""The sample town under the hands of the commands: one to read, one to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import town


@pytest.fixture(scope="session")
def quiet_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book of a town that nobody changes."""
    folder = tmp_path_factory.mktemp("quiet")
    town.copied(folder)
    return folder / town.NAMES[0]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The book of a town of one's own."""
    town.copied(tmp_path)
    return tmp_path / town.NAMES[0]
