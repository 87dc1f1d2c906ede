"""Places as people type them: by code, or by name among those that they answer for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from points.people import areas
from points.people.models import Area
from web.access import Who
from web.forms import Filled, half_width

M = TypeVar("M", bound=BaseModel)

MOST = 300
"""So many places are offered to choose from; more are typed."""
_CODE = re.compile(r"(?<!\d)\d{12,15}(?!\d)", re.ASCII)


def codes(asking: Who, roles: Collection[str]) -> tuple[str | None, ...]:
    """The areas for which somebody holds one of these roles, each once; None is the whole book."""
    return tuple(dict.fromkeys(area for role in roles for area in asking.areas(role)))


async def offered(book: Any, asking: Who, roles: Collection[str], levels: Sequence[str]) -> list[Area]:
    """The places of these levels where somebody holds one of these roles, by code, MOST at most. Four statements."""
    mine = codes(asking, roles)
    wanted = None if None in mine else [code for code in mine if code]
    return await areas.inside(book, wanted, levels, limit=MOST)


def prefilled(filled: Filled[M], places: Sequence[Area]) -> Filled[M]:
    """A form as it is shown: where somebody answers for one place only, that place stands in its `area`."""
    if filled.values.get("area") or len(places) != 1:
        return filled
    return replace(filled, values={**filled.values, "area": f"{places[0].name} {places[0].code}"})


def read(text: str, places: Sequence[Area]) -> str | None:
    """The code that was typed, or of the one place with that name; None when there is none or more than one."""
    typed = half_width(text)
    if found := _CODE.search(typed):
        return found[0]
    key = areas.key_of(typed)
    named = [place.code for place in places if place.name == typed] or [
        place.code for place in places if areas.key_of(place.name) == key
    ]
    return named[0] if len(named) == 1 else None
