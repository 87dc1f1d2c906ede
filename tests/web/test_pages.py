"""Pages: escaped, strict, in the language, size and contrast that were chosen, and never leading off the site."""

from __future__ import annotations

import gzip
import re

import pytest
from jinja2 import UndefinedError

from tests.web.site import Site, token_in
from web import pages


def test_a_value_is_escaped_and_a_missing_one_is_an_error() -> None:
    """Nobody's name can be markup, and no template can print nothing for a word it mistyped."""
    env = pages.environment()
    assert env.from_string("{{ name }}").render(name="<b>'\"&") == "&lt;b&gt;&#39;&#34;&amp;"
    assert env.from_string("{{ _('%(name)s，您好', name=name) }}").render(name="<i>") == "&lt;i&gt;，您好"
    with pytest.raises(UndefinedError):
        env.from_string("{{ nmae }}").render(name="x")


def test_no_template_switches_escaping_off() -> None:
    """No |safe, no inline style, script or handler, no attribute without quotes."""
    wrong = re.compile(
        r"\|\s*safe|autoescape|style=|<script>|<style|\son\w+=|javascript:|=\{\{", re.IGNORECASE
    )
    templates = sorted((pages.HERE / "templates").rglob("*.html"))
    assert len(templates) > 8
    assert [(t.name, found) for t in templates for found in wrong.findall(t.read_text())] == []


@pytest.mark.parametrize(
    ("where", "taken"),
    [
        ("/mine?month=2018-07#top", "/mine?month=2018-07#top"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/早", "/"),
        ("", "/"),
    ],
)
def test_back_is_always_on_this_site(where: str, taken: str) -> None:
    """An address from a form or a query is a path of ours, or the first page."""
    assert pages.local(where) == taken


def test_language_size_and_contrast_are_remembered(site: Site) -> None:
    """Three plain forms, no script; each comes back to the page it stood on."""
    for path, name, value, seen in [
        ("/language", "language", "en", 'lang="en"'),
        ("/size", "size", "4", 'data-size="4"'),
        ("/contrast", "contrast", "high", 'data-contrast="high"'),
    ]:
        page = site.client.get("/signin/staff").text
        form = {"csrf": token_in(page), "next": "/signin/staff", name: value}
        answer = site.client.post(path, data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, "/signin/staff")
        assert seen in site.client.get("/signin/staff").text


def test_a_choice_that_is_not_offered_changes_nothing(site: Site) -> None:
    """Only what the buttons offer is remembered, and a cookie of nonsense is as none."""
    form = {"csrf": token_in(site.client.get("/signin").text), "size": "99", "next": "//evil.example"}
    answer = site.client.post("/size", data=form)
    assert answer.headers["location"] == "/"
    assert "set-cookie" not in answer.headers
    site.client.cookies.update({"size": "99", "contrast": "<b>", "language": "fr"})
    assert 'data-size="1" data-contrast="normal"' in site.client.get("/").text


def test_a_page_may_not_be_kept_for_another_language(site: Site) -> None:
    """The answer says what it depends on."""
    answer = site.client.get("/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["Vary"] == "Cookie, Accept-Language"
    assert "Good done, and written down" in answer.text


def test_a_page_is_light(site: Site) -> None:
    """HTML and styles under 30 KB packed, the script under 10 KB plain."""
    files = pages.HERE / "static"
    page = gzip.compress(site.client.get("/").content) + gzip.compress((files / "jishan.css").read_bytes())
    assert len(page) <= 30_000
    assert (files / "jishan.js").stat().st_size <= 10_000


def test_the_seal_is_the_same_in_the_page_and_as_its_icon(site: Site) -> None:
    """Our own drawing stands twice, because an icon cannot take its colours from the page."""
    icon = (pages.HERE / "static" / "seal.svg").read_text()
    drawn = re.findall(r' d="([^"]+)"', icon)
    assert len(drawn) == 2
    assert all(path in site.client.get("/").text for path in drawn)


def test_a_key_is_new_each_time() -> None:
    """Two pages drawn for two redemptions carry two keys."""
    assert pages.fresh_key() != pages.fresh_key()
