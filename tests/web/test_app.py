"""The site as a whole: whatever is sent, it answers, and never with a 500."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.middleware.exceptions import ExceptionMiddleware

from tests.figures import figure
from tests.web.site import Clock, FakeDoorkeeper, Site, open_fake_book, settings_for
from web.app import create_app, utc_now
from web.bodies import BodyLimit
from web.headers import Headers
from web.origins import Origins
from web.sessions import Cookies, Sessions

PATHS = [
    "/",
    "/signin",
    "/signin/staff",
    "/signout",
    "/language",
    "/size",
    "/static/",
    "/livez",
    "/readyz",
    "/x",
]


def test_the_protections_stand_in_their_order(tmp_path: Path) -> None:
    """Headers and cookies outside the error pages, which therefore have both; sessions before forms are judged."""
    app = create_app(
        settings_for(tmp_path), open_book=open_fake_book, doorkeeper=FakeDoorkeeper(), now=Clock()
    )
    order: list[Any] = [middleware.cls for middleware in app.user_middleware]
    for earlier, later in [
        (Headers, ExceptionMiddleware),
        (Cookies, ExceptionMiddleware),
        (ExceptionMiddleware, Sessions),
        (Sessions, Origins),
        (BodyLimit, Origins),
    ]:
        assert order.index(earlier) < order.index(later)


def test_the_clock_is_utc() -> None:
    """Times are stored aware, in UTC."""
    assert utc_now().utcoffset() is not None
    assert not utc_now().utcoffset()


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ff",
        "/static/%00",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/" + "x" * 5000,
        "/static//etc/passwd",
        "/?%ff=%zz",
        "/signin?next=%00",
        "/signin?next=%ff",
        "/signin?away=1&away=2",
        "/" + "早" * 500,
        "//",
        "/\\",
    ],
)
def test_a_hostile_address_is_answered(site: Site, path: str) -> None:
    """Broken escapes, roots climbed and endless names are a 4xx, or a page."""
    status = site.client.get(path).status_code
    assert status in (200, 303, 400, 404)
    assert not (path.startswith("/static") and status == 200)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW"])
def test_a_method_nobody_offers_is_refused(site: Site, method: str) -> None:
    """405 or 403, with a page; HEAD is GET without its body."""
    assert site.client.request(method, "/signin").status_code == (200 if method == "HEAD" else 405)


NAMES = st.sampled_from(
    ["Accept-Language", "Cookie", "Content-Type", "Sec-Fetch-Site", "Origin", "Content-Length"]
)
VALUES = st.binary(max_size=60).map(lambda raw: bytes(byte for byte in raw if byte >= 32 and byte != 127))


@settings(
    max_examples=figure(short=60, full=3000),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.sampled_from(PATHS),
    st.sampled_from(["GET", "POST"]),
    st.dictionaries(NAMES, VALUES),
    st.binary(max_size=100),
    st.text("abc=&%0fF;+", max_size=20),
)
def test_nothing_a_client_sends_is_a_500(
    site: Site, path: str, method: str, headers: dict[str, bytes], body: bytes, query: str
) -> None:
    """Random methods, headers, queries and bodies against every public address."""
    sent = {name.encode(): value for name, value in headers.items()}
    answer = site.client.request(method, f"{path}?{query}", headers=sent, content=body)
    assert answer.status_code < 500
