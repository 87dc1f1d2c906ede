"""What a shop carries: what ever came to it, unless it was struck off, and what was put on its list before it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger import selecting
from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, items
from points.market.catalogue_records import Listing
from points.market.errors import UnknownItem
from points.market.models import Shop
from points.people import areas, roles

CARRIERS = ("stock_keeper", "admin")


async def said(book: Book, shops: Sequence[Shop]) -> dict[int, dict[int, bool]]:
    """Of each shop the items of which somebody said whether it carries them. One statement."""
    found: dict[int, dict[int, bool]] = {shop.number: {} for shop in shops}
    for row in await selecting.among(book.reader, Listing, "shop", found, order="id"):
        found[row.shop][row.item] = row.carried
    return found


def carried(stock: Mapping[int, int], listed: Mapping[int, bool]) -> dict[int, int]:
    """What a shop carries, and how many of each stand there: what came, and what is on its list, but not what was
    struck off. Pure."""
    every = {**dict.fromkeys(listed, 0), **stock}
    return {item: left for item, left in every.items() if listed.get(item, True)}


async def carry(book: Book, shop: Shop, wanted: Mapping[int, bool], *, by: str, on: date, key: str) -> None:
    """Put items on a shop's list (True) or strike them off; what stands there stays. Twice is once.

    Raises NotAllowed unless `by` keeps stock in, or administers, the shop's area; UnknownItem, BadKey.
    """
    await roles.require_any(book, by, CARRIERS, await areas.path(book, shop.area))
    known = await items.named(book, wanted)
    if missing := sorted(set(wanted) - known.keys()):
        raise UnknownItem(name="、".join(map(str, missing)))
    reference = f"listing/{shop.number}/{earlier.checked_key(key)}"
    asked = {
        "by": by,
        "items": [[item, "yes" if on_list else "no"] for item, on_list in sorted(wanted.items())],
        "shop": shop.number,
        "verb": "carry",
    }
    if await acts.before(book, reference, asked):
        return
    now = (await said(book, [shop]))[shop.number]
    rows = [
        Listing(
            id=new_key(),
            shop=shop.number,
            item=item,
            carried=on_list,
            changed_on=on.isoformat(),
            changed_by=by,
            reference=reference,
        )
        for item, on_list in sorted(wanted.items())
        if now.get(item) is not on_list
    ]
    if rows:
        await acts.post(book, reference, ("listing", rows[0].id), asked, rows, on=on)
