"""A whole book for the tests that spoil it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import town
from tests.ledger.tampering import Original


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """The settled sample town in a folder of its own. Tests spoil copies, never this."""
    folder: Path = tmp_path_factory.mktemp("original")
    town.copied(folder)
    return Original(folder)
