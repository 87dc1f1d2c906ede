"""Opening hours: when a shop is open in a week, read from what people write, and whether it is open now. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from points.market.errors import BadHours

Span = tuple[str, str]
"""From, and until: `09:00`, `17:30`; until may be 24:00."""
Spans = tuple[Span, ...]
SPANS_AT_MOST = 3
AHEAD = 14
"""So many days are looked through for when a shop opens next."""

_DAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
_DAYS |= {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)}
_DAY = r"(?:周|星期|礼拜)?(mon|tue|wed|thu|fri|sat|sun|[一二三四五六日天])"
_PART = re.compile(rf"(?:每天|daily|{_DAY}(?:(?:至|到|-){_DAY})?)")
_TIMES = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_WHOLE = re.compile(rf"((?:{_PART.pattern}[、,]?)+)((?:{_TIMES.pattern}[、,]?)+|休息|关门|closed)")


@dataclass(frozen=True, slots=True)
class Week:
    """When a shop is open: the spans of Monday to Sunday, each day's in order; () is closed."""

    days: tuple[Spans, ...]

    @property
    def text(self) -> str:
        """As it is kept and printed: `周一至周五 9:00–12:00、14:00–17:30；周六 9:00–12:00`, to be read again."""
        return "；".join(f"{_named(first, last)} {said(spans)}" for first, last, spans in self.runs if spans)

    @property
    def runs(self) -> list[tuple[int, int, Spans]]:
        """Days one after the other that are the same: (first, last, spans), Monday is 1."""
        found: list[tuple[int, int, Spans]] = []
        for n, spans in enumerate(self.days, 1):
            if found and found[-1][2] == spans:
                found[-1] = (found[-1][0], n, spans)
            else:
                found.append((n, n, spans))
        return found


@dataclass(frozen=True, slots=True)
class State:
    """Whether a shop is open at a moment: `until` when, or closed until `opens`, None when that is far or never."""

    open: bool
    until: str = ""
    opens: datetime | None = None


def read(text: str) -> Week | None:
    """The week that people wrote: `周一至周五 9:00–12:00 14:00–17:30；周六 9:00–12:00`, or with Mon-Fri; None when
    it does not say one."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[–—~〜－−]", "-", plain)
    plain = re.sub(r"(\d)\s+(?=\d{1,2}:)", r"\1,", plain)
    parts = [re.sub(r"\s+", "", part) for part in re.split(r"[;。\n]", plain)]
    days: list[Spans] = [()] * 7
    for part in filter(None, parts):
        whole = _WHOLE.fullmatch(part)
        spans = spans_of(part[len(whole[1]) :]) if whole else None
        if whole is None or spans is None:
            return None
        for n in _days(whole[1]):
            days[n - 1] = spans
    return Week(tuple(days)) if any(days) else None


def of_days(texts: Sequence[str]) -> Week:
    """The week of seven texts, Monday first: `9:00-12:00，14:00-17:30`, or nothing. Raises BadHours."""
    days = []
    for n, text in enumerate(texts, 1):
        spans = spans_of(text)
        if spans is None:
            raise BadHours(day=n, text=text.strip())
        days.append(spans)
    return Week(tuple(days))


def spans_of(text: str) -> Spans | None:
    """The spans that a text says, in order and apart; () for nothing or 休息, None for what says none."""
    plain = re.sub(r"[–—~〜－−]", "-", unicodedata.normalize("NFKC", text)).casefold().strip()
    plain = re.sub(r"(\d)\s+(?=\d{1,2}:)", r"\1,", plain)
    plain = re.sub(r"\s+", "", plain)
    if plain in ("", "休息", "关门", "closed"):
        return ()
    found: list[Span] = []
    for part in filter(None, re.split("[,、]", plain)):
        times = _TIMES.fullmatch(part)
        if times is None:
            return None
        start, end = f"{int(times[1]):02}:{times[2]}", f"{int(times[3]):02}:{times[4]}"
        if not _is_time(start) or not (_is_time(end) or end == "24:00") or start >= end:
            return None
        found.append((start, end))
    apart = all(before[1] <= after[0] for before, after in pairwise(found))
    return tuple(found) if apart and len(found) <= SPANS_AT_MOST else None


def said(spans: Spans) -> str:
    """`9:00–12:00、14:00–17:30`; empty where it is closed."""
    return "、".join(f"{_short(start)}–{_short(end)}" for start, end in spans)


def on(week: Week, days: Mapping[date, Spans], day: date) -> Spans:
    """When a shop is open on a day: what was said of that very day, else what its week says."""
    return days.get(day, week.days[day.isoweekday() - 1])


def state(week: Week, days: Mapping[date, Spans], now: datetime) -> State:
    """Whether a shop is open at a moment of its own clock."""
    clock = now.strftime("%H:%M")
    for start, end in on(week, days, now.date()):
        if start <= clock < end:
            return State(True, until=end)
    for ahead in range(AHEAD + 1):
        day = now.date() + timedelta(days=ahead)
        for start, _ in on(week, days, day):
            if ahead or start > clock:
                return State(False, opens=datetime.combine(day, time.fromisoformat(start), now.tzinfo))
    return State(False)


def _is_time(text: str) -> bool:
    return text < "24:00" and text[3:] < "60"


def _days(text: str) -> list[int]:
    found: list[int] = []
    for part in _PART.finditer(text):
        if part[1] is None:
            return list(range(1, 8))
        first = _DAYS[part[1]]
        last = _DAYS[part[2]] if part[2] else first
        found += range(first, last + 1) if first <= last else [*range(first, 8), *range(1, last + 1)]
    return found


def _named(first: int, last: int) -> str:
    names = "一二三四五六日"
    if (first, last) == (1, 7):
        return "每天"
    return f"周{names[first - 1]}" + ("" if first == last else f"至周{names[last - 1]}")


def _short(clock: str) -> str:
    return clock.removeprefix("0")
