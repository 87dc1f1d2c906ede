"""How a command talks: an answer in words or as JSON, progress on a terminal, and errors that say what to do."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import click

from ledger.book import Book
from ledger.errors import Busy, LedgerError
from points.district import open_district
from points.errors import PointsError
from web.i18n import gettext as _
from web.i18n import speaking
from web.settings import Settings, SettingsWrong, load


@dataclass
class Answer:
    """What a command has to say: lines for a person, the same as data for a program, and whether all went well."""

    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    well: bool = True


Work = Callable[[Book, "Meter"], Awaitable[Answer]]


class Meter:
    """A line on standard error that is drawn over itself; silent when nobody is looking."""

    WIDTH = 24

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._label = ""
        self._begun = self._drawn = 0.0

    def __call__(self, label: str) -> Callable[[int, int], None]:
        """Begin a stretch of work; the answer is called with what is done and how much there is."""
        self.clear()
        self._label, self._begun = label, time.monotonic()
        return self._step

    def _step(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._shown or (
            done < total and now - self._drawn < 0.1
        ):  # ten times a second is enough to see it move
            return
        self._drawn = now
        part = done / total if total else 1.0
        bar = ("▓" * round(part * self.WIDTH)).ljust(self.WIDTH, "░")
        seconds = now - self._begun
        sys.stderr.write(f"\r\x1b[K{self._label} {bar} {part:4.0%}  {done:,}/{total:,}  {seconds:.1f} s")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@dataclass(frozen=True)
class Session:
    """What the options before the command said."""

    settings: Settings
    language: str
    as_json: bool


def session() -> Session:
    """What was said before the command."""
    found = click.get_current_context().find_object(Session)
    if found is None:
        raise click.ClickException("run this as `jishan`")
    return found


def settings_or_exit(book: str | None) -> Settings:
    """The settings of this call; every problem is listed when they cannot be used."""
    try:
        return load(**({"book": book} if book else {}))
    except SettingsWrong as wrong:
        raise click.ClickException("\n".join(wrong.problems)) from None


def run(work: Work) -> None:
    """Open the book, do the work, print the answer. Leaves with 1 when it was refused or something was found."""
    now = session()
    perform(lambda: _with_book(now, work))


def perform(act: Callable[[], Awaitable[Answer]]) -> None:
    """Do something asynchronous and print its answer."""
    now = session()
    with speaking(now.language):
        try:
            answer = asyncio.run(_awaited(act))
        except (LedgerError, PointsError) as error:
            _refuse(now, error)
        except BrokenPipeError:
            sys.exit(0)
        _print(now, answer)
    if not answer.well:
        sys.exit(1)


async def _awaited(act: Callable[[], Awaitable[Answer]]) -> Answer:
    return await act()


async def _with_book(session: Session, work: Work) -> Answer:
    meter = Meter(shown=sys.stderr.isatty() and not session.as_json)
    async with open_district(session.settings.book) as book:
        try:
            return await work(book, meter)
        finally:
            meter.clear()


def _refuse(session: Session, error: LedgerError | PointsError) -> None:
    sentence = translated(error)
    if session.as_json:
        facts = {name: str(value) for name, value in error.facts.items()}
        click.echo(
            json.dumps(
                {"error": type(error).__name__, "message": sentence, "facts": facts}, ensure_ascii=False
            )
        )
    else:
        click.echo(f"✗ {sentence}", err=True)
    sys.exit(75 if isinstance(error, Busy) else 1)  # 75: EX_TEMPFAIL of sysexits.h, try again


def translated(error: LedgerError | PointsError) -> str:
    """An error's sentence in the language being spoken, with its facts."""
    facts = {name: "" if value is None else value for name, value in error.facts.items()}
    return _(error.template).format(**facts)


def _print(session: Session, answer: Answer) -> None:
    if session.as_json:
        click.echo(json.dumps(answer.data, ensure_ascii=False, indent=None, default=str))
    else:
        for line in answer.lines:
            click.echo(line)


def day(text: str | None, book: Book) -> date:
    """The effective day an option named, today in the book's zone when it named none."""
    if text is None:
        return book.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(_("{text} 不是日期，请写成 2018-12-31。").format(text=text)) from None


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Rows in columns, each as wide as its widest cell; a Chinese character is two columns wide."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)] if rows else []
    return [
        "  ".join(_pad(cell, widths[i], i in right) for i, cell in enumerate(row)).rstrip() for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _pad(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap


class Command(click.Command):
    """A command that also takes --json behind its own name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wish = click.Option(
            ["--json", "as_json"],
            is_flag=True,
            expose_value=False,
            callback=_wants_json,
            help="给程序看的输出 · output for programs",
        )
        self.params.append(wish)


class Group(click.Group):
    """A noun with several verbs."""

    command_class = Command


def _wants_json(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    said = context.find_object(Session)
    if wanted and said is not None:
        context.obj = replace(said, as_json=True)


ON = click.option(
    "--on", "on", metavar="YYYY-MM-DD", help="生效日；不写就是今天 · the effective day, today if left out"
)
BY = click.option("--by", "by", required=True, metavar="NUMBER", help="经办人的编号 · who does it")
