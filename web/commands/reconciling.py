"""`jishan stock reconcile`: a community's month of points, goods and money."""

from __future__ import annotations

import click

from ledger.book import Book
from points.market import items, reconciliation, shops
from web import reconciliation_words, shelves
from web.commands.options import MONTH, Whole
from web.commands.terminal import Answer, Command, Meter, run, table
from web.i18n import gettext as _


@click.command(cls=Command)
@click.option("--area", required=True, metavar="CODE", help="哪个社区 · which community")
@MONTH
@click.option("--shop", "number", type=Whole(1, 2**31 - 1), default=None, metavar="NUMBER")
def reconcile(area: str, month: str, number: int | None) -> None:
    """对账 · A community's month: points, goods and money."""

    async def work(book: Book, _meter: Meter) -> Answer:
        of = [await shops.find(book, number)] if number else None
        found = await reconciliation.read(book, area, month, of=of)
        names = {item.number: item.name for item in await items.all_items(book)}
        lines = table(
            [[f"{sign} {label}", f"{n:,}"] for label, sign, n in reconciliation_words.points(found)],
            right=[1],
        )
        lines += table(
            [[str(label), f"{n:,}"] for label, n in reconciliation_words.liability(found)], right=[1]
        )
        heads = [_("物品"), *(_(label) for label, _name in reconciliation_words.GOODS)]
        rows = [
            [
                f"{each.shop} {names.get(each.item, each.item)}",
                *(f"{n:,}" for n in reconciliation_words.row(each)),
            ]
            for each in found.goods
        ]
        lines += ["", *table([heads, *rows], right=range(1, len(heads)))]
        lines += [f"{label} {shelves.yuan(fen)}" for label, fen in reconciliation_words.costs(found)]
        return Answer(lines, _told(found))

    run(work)


def _told(found: reconciliation.Reconciliation) -> dict[str, object]:
    goods = [
        {
            "shop": g.shop,
            "item": g.item,
            **{name: getattr(g, name) for _label, name in reconciliation_words.GOODS},
        }
        for g in found.goods
    ]
    return {
        "community": found.community,
        "month": found.month,
        "allocated": found.allocated,
        "opening": found.purse.opening,
        "left": found.purse.left,
        "liability": found.purse.liability,
        "taken": {str(shop): taken for shop, taken in found.taken.items()},
        "goods": goods,
        "fen": {name: found.fen(name) for name in ("handed_out", "lost", "left")},
    }
