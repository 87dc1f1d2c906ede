"""How numbers and days are written for people: +20, −150, 1,280, 11月18日 16:05."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from web.i18n import gettext, language

CHINA = timezone(timedelta(hours=8), "CST")  # one zone, and no summer time: needs no time zone database
MINUS = "\u2212"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Named(Protocol):
    """Something with a name in either language."""

    @property
    def name(self) -> str:
        """In Chinese."""

    @property
    def name_en(self) -> str:
        """In English; "" where it has none."""


class Some(Named, Protocol):
    """So many of it."""

    @property
    def quantity(self) -> int:
        """How many."""


def called(thing: Named) -> str:
    """What something is called in the language being written."""
    return (language() == "en" and thing.name_en) or thing.name


def things(lines: Iterable[Some]) -> str:
    """洗衣液 ×2、香皂: how many of each, where it is more than one."""
    told = (called(line) + (f" ×{line.quantity}" if line.quantity > 1 else "") for line in lines)
    return ("、" if language() == "zh" else ", ").join(told)


def thousands(number: int) -> str:
    """1280 → 1,280; −5 → −5 with U+2212."""
    return f"{number:,}".replace("-", MINUS)


def signed(number: int) -> str:
    """20 → +20; -150 → −150 (U+2212); 0 → 0. The sign and the number stay one text."""
    return f"{number:+,}".replace("-", MINUS) if number else "0"


def day(value: date | datetime) -> str:
    """11月18日, or 18 Nov; a time is first taken to China's clock."""
    here = _here(value)
    return f"{here.month}月{here.day}日" if language() == "zh" else f"{here.day} {_MONTHS[here.month - 1]}"


def full_day(value: date | datetime) -> str:
    """2018年11月18日, or 18 Nov 2018."""
    here = _here(value)
    return f"{here.year}年{day(value)}" if language() == "zh" else f"{day(value)} {here.year}"


def dated(day_said: str) -> str:
    """2018-11-18, as it stands in a row, written as full_day writes it."""
    return full_day(date.fromisoformat(day_said))


def whole_month(said: str) -> str:
    """2018-11, as it stands in a row, written as month writes it."""
    return month(date.fromisoformat(f"{said}-01"))


def doer(number: str) -> str:
    """Who did something, by number; what came with the book was done by nobody."""
    return gettext("建账时") if number == "system" else number


def moment(value: datetime) -> str:
    """11月18日 16:05, on China's clock."""
    return f"{day(value)} {clock(value)}"


def clock(value: datetime) -> str:
    """16:05, on China's clock."""
    return value.astimezone(CHINA).strftime("%H:%M")


def month(value: date) -> str:
    """2018年11月, or Nov 2018."""
    return (
        f"{value.year}年{value.month}月" if language() == "zh" else f"{_MONTHS[value.month - 1]} {value.year}"
    )


def iso(value: date | datetime) -> str:
    """For the datetime attribute of a time element: 2018-11-18, or 2018-11-18T08:05:00Z."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _here(value: date | datetime) -> date:
    return value.astimezone(CHINA).date() if isinstance(value, datetime) else value
