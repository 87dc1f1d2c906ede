"""Every answer carries the protections, whatever went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.site import Site, open_site
from web.headers import ALWAYS, CONTENT_POLICY


@pytest.mark.parametrize(
    "path", ["/", "/signin", "/nowhere", "/static/jishan.css", "/livez", "/signin?next=%ff"]
)
def test_every_answer_is_protected(site: Site, path: str) -> None:
    """Pages, files, errors and health answers alike."""
    headers = site.client.get(path).headers
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert len(headers["X-Request-ID"]) == 10


def test_the_content_policy_names_no_exception() -> None:
    """Nothing inline, nothing from elsewhere, no frame around us."""
    assert "unsafe" not in CONTENT_POLICY
    assert "*" not in CONTENT_POLICY
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(
        CONTENT_POLICY.split("; ")
    )


def test_pages_are_never_kept_and_files_for_long(site: Site) -> None:
    """A page is personal; a file named with its digest never changes; a file without is asked for again."""
    page = site.client.get("/signin")
    sheet = page.text.split('href="/static/jishan.css', 1)[1].split('"', 1)[0]
    assert page.headers["Cache-Control"] == "no-store"
    assert "immutable" in site.client.get(f"/static/jishan.css{sheet}").headers["Cache-Control"]
    assert site.client.get("/static/jishan.css").headers["Cache-Control"] == "no-cache"


def test_https_is_demanded_only_where_it_is_spoken(site: Site, tmp_path: Path) -> None:
    """HSTS goes with secure cookies; on plain loopback it would lock people out."""
    assert "Strict-Transport-Security" not in site.client.get("/").headers
    with open_site(tmp_path, book=f"sqlite://{tmp_path / 'secure.db'}", insecure_cookie=False) as secure:
        assert secure.client.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_foreign_host_is_refused(site: Site) -> None:
    """A request for a host we are not gets a 400 with the same protections."""
    answer = site.client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == CONTENT_POLICY
