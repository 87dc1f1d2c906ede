"""What a reservation sets aside, and the same given back: pure, but for reading what an entry moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.book import Book
from ledger.transactions import Posting
from points import chart
from points.market.handing_over import Given
from points.market.limits import Uses
from points.market.pools import Drawn, Parts, owner_of
from points.market.redemptions import Line
from points.people.twice import merges

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


def set_by(drawn: Drawn) -> str:
    """Where what was drawn from a purse waits: with whom it came from, and it keeps its day."""
    return chart.account(drawn.owner, f"held/{drawn.day.isoformat()}")


def postings(
    shop: int, member: str, lines: Sequence[Line], drawn: Sequence[Drawn], limits: Sequence[Posting]
) -> tuple[Posting, ...]:
    """Goods, limits, one more open reservation, points: in the order in which people are told what is in the way."""
    shelf, kept = chart.stock(shop), set_aside(shop)
    return (
        *(Posting(shelf, kept, line.quantity, chart.item(line.item)) for line in lines),
        *limits,
        Posting(counted(member), chart.CAPS, 1, chart.CAP),
        *(Posting(each.account, set_by(each), each.points, chart.POINTS) for each in drawn),
    )


async def moved(book: Book, reference: str) -> tuple[Posting, ...]:
    """What an entry of `postings` moved, of every number that was merged since as if it had been the one that stands
    for it now. Two statements, and one more where there was a merge."""
    rows = await book.reader.execute_query_dict(_MOVED, [reference])
    numbers = {_number(row[side]) for row in rows for side in ("source", "target")}
    now = await merges.into(book, numbers - {""})
    return tuple(
        Posting(_as(row["source"], now), _as(row["target"], now), row["amount"], row["unit"]) for row in rows
    )


def given_back(taken: Sequence[Posting]) -> tuple[Posting, ...]:
    """Each the other way round, the points first, so that a limit is never the reason why something cannot go back."""
    back = [Posting(each.target, each.source, each.amount, each.unit) for each in taken]
    return tuple(sorted(back, key=lambda each: each.unit != chart.POINTS))


def paid(taken: Sequence[Posting]) -> tuple[Given, ...]:
    """What pays for it at pick-up: the very points that were set aside."""
    return tuple(Given(each.source, each.amount) for each in taken if each.unit == chart.POINTS)


def parts(member: str, taken: Sequence[Posting]) -> Parts:
    """What each purse gave to what was set aside; whoever reserved it stands first, even with nothing."""
    sums = {owner_of(member): 0}
    for each in paid(taken):
        owner = "/".join(each.account.split("/")[:2])
        sums[owner] = sums.get(owner, 0) + each.points
    return tuple(sums.items())


def limits(taken: Sequence[Posting]) -> Uses:
    """What of the limits of items it used up, without the count of what is open."""
    mine = "/cap/reservations:"
    return Uses(tuple(each for each in taken if each.unit == chart.CAP and mine not in each.source))


def _number(address: str) -> str:
    """The member's number in an address; "" in any other."""
    return address.split("/")[1] if address.startswith("member/") else ""


def _as(address: str, now: Mapping[str, str]) -> str:
    number = _number(address)
    return address.replace(f"/{number}/", f"/{now[number]}/", 1) if number in now else address
