"""The sample town, open, for the tests of pages that need a real book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.guests import Guests, visiting


@pytest.fixture
def guests(tmp_path: Path) -> Iterator[Guests]:
    """A town of the test's own."""
    with visiting(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """A town that the tests of a module only look at."""
    with visiting(tmp_path_factory.mktemp("town")) as opened:
        yield opened
