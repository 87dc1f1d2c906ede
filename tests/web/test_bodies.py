"""What clients send: the good is read exactly, the rest is refused with a 4xx and never a 500."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from tests.web.site import Site, token_in
from web import access, bodies
from web.access import ANYONE, Door
from web.bodies import Malformed, parse, parse_json
from web.routes import ROUTES


async def echo(request: Request) -> Response:
    """What was read of the field `text`."""
    return PlainTextResponse(access.form(request).one("text"))


async def count(request: Request) -> Response:
    """How many characters the JSON string has."""
    return PlainTextResponse(str(len(access.body(request))))


@pytest.fixture
def routes() -> list[object]:
    """A door for forms and one for JSON."""
    return [
        Door("/echo", echo, name="echo", who=ANYONE, methods=["POST"]),
        Door("/json", count, name="json", who=ANYONE, methods=["POST"], reads=bodies.json, max_body=100_000),
        *ROUTES,
    ]


def token(client: TestClient) -> str:
    """The form token of this browser."""
    return token_in(client.get("/signin").text)


@pytest.mark.parametrize("text", ["", "早上好", "a=b&c", "一\n二", "𠮷", "%41+"])
def test_a_field_is_read_as_it_was_typed(site: Site, text: str) -> None:
    """Han, signs that mean something in a form, and the empty text come through unchanged."""
    answer = site.client.post("/echo", data={"csrf": token(site.client), "text": text})
    assert (answer.status_code, answer.text) == (200, text)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"text=%ff", "application/x-www-form-urlencoded", 400),
        (b"text=%zz", "application/x-www-form-urlencoded", 400),
        (b"text=%00", "application/x-www-form-urlencoded", 400),
        (b"text=%ED%A0%80", "application/x-www-form-urlencoded", 400),
        (b"text=%EF%BF%BD", "application/x-www-form-urlencoded", 400),
        ("text=早".encode(), "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 2001), "application/x-www-form-urlencoded", 400),
        (b"csrf=a&csrf=b", "application/x-www-form-urlencoded", 400),
        (b"text=1", "application/x-www-form-urlencoded; charset=punycode", 415),
        (b"text=1", "application/x-www-form-urlencoded; charset=gb18030", 415),
        (b"text=1", "multipart/form-data; charset=punycode; boundary=x", 415),
        (b"text=1", "text/plain", 415),
        (b"text=1", "", 415),
        (b"{}", "application/json", 415),
        (b"x" * 65537, "application/x-www-form-urlencoded", 413),
    ],
)
def test_a_hostile_form_is_refused(site: Site, body: bytes, kind: str, status: int) -> None:
    """Broken text, other encodings, too many fields and too many bytes, each with its own page."""
    answer = site.client.post("/echo", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert "content-security-policy" in answer.headers
    assert "<h1" in answer.text


def test_a_body_without_a_length_is_counted_as_it_comes(site: Site) -> None:
    """A chunked body is cut off at the limit, with the same page."""
    pieces = (b"x" * 1000 for _ in range(70))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert site.client.post("/echo", content=pieces, headers=kind).status_code == 413


def test_a_door_may_allow_more(site: Site) -> None:
    """The limit is the door's own: 70,000 bytes pass where 100,000 are allowed."""
    headers = {"Content-Type": "application/json", "X-CSRF-Token": token(site.client)}
    answer = site.client.post("/json", content=b'"' + b"x" * 70_000 + b'"', headers=headers)
    assert answer.text == "70000"


def test_a_field_that_stands_twice_is_one_only_for_who_asks_for_all() -> None:
    """Nobody can smuggle a second value past a check."""
    form = parse(b"a=1&a=2&b=3")
    assert form.all("a") == ["1", "2"]
    assert form.one("b") == "3"
    with pytest.raises(Malformed):
        form.one("a")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"1e400",
        b"1.5",
        b"-Infinity",
        b"9" * 5000,
        b'{"a":1,"a":2}',
        b'"\\ud800"',
        b'"\\u0000"',
        b'{"\\ud800":1}',
        b"[" * 5000,
        b"[" * 50 + b"]" * 50,
        '"早"'.encode("gb18030"),
        '"早"'.encode("utf-16"),
    ],
)
def test_hostile_json_is_malformed(raw: bytes) -> None:
    """Constants, fractions, duplicate keys, broken text and endless nesting are a 400."""
    with pytest.raises(Malformed):
        parse_json(raw)


def test_json_that_is_meant_is_read() -> None:
    """Whole numbers to 19 digits, texts, lists and objects."""
    assert parse_json('{"人": ["王秀兰", 9223372036854775807, true, null]}'.encode()) == {
        "人": ["王秀兰", 2**63 - 1, True, None]
    }


@given(st.binary(max_size=200))
def test_no_bytes_are_anything_but_read_or_malformed(raw: bytes) -> None:
    """Whatever arrives, the readers answer with clean text or raise Malformed; any other error would fail here."""
    with suppress(Malformed):
        assert all("\x00" not in key + value for key, value in parse(raw).pairs)
    with suppress(Malformed):
        assert not isinstance(parse_json(raw), float)
