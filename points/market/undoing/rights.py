"""Who may undo a redemption: alone who served it a moment ago in the same shift, else two people; never their own.

A merchant undoes at its own till alone while nothing of it is settled; later it asks, and somebody of the community who
may approve what is paid to merchants is the second.
"""

from __future__ import annotations

from datetime import timedelta

from ledger.book import Book
from points import chart
from points.awards import fund_requests
from points.market import contracts, merchants, shifts
from points.market.allied_records import SettlementLine
from points.market.models import Redemption, RedemptionPart
from points.market.redemptions import Entry
from points.market.undoing.errors import OwnUndo, UndoNeedsSecond, UndoNotSecond
from points.market.undoing.plans import Asked
from points.people import areas, roles, sides, teams
from points.people.errors import NotAllowed
from points.people.twice import merges

ALONE_FOR = timedelta(minutes=15)
ASKERS = ("counter", "stock_keeper", "admin", "approver")
APPROVERS = ("counter", "approver", "admin")
"""Who may ask, and who may be the second: the counter next to it is one."""
MERCHANT_APPROVERS = fund_requests.APPROVERS
"""Who may be the second at a merchant's: as with its month, and never one who works for a merchant."""


async def require_alone(book: Book, asked: Asked) -> None:
    """Raise UndoNeedsSecond unless `by` handed it over themselves, in the shift they still stand in, at a merchant's on
    this day and not settled, and not longer ago than ALONE_FOR; OwnUndo and NotAllowed as `require_first`."""
    await _require(book, asked, asked.by, ("counter",))
    late = asked.entry.served_by != asked.by or book.now() - asked.entry.redeemed_at > ALONE_FOR
    if late or not await _at_the_same_till(book, asked):
        raise UndoNeedsSecond(minutes=int(ALONE_FOR.total_seconds()) // 60)


async def _at_the_same_till(book: Book, asked: Asked) -> bool:
    if await contracts.is_merchant(book, asked.shop):
        settled = SettlementLine.filter(entry=asked.entry.reference).using_db(book.reader)
        return asked.entry.redeemed_on == book.today() and not await settled.exists()
    row = await Redemption.get(reference=asked.entry.reference, using_db=book.reader)
    standing = await shifts.current(book, asked.shop, asked.by)
    return standing is not None and row.shift == standing.id


async def is_alone(book: Book, asked: Asked) -> bool:
    """Whether one person is enough."""
    try:
        await require_alone(book, asked)
    except (UndoNeedsSecond, NotAllowed, OwnUndo):
        return False
    return True


async def require_first(book: Book, asked: Asked) -> None:
    """Raise OwnUndo when it is theirs or their household's, NotAllowed unless they work in the area of the shop."""
    await _require(book, asked, asked.by, ASKERS)


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise UndoNotSecond unless `by` may approve: another side than who asked and than whose redemption it is."""
    hands = [asked.by, *await _theirs(book, asked.entry)]
    path = await areas.path(book, asked.shop.area)
    allied = await contracts.is_merchant(book, asked.shop)
    names = MERCHANT_APPROVERS if allied else APPROVERS
    if not await sides.may_decide(book, by, apart_from=hands, names=names, path=path):
        raise UndoNotSecond
    if allied and await merchants.works_at(book, by, book.today()):
        raise UndoNotSecond


async def _require(book: Book, asked: Asked, by: str, names: tuple[str, ...]) -> None:
    if await sides.shares(book, by, await _theirs(book, asked.entry)):
        raise OwnUndo
    if asked.shop.number in await merchants.works_at(book, by, book.today()):
        return
    await roles.require_any(book, by, names, await areas.path(book, asked.shop.area))


async def _theirs(book: Book, entry: Entry) -> list[str]:
    """The numbers of whom it was handed over to: theirs, whom it was merged into, and a team's where that paid."""
    parts = RedemptionPart.filter(redemption=entry.reference).using_db(book.reader)
    owners = [str(part.owner) for part in await parts]
    groups = [number for owner in owners if (number := chart.group_of(owner))]
    there = [each.member for number in groups for each in await teams.members_of(book, number)]
    return list({entry.member, await merges.stands_for(book, entry.member), *there})
