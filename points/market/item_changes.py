"""What became of items: their names, words, cost and backing of today, their photo, and which were taken out.

Rows of `market_item` are never changed. Whoever reads items reads them through `points.market.items`, which brings them
to today by what is found here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger import selecting
from ledger.book import Book
from ledger.findings import N_
from points.awards.sponsors import SPONSORS
from points.market.catalogue_records import DonorName, ItemChange, ItemPhoto
from points.market.models import Item

BACKINGS = {"fund": N_("积分资金"), **SPONSORS}
"""Who pays for an item: the fund behind the points, or a sponsor that gave it."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an item: the digests of the large and of the small picture, and how many pixels each is."""

    digest: str
    small: str
    width: int
    height: int
    small_width: int
    small_height: int

    @property
    def name(self) -> str:
        """The large one's digest, as it stands in its address."""
        return self.digest.removeprefix("sha256:")

    @property
    def small_name(self) -> str:
        """The small one's digest, as it stands in its address."""
        return self.small.removeprefix("sha256:")


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as it is today. `backing` is of BACKINGS, empty when nobody said; `donor` names the row of their name;
    `photo` the row of the photo; `out_on`: since when it is out of the catalogue."""

    item: int
    name: str
    name_en: str
    kind: str
    cost_fen: int
    about: str = ""
    about_en: str = ""
    backing: str = ""
    donor: str = ""
    photo: str = ""
    out_on: str | None = None

    def applied(self, item: Item) -> Item:
        """The item with its names and cost of today. The row is ours alone and is not written."""
        item.name, item.name_en, item.cost_fen = self.name, self.name_en, self.cost_fen
        return item


async def read(book: Book, items: Sequence[Item]) -> dict[int, Standing]:
    """How these items stand today, by number; the rows may be as they were put down, or brought to today. One
    statement."""
    said: dict[int, dict[str, ItemChange]] = {item.number: {} for item in items}
    for row in await selecting.among(book.reader, ItemChange, "item", said, order="id"):
        said[row.item][row.what] = row
    return {item.number: _standing(item, said[item.number]) for item in items}


async def history(book: Book, item: int) -> Sequence[ItemChange]:
    """All that was changed about an item, the latest first."""
    return await ItemChange.filter(item=item).using_db(book.reader).order_by("-id")


async def photos(book: Book, found: Mapping[int, Standing]) -> dict[int, Photo]:
    """The photos of items that have one, by number. One statement."""
    wanted = {each.photo: n for n, each in found.items() if each.photo}
    rows = await selecting.among(book.reader, ItemPhoto, "id", wanted)
    return {
        wanted[row.id]: Photo(row.digest, row.small, row.width, row.height, row.small_width, row.small_height)
        for row in rows
    }


async def donor(book: Book, standing: Standing) -> str:
    """What the donor of an item is called; empty when nobody said, or it was erased."""
    row = await DonorName.get_or_none(id=standing.donor, using_db=book.reader) if standing.donor else None
    return row.name if row else ""


def _standing(item: Item, said: Mapping[str, ItemChange]) -> Standing:
    values = {what: row.value for what, row in said.items()}
    backed, out = said.get("backing"), said.get("out")
    return Standing(
        item=item.number,
        name=values.get("name", item.name),
        name_en=values.get("name_en", item.name_en),
        kind=item.kind,
        cost_fen=int(values.get("cost_fen", item.cost_fen)),
        about=values.get("about", ""),
        about_en=values.get("about_en", ""),
        backing=backed.value if backed else "",
        donor=backed.id if backed else "",
        photo=values.get("photo", ""),
        out_on=out.changed_on if out is not None and out.value else None,
    )
