"""What a client sends, read strictly: UTF-8 forms, query strings and JSON; all else is 400, 413 or 415, never 500."""

from __future__ import annotations

import json as stdlib_json
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 65536
MAX_FIELDS = 2000
MAX_DEPTH = 40
MAX_DIGITS = 19
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile("[\x00\ufffd\ud800-\udfff]")


class Malformed(HTTPException):
    """The client sent what nobody could have meant: 400."""

    def __init__(self, detail: str = "malformed") -> None:
        super().__init__(400, detail)


class Form:
    """The fields of a form or a query string, in order. A field is single unless it is asked for with `all`."""

    def __init__(self, pairs: list[tuple[str, str]] | None = None) -> None:
        self.pairs = pairs or []

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def close(self) -> None:
        """Let go of what came with it: nothing, unless a file did."""

    def one(self, name: str, default: str = "") -> str:
        """The value of a field that may stand once. Raises `Malformed` when it stands twice."""
        values = self.all(name)
        if len(values) > 1:
            raise Malformed(f"field given twice: {name[:40]}")
        return values[0] if values else default

    def all(self, name: str) -> list[str]:
        """Every value of a field that may stand several times, in order."""
        return [value for key, value in self.pairs if key == name]


async def form(request: Request) -> Form:
    """The body of a plain form (application/x-www-form-urlencoded in UTF-8). Raises 400, 413 or 415."""
    raw = await request.body()
    if not raw:
        return Form()
    _require_type(request, "application/x-www-form-urlencoded")
    return parse(raw)


async def json(request: Request) -> Any:
    """A JSON body without duplicate keys, fractions, constants or broken text. Raises 400, 413 or 415."""
    raw = await request.body()
    _require_type(request, "application/json")
    return parse_json(raw)


def query(request: Request) -> Form:
    """The query string, read as strictly as a form."""
    return parse(request.scope.get("query_string", b""))


def parse(raw: bytes) -> Form:
    """Fields from urlencoded bytes; newlines come out as \\n. Raises `Malformed`."""
    try:
        text = raw.decode("ascii")
        if _BROKEN_ESCAPE.search(text):
            raise Malformed("broken escape")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as exc:
        raise Malformed("not a form in UTF-8") from exc
    return Form([(_clean(key), _clean(value)) for key, value in pairs])


def parse_json(raw: bytes) -> Any:
    """A value from JSON bytes. Raises `Malformed`."""
    try:
        value = stdlib_json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_refuse,
            parse_int=_integer,
        )
    except (ValueError, RecursionError) as exc:
        raise Malformed("not JSON we accept") from exc
    _check(value, MAX_DEPTH)
    return value


class BodyLimit:
    """Refuses bodies above `scope["body_limit"]` bytes (a door may raise it before it reads).

    Starlette's own `max_body_size` answers in plain English outside our middleware; this one lets the 413 page be ours.
    """

    def __init__(self, app: ASGIApp, max_body: int = MAX_BODY) -> None:
        self.app = app
        self.max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pure ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("body_limit", self.max_body)
        announced = Headers(scope=scope).get("content-length", "0")
        if not (announced.isascii() and announced.isdigit()):
            raise Malformed("content-length")
        read = 0

        async def limited() -> Message:
            nonlocal read
            if int(announced[:MAX_DIGITS]) > scope["body_limit"]:
                raise TooLarge
            message = await receive()
            read += len(message.get("body", b""))
            if read > scope["body_limit"]:
                raise TooLarge
            return message

        await self.app(scope, limited, send)


class TooLarge(HTTPException):
    """The body is longer than the door allows: 413, and the connection is closed rather than read to its end."""

    def __init__(self) -> None:
        super().__init__(413, "too large", headers={"Connection": "close"})


def _require_type(request: Request, wanted: str) -> None:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if kind.strip().lower() != wanted or (parameters.strip() and charset != "utf-8"):
        raise HTTPException(415, "unsupported media type")


def _clean(text: str) -> str:
    if _FORBIDDEN.search(text):
        raise Malformed("forbidden character")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("duplicate key")
    return value


def _refuse(text: str) -> Any:
    raise ValueError(f"number not accepted: {text[:20]}")


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError("number too long")
    return int(text)


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise Malformed("too deep")
    if isinstance(value, str) and _FORBIDDEN.search(value):
        raise Malformed("forbidden character")
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth)
            _check(inner, depth - 1)
    if isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)
