"""What the commands of stock share: items and reasons as they are typed, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ledger.book import Book
from points.market import baskets, deliveries, items, stock_requests
from web.commands.terminal import Answer
from web.i18n import gettext as _

GOODS = click.option("--item", "wanted", multiple=True, metavar="洗衣液x20")
KEY = click.option("--key", default=None, help="同一个 key 只办一次 · the same key is done once")


def listed(words: Mapping[str, str]) -> str:
    """Codes with their words, for the help of an option that says why."""
    return f"为什么：{'、'.join(f'{code} {word}' for code, word in words.items())} · why: {', '.join(words)}"


async def goods(book: Book, wanted: Sequence[str]) -> dict[int, int]:
    """Items and quantities as they are typed, 洗衣液x20. Raises what baskets.parse raises."""
    basket = baskets.parse(wanted, await items.all_items(book), most=deliveries.QUANTITY_AT_MOST)
    return dict(basket.wanted)


async def counted(book: Book, wanted: Sequence[str]) -> dict[int, int]:
    """As `goods`, where 0 is a number too: 洗衣液x0."""
    every, found = await items.all_items(book), {}
    for entry in wanted:
        name, mark, quantity = entry.rpartition("x")
        if not mark or not quantity.isascii() or not quantity.isdigit():
            raise click.BadParameter(entry, param_hint="--item")
        found[baskets.recognise(name, every)] = int(quantity[:7])
    return found


async def reasons_of(book: Book, said: Sequence[str]) -> dict[int, str]:
    """A reason for each of some items, 洗衣液=broken."""
    every, found = await items.all_items(book), {}
    for entry in said:
        name, _mark, reason = entry.rpartition("=")
        found[baskets.recognise(name, every)] = reason
    return found


def posted(said: str, position: int, *, repeated: bool) -> Answer:
    """What was written, and where it stands."""
    return Answer([said.format(position=position)], {"position": position, "repeated": repeated})


def asked_for(asked: stock_requests.Asked) -> Answer:
    """What waits for a second person."""
    said = _("已提交，等另一个人批：{id}，核对码 {digest}").format(id=asked.id, digest=asked.digest)
    return Answer([said], {"request": asked.id, "digest": asked.digest})
