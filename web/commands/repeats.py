"""`jishan repeats`: reports that may be of one thing, and a verifier's word on whether they are."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ledger.book import Book
from points.awards import queue, same_thing
from points.events import clusters, events, filing, steps
from points.events.clusters import Cluster
from points.events.models import Event
from points.keys import new_key
from points.people import roles
from web.commands.options import BY, Whole
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import Say
from web.i18n import gettext as _
from web.views.repeats import WHY

KEY = click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
NUMBERS = "E-2026-000123|SOURCE/ID"


@click.group(cls=Group)
def repeats() -> None:
    """重复上报 · Reports that may be of one thing: look at them, and say whether they are."""


@repeats.command("list")
@click.option(
    "--limit", type=Whole(1, 500), default=100, show_default=True, help="看几件 · events to look at"
)
@BY
def list_(limit: int, by: str) -> None:
    """列出来 · Of what waits for somebody, the oldest first: the reports that look like one thing."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if not any(grant.role == "verifier" for grant in await roles.grants_of(book, by, book.today())):
            raise await roles.why_not(book, by, "verifier", book.today())
        page = await queue.page(book, by, on=book.today(), limit=limit)
        found = await clusters.of(book, [line.event for line in page.lines])
        each = list({cluster.first.id: cluster for cluster in found.values()}.values())
        lines = [line for cluster in each for line in (*table(_rows(book, cluster)), "")]
        if not each:
            lines = [_("没有像同一件事的上报。")]
        return Answer(lines, {"clusters": [_data(cluster) for cluster in each]})

    run(work)


@repeats.command()
@click.argument("numbers", nargs=-1, required=True, metavar=f"{NUMBERS}…")
@BY
@KEY
def confirm(numbers: Sequence[str], by: str, key: str | None) -> None:
    """是同一件事 · They are one thing: the first to occur keeps the credit, the others repeat it."""

    async def work(book: Book, _meter: Meter) -> Answer:
        given = [await _named(book, number) for number in numbers]
        await same_thing.confirm(book, [each.id for each in given], by=by, key=key or new_key())
        first = min(given, key=lambda each: (each.occurred_at, each.id))
        said = _("✓ 是同一件事，记在 {first} 名下").format(first=_number(first))
        return Answer([said], {"first": _number(first), "events": [_number(each) for each in given]})

    run(work)


@repeats.command()
@click.argument("number", metavar=NUMBERS)
@click.argument("others", nargs=-1, required=True, metavar=f"{NUMBERS}…")
@BY
@KEY
def split(number: str, others: Sequence[str], by: str, key: str | None) -> None:
    """是另一件事 · The first of these is another thing than the others, whatever is alike in them."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one, *rest = [await _named(book, each) for each in (number, *others)]
        await same_thing.split(book, one.id, [each.id for each in rest], by=by, key=key or new_key())
        said = _("✓ {number} 是另一件事").format(number=_number(one))
        return Answer([said], {"event": _number(one), "others": [_number(each) for each in rest]})

    run(work)


async def _named(book: Book, number: str) -> Event:
    """An event by the number it has here, or by its platform and the number it has there."""
    source, slash, external_id = number.partition("/")
    if slash:
        return (await events.find_external(book, source, external_id)).event
    return (await events.find(book, await filing.numbered(book, number))).event


def _number(event: Event) -> str:
    return event.external_id if event.source == steps.BY_HAND else f"{event.source}/{event.external_id}"


def _rows(book: Book, cluster: Cluster) -> list[list[str]]:
    return [
        [
            _number(each),
            each.occurred_at.astimezone(book.zone).strftime("%Y-%m-%d %H:%M"),
            each.subtype_name or each.type_name,
            _("最先")
            if each is cluster.first
            else _("重复")
            if each.id in cluster.confirmed
            else _("还没定"),
            "、".join(str(Say(reason)) for key, reason in WHY.items() if key in cluster.why.get(each.id, ())),
        ]
        for each in cluster.events
    ]


def _data(cluster: Cluster) -> list[dict[str, object]]:
    return [
        {
            "number": _number(each),
            "first": each is cluster.first,
            "confirmed": each.id in cluster.confirmed,
            "why": sorted(cluster.why.get(each.id, ())),
        }
        for each in cluster.events
    ]
