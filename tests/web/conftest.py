"""The site for tests of the web floor, and the doors of its own that a test module may add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from starlette.routing import BaseRoute

from tests.web.site import Site, open_site
from web.routes import ROUTES


@pytest.fixture
def routes() -> Sequence[BaseRoute]:
    """The site map; a test module that needs doors of its own overrides this."""
    return ROUTES


@pytest.fixture
def site(tmp_path: Path, routes: Sequence[BaseRoute]) -> Iterator[Site]:
    """A running site with a fake book and four people."""
    with open_site(tmp_path, routes) as opened:
        yield opened
