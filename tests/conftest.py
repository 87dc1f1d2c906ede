"""What every test may ask for, and what is true in each of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from points.awards import drawing
from points.people import signin
from tests.figures import figure
from web import sessions

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


AS_IT_IS = signin.HASHER, signin.NOBODY
"""What hashes PINs and passwords in the product, and the hash that no secret has."""


@pytest.fixture(scope="session", autouse=True)
def secrets_cost_nothing() -> Iterator[None]:
    """Signing in takes no fifth of a second; tests of what a secret costs say so (`secrets_cost_what_they_cost`)."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signin, "HASHER", cheap)
        patch.setattr(signin, "NOBODY", signin.NOBODY.replace("m=65536,t=3", "m=8,t=1"))
        yield


@pytest.fixture
def secrets_cost_what_they_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs and passwords are hashed as the product hashes them."""
    for name, value in zip(("HASHER", "NOBODY"), AS_IT_IS, strict=True):
        monkeypatch.setattr(signin, name, value)


@pytest.fixture(scope="session", autouse=True)
def passwords_stay_fresh() -> Iterator[None]:
    """On a busy machine a file's tests take longer than a password stays fresh; tests of that set it themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "FRESH", timedelta(days=1))
        yield


AS_DRAWN = drawing.ONE_IN
"""One in so many, as the product draws."""


@pytest.fixture(scope="session", autouse=True)
def nothing_is_drawn() -> Iterator[None]:
    """No test depends on which award is drawn for a second look; those that are about it say so.

    For the whole session, as the town is laid outside any one test, and an audit asks what its evidence draws.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "ONE_IN", 2**64)
        yield


@pytest.fixture
def one_in_twenty_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Awards are drawn as the product draws them: for what processes of their own have verified."""
    monkeypatch.setattr(drawing, "ONE_IN", AS_DRAWN)
