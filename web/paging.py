"""The links of a long list: where its address says that somebody reads, and the addresses to read on at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from points.paging import FIRST, Part, Turn
from web import bodies

KEY_AT_MOST = 80
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of what stands before and after the part that is shown; None where there is nothing."""

    back: str | None
    on: str | None


def turn(request: Request, of: str = "") -> Turn:
    """Where the address of a list says that somebody reads, by `?before=` or `?after=` a key.

    Of two lists on a page, the second one's fields begin with its name `of`.
    """
    query = bodies.query(request)
    return Turn(query.one(of + BEFORE)[:KEY_AT_MOST], query.one(of + AFTER)[:KEY_AT_MOST])


def links(request: Request, part: Part[Any], of: str = "") -> Links:
    """The addresses beside a part; from one that turned out empty the way leads back to the beginning."""
    before, after = of + BEFORE, of + AFTER
    rest = [(field, text) for field, text in bodies.query(request).pairs if field not in (before, after)]
    if not part and turn(request, of) != FIRST:
        return Links(_at(request, rest), None)
    on, back = (after, before) if part.rising else (before, after)
    return Links(
        _at(request, [*rest, (back, part.back)]) if part.back else None,
        _at(request, [*rest, (on, part.on)]) if part.on else None,
    )


def _at(request: Request, asked: list[tuple[str, str]]) -> str:
    return f"{request.url.path}?{urlencode(asked)}" if asked else request.url.path
