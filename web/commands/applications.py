"""`jishan application list|accept|refuse`: who asked by a poster to be a 特约网格员, by commands."""

from __future__ import annotations

import click

from ledger.book import Book
from points.people import application_list, applications, areas, clerks, roles
from points.people.errors import UnknownApplication
from web.commands.helping import Named
from web.commands.options import BY
from web.commands.terminal import Answer, Command, Group, Meter, run, table
from web.commands.terminal import session as current
from web.i18n import gettext as _
from web.register import REFUSALS, shown_card

NUMBER = click.argument("number", metavar="K7Q2M-4TXW9")


@click.group("application", cls=Group)
def application() -> None:
    """扫码报名 · Applications by a poster."""


@application.command("list", cls=Command)
@BY
def waiting(by: str) -> None:
    """等答复的 · Those that wait in one's areas, the oldest first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await application_list.waiting(book, await _areas(book, by))
        rows = [
            [
                a.number,
                a.asked_at.astimezone(book.zone).date().isoformat(),
                a.area_name,
                a.wanted.name,
                a.wanted.phone,
            ]
            for a in found
        ]
        told = table(rows) if rows else [_("没有人在等")]
        return Answer(told, {"applications": [each.number for each in found]})

    run(work)


@application.command(cls=Command)
@NUMBER
@BY
def accept(number: str, by: str) -> None:
    """收下 · Enrol who asked, with what they agreed to."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await _theirs(book, number, by)
        done = await applications.accept(book, number, by=by, pepper=current().settings.pepper())
        card = [shown_card(done.card)] if done.card else []
        return Answer(["  ".join([done.number, *card])], {"number": done.number, "card": done.card})

    run(work)


@application.command(cls=Command)
@NUMBER
@click.option("--reason", required=True, type=Named(REFUSALS))
@BY
def refuse(number: str, reason: str, by: str) -> None:
    """不收 · Refuse one for a reason; what was said in it is erased."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await _theirs(book, number, by)
        await applications.refuse(book, number, reason, by=by)
        return Answer([_(REFUSALS[reason])], {"number": number, "reason": reason})

    run(work)


async def _areas(book: Book, by: str) -> tuple[str | None, ...]:
    granted = await roles.grants_of(book, by, book.today())
    return tuple(grant.area for grant in granted if grant.role in clerks.ROLES)


async def _theirs(book: Book, number: str, by: str) -> None:
    """Raise UnknownApplication for one of another place, as for one that does not exist."""
    place = await applications.place_of(book, number)
    mine = await _areas(book, by)
    if place is None or not any(areas.covers(place.path, code) for code in mine):
        raise UnknownApplication
