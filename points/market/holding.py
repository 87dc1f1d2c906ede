"""What a reservation sets aside, and the same given back: pure, but for reading what an entry moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from ledger.transactions import Posting
from points import chart
from points.market.handing_over import Given
from points.market.redemptions import Line

OPEN_AT_MOST = 3
"""How many reservations one member may have open at once."""

_MOVED = """
SELECT s.address AS source, t.address AS target, p.amount, p.unit
FROM ledger_transaction AS x
JOIN ledger_posting AS p ON p.id BETWEEN x.position * 256 AND x.position * 256 + 255
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE x.reference = ? ORDER BY p.id"""


def counted(member: str) -> str:
    """The account that counts a member's open reservations: it starts at 0, and each takes one, down to its floor."""
    return chart.cap(member, "reservations", OPEN_AT_MOST, "open")


def set_aside(shop: int) -> str:
    """What was reserved at a shop and waits to be picked up."""
    return f"shop/{shop}/held"


@dataclass(frozen=True, slots=True)
class Drawn:
    """So many points of a member's own that live until a day."""

    day: date
    points: int


def draw(purse: Iterable[tuple[date, int]], amount: int) -> tuple[Drawn, ...]:
    """What an amount is paid from, the earliest last day first; all there is when that is less."""
    drawn = []
    for day, points in sorted(purse):
        part = min(points, amount)
        if part > 0:
            drawn.append(Drawn(day, part))
            amount -= part
    return tuple(drawn)


def postings(
    shop: int, member: str, lines: Sequence[Line], drawn: Sequence[Drawn], limits: Sequence[Posting]
) -> tuple[Posting, ...]:
    """Goods, limits, one more open reservation, points: in the order in which people are told what is in the way."""
    shelf, kept = chart.stock(shop), set_aside(shop)
    return (
        *(Posting(shelf, kept, line.quantity, chart.item(line.item)) for line in lines),
        *limits,
        Posting(counted(member), chart.CAPS, 1, chart.CAP),
        *(
            Posting(chart.until(member, each.day), chart.held(member, each.day), each.points, chart.POINTS)
            for each in drawn
        ),
    )


async def moved(book: Book, reference: str, member: str, owner: str) -> tuple[Posting, ...]:
    """What an entry of `postings` moved, as if `owner` had reserved, whose number `member` was merged into."""
    rows = await book.reader.execute_query_dict(_MOVED, [reference])
    theirs, now = f"member/{member}/", f"member/{owner}/"
    return tuple(
        Posting(_as(row["source"], theirs, now), _as(row["target"], theirs, now), row["amount"], row["unit"])
        for row in rows
    )


def given_back(taken: Sequence[Posting]) -> tuple[Posting, ...]:
    """Each the other way round, the points first, so that a limit is never the reason why something cannot go back."""
    back = [Posting(each.target, each.source, each.amount, each.unit) for each in taken]
    return tuple(sorted(back, key=lambda each: each.unit != chart.POINTS))


def paid(taken: Sequence[Posting]) -> tuple[Given, ...]:
    """What pays for it at pick-up: the very points that were set aside."""
    return tuple(Given(each.source, each.amount) for each in taken if each.unit == chart.POINTS)


def limits(taken: Sequence[Posting]) -> tuple[Posting, ...]:
    """What of the limits of items it used up, without the count of what is open."""
    mine = "/cap/reservations:"
    return tuple(each for each in taken if each.unit == chart.CAP and mine not in each.source)


def _as(address: str, theirs: str, now: str) -> str:
    return address.replace(theirs, now, 1) if address.startswith(theirs) else address
