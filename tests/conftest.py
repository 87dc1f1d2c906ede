"""What every test may ask for, and what is true in each of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from points.awards import drawing
from tests.figures import figure

pytest_plugins = ["tests.needs", "tests.browser", "tests.postgres"]

# No deadline: two cores shared with a browser are slow at odd moments, and a slow example is not a wrong one.
settings.register_profile(
    "jishan",
    max_examples=figure(short=50, full=2_000),
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("jishan")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the book, the settings or the home of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("JISHAN_") and name != "JISHAN_FULL"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on which award is drawn for a second look; those that are about it say so."""
    monkeypatch.setattr(drawing, "ONE_IN", 2**64)
