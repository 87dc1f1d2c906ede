"""Figures in words: what outcomes and columns are called, shares as text, and the tables behind the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from points.events.figures import OUTCOMES, Figures, Tally
from points.events.periods import Period
from points.people.models import Area
from web import text, words
from web.i18n import N_, Say
from web.sheets import Sheet

LABELS = {
    "on_time": N_("按时办结"),
    "late": N_("超时办结"),
    "untold": N_("办结，没写时间"),
    "open": N_("在办"),
    "overdue": N_("超时未办结"),
    "false": N_("查明不实"),
}
"""What became of events, each in one of these."""
HEADINGS = (N_("上报"), *LABELS.values(), N_("按时率"), N_("评价"), N_("满意"), N_("满意率"))
BESIDE = {"place": N_("没有写到下一级"), "unit": N_("没有写单位")}
NOWHERE = "-"
"""In an address: of no lower place, of no unit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its label, what its numbers are of, and its tally. `chosen` are the facts of its address."""

    label: object
    tally: Tally
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table behind a chart: its title, what its lines are, and the lines, most first."""

    title: str
    first: str
    rows: Sequence[Row]


def tables(found: Figures, named: Mapping[str, Area], *, area: str) -> list[Table]:
    """The three tables: by place below the area, by category, by department; each adds up to the whole."""
    places = [
        Row(named[code].name, tally, {"area": code})
        if code and code in named
        else Row(Say(BESIDE["place"]), tally, {"area": area, "here": NOWHERE})
        for code, tally in sorted(found.places.items(), key=lambda each: each[0] or "~")
    ]
    kinds = [
        Row(words.category(letter), tally, {"area": area, "category": letter})
        for letter, tally in found.categories.items()
    ]
    units = [
        Row(unit or Say(BESIDE["unit"]), tally, {"area": area, "unit": unit or NOWHERE})
        for unit, tally in found.units.items()
    ]
    return [
        Table(N_("按网格和地方"), N_("哪里"), places),
        Table(N_("按类别"), N_("类别"), _most_first(kinds)),
        Table(N_("按单位"), N_("单位"), _most_first(units)),
    ]


def _most_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.tally.reported, str(sorted(row.chosen.items()))))


def cells(tally: Tally) -> list[int | str]:
    """A line's cells, in the order of HEADINGS."""
    return [
        tally.reported,
        *(getattr(tally, name) for name in OUTCOMES),
        percent(tally.in_time_hundredths),
        tally.rated,
        tally.content,
        percent(tally.content_hundredths),
    ]


def shown(tally: Tally) -> list[str]:
    """A line's cells as pages write them: 2,206."""
    return [text.thousands(cell) if isinstance(cell, int) else cell for cell in cells(tally)]


def linked(row: Row, period: Period, base: str) -> list[Any]:
    """The cells with the address of the events behind each number that is not nothing."""
    asks: list[dict[str, str] | None] = [
        {}, *({"outcome": name} for name in OUTCOMES), None, {"stars": "rated"}, {"stars": "content"}, None,
    ]  # fmt: skip
    return [
        (said, address(base, period, {**row.chosen, **ask}))
        if ask is not None and isinstance(cell, int) and cell
        else said
        for cell, said, ask in zip(cells(row.tally), shown(row.tally), asks, strict=True)
    ]


def address(base: str, period: Period, chosen: Mapping[str, str]) -> str:
    """/figures?period=2018-07&area=…; empty facts are left out."""
    return base + "?" + urlencode({"period": period.name} | {k: v for k, v in chosen.items() if v})


def percent(hundredths: int | None) -> str:
    """8931 → 89.31 %; a dash when there is nothing to share."""
    return "—" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02} %"


def period(shown: Period) -> str:
    """2018年7月; of a week its days."""
    if shown.is_week:
        return f"{text.full_day(shown.first)}–{text.day(shown.last)}"
    return text.month(shown.first)


def sheets(found: Figures, of: Sequence[Table], place: str, shown: Period) -> list[Sheet]:
    """The same tables as sheets to take away, in the language being spoken."""
    above = [f"{place} · {period(shown)}"]
    return [
        Sheet(
            name=str(Say(table.title)),
            above=above,
            headings=[str(Say(heading)) for heading in (table.first, *HEADINGS)],
            rows=[
                *([str(row.label), *cells(row.tally)] for row in table.rows),
                [str(Say(N_("合计"))), *cells(found.whole)],
            ],
            widths=(26, *[12] * len(HEADINGS)),
        )
        for table in of
    ]
