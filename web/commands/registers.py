"""`jishan register`: 民情台账 and 矛盾隐患排查预警工作台账 by place and month, on the terminal or as a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.book import Book
from points.events import registers
from points.people import areas
from web import register_words
from web.commands.figures import AREA, XLSX, period_of, save
from web.commands.helping import Named
from web.commands.options import Month
from web.commands.terminal import Answer, Command, Meter, run, table
from web.i18n import N_, Say


@click.command(cls=Command)
@click.argument("kind", type=Named(registers.KINDS))
@AREA
@click.option(
    "--month", default=None, type=Month(), metavar="YYYY-MM", help="哪个月；不写就是本月 · which month"
)
@click.option(
    "--week", default=None, metavar="YYYY-Wnn", help="哪一周，如 2018-W27 · which week, by ISO 8601"
)
@click.option("--names", is_flag=True, help="写全名；不写就遮住 · whole names, masked if left out")
@XLSX
def register(
    kind: str, area: str | None, month: str | None, week: str | None, names: bool, xlsx: Path | None
) -> None:
    """台账 · Registers: concerns 民情台账, risks 矛盾隐患排查预警工作台账."""

    async def work(book: Book, _meter: Meter) -> Answer:
        period = period_of(book, month, week)
        place = (await areas.find(book, area)).name if area else str(Say(N_("全部地方")))
        entries = await registers.whole(book, kind, area, period, names=names)
        made = register_words.sheet(kind, place, period, entries)
        rows = [list(row) for row in made.rows]
        if xlsx:
            save(xlsx, [register_words.sheet(kind, place, period, entries)])
        lines = [*made.above, *table([list(made.headings), *([str(cell) for cell in row] for row in rows)])]
        keys = (
            "number",
            "day",
            "place",
            "id",
            "category",
            "content",
            "severity",
            "handling",
            "result",
            "who",
        )
        data = {
            "register": kind,
            "area": area,
            "period": period.name,
            "entries": [dict(zip(keys, row, strict=True)) for row in rows],
        }
        return Answer(lines, data)

    run(work)
