"""Hours into whole minutes: a plain number counts, other spellings get a suggestion. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from points.events.imports.errors import (
    NotHours,
    NotMinutes,
    ProbablyHours,
    ProbablyMinutes,
    TooManyHours,
    ZeroHours,
)

LONGEST = 24
NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
SPOKEN = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)个?(?P<half>半)?(?:小时|钟头|个钟|hours?|hrs?|h|时)(?P<after>半)?)?"
    r"(?:(?P<minutes>\d+)(?:分钟|分|mins?|m))?",
    re.ASCII | re.IGNORECASE,
)
CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})", re.ASCII)
NUMERALS = {n: str(i) for i, n in enumerate("零一二三四五六七八九")} | {"两": "2", "十": "10"}


def minutes(text: str) -> int:
    """Hours as a plain number into minutes, exactly: 1.5 → 90; raises a RowError.

    More than 0, at most 24, and a whole number of minutes. What is spelled otherwise (2小时半, 90分钟, 1:30) is not
    believed, but the number it probably means is suggested.
    """
    read = "".join(unicodedata.normalize("NFKC", text).split())
    if not NUMBER.fullmatch(read):
        meant = suggestion(read)
        raise ProbablyHours(hours=meant) if meant else NotHours()
    exact = Decimal(read) * 60
    if exact == 0:
        raise ZeroHours
    if exact > LONGEST * 60:
        meant = _as_hours(Decimal(read))
        raise ProbablyMinutes(most=LONGEST, hours=meant) if meant else TooManyHours(most=LONGEST)
    if exact != int(exact):
        raise NotMinutes
    return int(exact)


def suggestion(text: str) -> str | None:
    """The hours a spelling probably means: 2小时半 → 2.5, 90分钟 → 1.5, 半小时 → 0.5; None when we cannot tell."""
    plain = "".join(NUMERALS.get(c, c) for c in text)
    plain = re.sub(r"^半个?(小时|钟头|钟|h)", "30分钟", plain)
    if clock := CLOCK.fullmatch(plain):
        return _as_hours(Decimal(int(clock[1]) * 60 + int(clock[2])))
    spoken = SPOKEN.fullmatch(plain)
    if not plain or not spoken:
        return None
    total = Decimal(spoken["hours"] or 0) * 60 + int(spoken["minutes"] or 0)
    return _as_hours(total + (30 if spoken["half"] or spoken["after"] else 0))


def _as_hours(total: Decimal) -> str | None:
    """Minutes as a number of hours that `minutes` would take, if it can be written shortly."""
    hours = total / 60
    if not 0 < hours <= LONGEST or total != int(total) or hours != round(hours, 4):
        return None
    return f"{hours.normalize():f}"
