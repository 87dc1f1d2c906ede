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
from ledger.turnstile import refusal
from points.district import open_district
from web.commands.helping import Call, explain, listed, width
from web.commands.refusals import EXPECTED, Refused, leave, translated
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
    """Open the book, do the work, print the answer. Leaves with a status: see `refusals`."""
    now = session()
    perform(lambda: _with_book(now, work))


def perform(act: Callable[[], Awaitable[Answer]]) -> None:
    """Do something asynchronous and print its answer."""
    now = session()
    with speaking(now.language):
        try:
            answer = asyncio.run(_awaited(act))
        except BrokenPipeError:
            sys.exit(0)
        except EXPECTED as error:
            leave(error, as_json=now.as_json)
        _print(now, answer)
    if not answer.well:
        sys.exit(1)


async def _awaited(act: Callable[[], Awaitable[Answer]]) -> Answer:
    return await act()


async def _with_book(session: Session, work: Work) -> Answer:
    meter = Meter(shown=sys.stderr.isatty() and not session.as_json)
    async with open_district(session.settings.book, witness=session.settings.witness_file) as book:
        if book.journal.read_only is not None:
            click.echo(f"⚠ {translated(refusal(book.journal.read_only))}", err=True)
        try:
            return await work(book, meter)
        finally:
            meter.clear()


def _print(session: Session, answer: Answer) -> None:
    if session.as_json:
        click.echo(json.dumps(answer.data, ensure_ascii=False, indent=None, default=str))
    else:
        for line in answer.lines:
            click.echo(line)


def day(said: date | None, book: Book) -> date:
    """The effective day of something that is written: as said, else today in the book's zone; never a day to come."""
    today = book.today()
    if said is not None and said > today:
        raise Refused(_("{day} 还没到，不能提前记账。").format(day=said))
    return said or today


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Rows in columns, each as wide as its widest cell; a Chinese character is two columns wide."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)] if rows else []
    return [
        "  ".join(_pad(cell, widths[i], i in right) for i, cell in enumerate(row)).rstrip() for row in rows
    ]


def _pad(text: str, columns: int, right: bool) -> str:
    gap = " " * (columns - width(text))
    return gap + text if right else text + gap


class Command(click.Command):
    """A command that also takes --json behind its own name."""

    context_class = Call

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
        explain(self.params)


class Group(click.Group):
    """A noun with several verbs."""

    command_class = Command
    context_class = Call

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its verbs, none cut short."""
        listed(self, ctx, formatter, {"Commands": self.list_commands(ctx)})


def _wants_json(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    said = context.find_object(Session)
    if wanted and said is not None:
        context.obj = replace(said, as_json=True)
