"""`jishan figures`: what was reported in a month or a week, how much in time, and how content people were."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ledger.book import Book
from points.events import figures as verbs
from points.events import periods
from points.events.periods import Period
from points.people import areas
from web import figure_words, sheets
from web.commands.options import Month
from web.commands.refusals import Refused, unusable
from web.commands.terminal import Answer, Command, Meter, run, table
from web.i18n import N_, Say
from web.i18n import gettext as _

AREA = click.option(
    "--area", default=None, metavar="CODE", help="哪一片；不写就是全部 · everywhere if left out"
)
XLSX = click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="存成表格 · as a spreadsheet",
)


@click.command(cls=Command)
@AREA
@click.option(
    "--month", default=None, type=Month(), metavar="YYYY-MM", help="哪个月；不写就是本月 · which month"
)
@click.option(
    "--week", default=None, metavar="YYYY-Wnn", help="哪一周，如 2018-W27 · which week, by ISO 8601"
)
@XLSX
def figures(area: str | None, month: str | None, week: str | None, xlsx: Path | None) -> None:
    """周报和月报 · Weekly and monthly figures: in time, content; by place, category and department."""

    async def work(book: Book, _meter: Meter) -> Answer:
        period = period_of(book, month, week)
        place = (await areas.find(book, area)).name if area else str(Say(N_("全部地方")))
        found = verbs.figures(await verbs.cases(book, [area], period), area)
        named = await areas.many(book, [code for code in found.places if code])
        tables = figure_words.tables(found, named, area=area or "")
        if xlsx:
            save(xlsx, figure_words.sheets(found, tables, place, period))
        lines = [f"{place} · {figure_words.period(period)}"]
        for each in tables:
            lines += ["", *_lines(each, found.whole)]
        return Answer(lines, _data(found, area, period))

    run(work)


def period_of(book: Book, month: str | None, week: str | None) -> Period:
    """The month or week that was asked for, this month when none was; raises Refused."""
    if month and week:
        raise Refused(_("--month 和 --week 只写一个。"))
    named = month or week
    period = periods.read(named) if named else periods.month_of(book.today())
    if period is None:
        raise Refused(_("“{text}” 不是一周，请写成 2018-W27。").format(text=named))
    return period


def save(path: Path, made: list[sheets.Sheet]) -> None:
    """Write sheets into a file; raises Refused when it cannot be written."""
    try:
        with path.open("wb") as out:
            sheets.write(out, made)
    except OSError as error:
        raise unusable(path, error) from None


def _lines(each: figure_words.Table, whole: verbs.Tally) -> list[str]:
    headings = [str(Say(heading)) for heading in (each.first, *figure_words.HEADINGS)]
    rows = [[str(row.label), *map(str, figure_words.cells(row.tally))] for row in each.rows]
    total = [_("合计"), *map(str, figure_words.cells(whole))]
    return table([headings, *rows, total], right=range(1, len(headings)))


def _data(found: verbs.Figures, area: str | None, period: Period) -> dict[str, Any]:
    return {
        "area": area,
        "period": period.name,
        "since": period.first,
        "until": period.last,
        "whole": _numbers(found.whole),
        "places": {code or "": _numbers(tally) for code, tally in found.places.items()},
        "categories": {letter: _numbers(tally) for letter, tally in found.categories.items()},
        "units": {unit or "": _numbers(tally) for unit, tally in found.units.items()},
    }


def _numbers(tally: verbs.Tally) -> dict[str, Any]:
    shares = {
        "in_time_hundredths": tally.in_time_hundredths,
        "content_hundredths": tally.content_hundredths,
    }
    return {"reported": tally.reported, **asdict(tally), **shares}
