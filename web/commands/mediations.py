"""`jishan mediation`: write a mediation down, record what came of it, look again, and open what is sealed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from ledger.book import Book
from points.events import filing, follow_ups, mediations, openings, settlements
from points.events.errors import NeedsParties
from points.events.mediations import Quarrel
from points.events.sealing import Parties
from points.events.settlements import Result
from points.keys import new_key
from web.commands.events import AT, KEY, NUMBER, moment
from web.commands.helping import Named
from web.commands.options import BY, Day
from web.commands.terminal import Answer, Group, Meter, run
from web.commands.terminal import session as current
from web.i18n import gettext as _


@click.group(cls=Group)
def mediation() -> None:
    """调解：当事人封存，每次打开都记一笔 · Mediations: the parties are sealed, and every opening is an
    entry in the ledger.
    """


@mediation.command()
@click.option("--dispute", required=True, type=Named(mediations.DISPUTES), help="哪一类纠纷 · its class")
@click.option("--area", required=True, metavar="CODE", help="社区或网格 · community or grid")
@click.option("--on", "on", type=Day(), default=None, metavar="YYYY-MM-DD")
@AT
@BY
@KEY
def new(dispute: str, area: str, on: date | None, at: str | None, by: str, key: str | None) -> None:
    """记一件调解 · Write a mediation down: parties on standard input, an empty line, then what it was about.

    What is sealed is never an argument: others could read it in the list of processes.
    """
    who, _between, about = sys.stdin.read().strip().partition("\n\n")

    async def work(book: Book, _meter: Meter) -> Answer:
        if not (who and about):
            raise NeedsParties
        begins = moment(book, on, at)
        said = Quarrel(dispute, area, begins, Parties(who, about.strip()))
        secret = current().settings.seal()
        filed = await mediations.file(book, said, secret=secret, by=by, key=key or new_key())
        return Answer([filed.number], {"number": filed.number, "event": filed.event})

    run(work)


@mediation.command()
@NUMBER
@click.argument("result", type=Named(settlements.OUTCOMES))
@click.option("--agreement", required=True, type=Named(settlements.AGREEMENTS), help="协议 · the agreement")
@click.option(
    "--mediator",
    "who",
    multiple=True,
    required=True,
    metavar="NUMBER[=PERCENT]",
    help="谁调解的，份额加起来 100 · once for each",
)
@click.option("--studio", default=None, metavar="D-0001", help="调解室 · the studio")
@click.option(
    "--follow-up-on", type=Day(), default=None, metavar="YYYY-MM-DD", help="哪天回访 · when to look again"
)
@BY
@KEY
def outcome(
    number: str,
    result: str,
    agreement: str,
    who: Sequence[str],
    studio: str | None,
    follow_up_on: date | None,
    by: str,
    key: str | None,
) -> None:
    """记调解结果 · Record what came of it, once."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await filing.numbered(book, number)
        day = follow_up_on or (book.today() + settlements.FOLLOW_UP_AFTER if agreement != "none" else None)
        said = Result(result, agreement, [_share(each) for each in who], studio, day)
        await settlements.record(book, found, said, by=by, key=key or new_key())
        data: dict[str, Any] = {"number": number, "outcome": result, "follow_up_on": str(day or "")}
        return Answer([f"{number}  {_(settlements.OUTCOMES[result])}  {day or ''}".rstrip()], data)

    run(work)


def _share(typed: str) -> tuple[str, int | None]:
    """V-000004=60."""
    who, _between, percent = typed.partition("=")
    if percent and not (percent.isascii() and percent.isdecimal() and len(percent) <= 3):
        raise click.BadParameter(typed, param_hint="--mediator")
    return who, int(percent) if percent else None


@mediation.command("follow-up")
@NUMBER
@click.option("--held/--broken", required=True, help="履行得好，还是又起争执 · whether it holds")
@BY
@KEY
def follow_up(number: str, held: bool, by: str, key: str | None) -> None:
    """记回访 · Say whether the agreement holds."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await filing.numbered(book, number)
        await follow_ups.record(book, found, held=held, by=by, key=key or new_key())
        said = _("履行得好") if held else _("没有履行，又起争执")
        return Answer([f"{number}  {said}"], {"number": number, "held": held})

    run(work)


@mediation.command("open")
@NUMBER
@click.option("--reason", required=True, type=Named(openings.REASONS), help="为什么打开 · why")
@BY
@KEY
def open_(number: str, reason: str, by: str, key: str | None) -> None:
    """打开封存的当事人 · Show the parties, after an entry in the ledger says who opened them and why."""

    async def work(book: Book, _meter: Meter) -> Answer:
        secret = current().settings.seal()
        found = await filing.numbered(book, number)
        opening = await openings.ask(book, found, reason, by=by, key=key or new_key())
        parties = await openings.read(book, found, opening.id, secret=secret, by=by)
        return Answer(
            [parties.who, "", parties.about], {"number": number, "who": parties.who, "about": parties.about}
        )

    run(work)
