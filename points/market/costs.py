"""What one of an item cost the community on a day, in fen: a cost that was changed counts from the day after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.market.catalogue_records import ItemChange
from points.market.models import Item


@dataclass(frozen=True, slots=True)
class Costs:
    """What every item cost at first, and what it cost from the day after a day on."""

    first: Mapping[int, int]
    later: Mapping[int, Sequence[tuple[str, int]]]

    def on(self, item: int, day: str) -> int:
        """Fen for one on a day, whenever it is asked: a change made that day or later is not in it."""
        begun = [fen for changed_on, fen in self.later.get(item, ()) if changed_on < day]
        return begun[-1] if begun else self.first[item]


async def read(book: Book) -> Costs:
    """The costs of all items. Two statements."""
    first = {item.number: item.cost_fen for item in await Item.all().using_db(book.reader)}
    later: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in await ItemChange.filter(what="cost_fen").using_db(book.reader).order_by("changed_on", "id"):
        later[row.item].append((row.changed_on, int(row.value)))
    return Costs(first, later)
