"""Reservations as they are read: what is open, until when, and how the others ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tortoise.expressions import RawSQL

from ledger.book import Book
from points import paging
from points.market import items, shops
from points.market.pools import Parts, owner_of
from points.market.redemptions import Line, line_of
from points.market.reservation_errors import UnknownReservation
from points.market.reservation_records import (
    Filling,
    Reservation,
    ReservationEnd,
    ReservationLine,
    ReservationPart,
)
from points.openness import masking
from points.paging import FIRST, Part, Turn
from points.people.models import Person
from points.people.twice import merges

OPEN = "open"
AT_MOST = 20
DAY, LATELY = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation. `state` is open, picked_up, cancelled or lapsed: what is too late has lapsed, swept or not.

    `name` is masked, empty once erased; `locker` is where it lies at an unmanned station, empty before it does.
    """

    row: Reservation
    shop: str
    name: str
    lines: tuple[Line, ...]
    state: str
    ended_at: datetime | None = None
    reason: str = ""
    redemption: str = ""
    locker: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can still be picked up."""
        return self.state == OPEN


async def one(book: Book, reservation: str) -> Reserved:
    """A reservation by its key. Raises UnknownReservation."""
    row = await Reservation.get_or_none(id=reservation, using_db=book.reader)
    if row is None:
        raise UnknownReservation
    return (await told(book, [row]))[0]


async def household(book: Book, reservation: str) -> str:
    """The household that set aside a reservation together; "" where the member did alone. One statement."""
    row = await ReservationPart.filter(reservation=reservation).using_db(book.reader).first()
    return str(row.household) if row else ""


async def parts_of(book: Book, reservation: str) -> Parts:
    """What each purse gave to what was set aside together, who reserved first; () where they did alone."""
    rows = ReservationPart.filter(reservation=reservation).using_db(book.reader).order_by("id")
    made = await Reservation.get_or_none(id=reservation, using_db=book.reader)
    mine = owner_of(str(made.member)) if made else ""
    found = [(str(row.owner), int(row.points)) for row in await rows]
    return tuple(sorted(found, key=lambda each: (each[0] != mine, each[0])))


async def of_member(book: Book, member: str, turn: Turn = FIRST) -> Part[Reserved]:
    """The reservations of a member, whatever their number was then, the newest first."""
    numbers = await merges.group(book, member)
    rows = Reservation.filter(member__in=numbers).using_db(book.reader)
    found = await paging.part(rows, turn, limit=AT_MOST)
    return found.told(await told(book, found.rows))


async def is_theirs(book: Book, row: Reservation, member: str) -> bool:
    """Whether a reservation is this member's, or of a number of theirs."""
    return row.member == member or await merges.stands_for(book, row.member) == member


async def open_at(book: Book, shop: int, turn: Turn = FIRST, *, day: date | None = None) -> Part[Reserved]:
    """What can still be picked up at a shop, the first to lapse first; of a `day`: what is kept until just then."""
    rows = Reservation.annotate(ends=RawSQL(_ENDS)).filter(shop=shop, until_at__gt=book.now(), ends=0)
    if day:
        begins = datetime.combine(day, time(), book.zone).astimezone(UTC)
        rows = rows.filter(until_at__gt=begins, until_at__lte=begins + DAY)
    found = await paging.part(rows.using_db(book.reader), turn, by=("until_at", "id"), rising=True)
    return found.told(await told(book, found.rows))


async def missed_at(book: Book, shop: int, turn: Turn = FIRST) -> Part[Reserved]:
    """What nobody fetched at a shop in the last thirty days, swept or not, the latest first."""
    now = book.now()
    rows = Reservation.annotate(fetched=RawSQL(_FETCHED)).filter(
        shop=shop, until_at__gt=now - LATELY, until_at__lte=now, fetched=0
    )
    found = await paging.part(rows.using_db(book.reader), turn, by=("until_at", "id"))
    return found.told(await told(book, found.rows))


_ENDS = "(SELECT count(*) FROM market_reservation_end AS x WHERE x.reservation = market_reservation.id)"
_FETCHED = _ENDS[:-1] + " AND x.how <> 'lapsed')"


async def ended_on(
    book: Book, shop: int, day: str, turn: Turn = FIRST, *, limit: int = paging.A_PAGE
) -> Part[Reserved]:
    """What ended at a shop on a day, the first to end first."""
    ends = ReservationEnd.filter(shop=shop, ended_on=day).using_db(book.reader)
    by = ("ended_at", "reservation")
    keys = await paging.part(ends, turn, by=by, rising=True, limit=limit)
    rows = await Reservation.filter(id__in=[end.reservation for end in keys]).using_db(book.reader)
    found = {each.row.id: each for each in await told(book, rows)}
    return keys.told([found[end.reservation] for end in keys])


async def told(book: Book, rows: Sequence[Reservation]) -> list[Reserved]:
    """These rows with all that is said of them, in their order. Six statements."""
    keys, now = [row.id for row in rows], book.now()
    ends = {end.reservation: end for end in await _ends(book, keys)}
    filled = Filling.filter(reservation__in=keys).using_db(book.reader)
    lockers = {each.reservation: each.locker for each in await filled}
    lines = await _lines(book, keys)
    names = await _names(book, rows)
    places = {shop.number: shop.name for shop in await shops.all_shops(book)}
    found = []
    for row in rows:
        end = ends.get(row.id)
        state = end.how if end else OPEN if now < row.until_at else "lapsed"
        found.append(
            Reserved(
                row=row,
                shop=places.get(row.shop, str(row.shop)),
                name=names.get(row.member, ""),
                lines=lines[row.id],
                state=state,
                ended_at=end.ended_at if end else (None if state == OPEN else row.until_at),
                reason=(end.reason if end else None) or "",
                redemption=(end.redemption if end else None) or "",
                locker=lockers.get(row.id, ""),
            )
        )
    return found


async def _ends(book: Book, keys: Sequence[str]) -> list[ReservationEnd]:
    return await ReservationEnd.filter(reservation__in=keys).using_db(book.reader)


async def _lines(book: Book, keys: Sequence[str]) -> dict[str, tuple[Line, ...]]:
    rows = await ReservationLine.filter(reservation__in=keys).using_db(book.reader).order_by("item")
    goods = {item.number: item for item in await items.all_items(book)}
    found: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        found[row.reservation].append(line_of(goods[row.item], row.quantity, row.price))
    return defaultdict(tuple, {key: tuple(lines) for key, lines in found.items()})


async def _names(book: Book, rows: Sequence[Reservation]) -> dict[str, str]:
    people = Person.filter(member__in=[row.member for row in rows]).using_db(book.reader)
    return masking.mask_list({one.member: one.name for one in await people})


async def things(book: Book, references: Sequence[str]) -> dict[str, tuple[Line, ...]]:
    """What was in the reservations that these entries set aside or gave back. Five statements."""
    if not references:
        return {}
    made = await Reservation.filter(reference__in=references).using_db(book.reader)
    ended = await ReservationEnd.filter(reference__in=references).using_db(book.reader)
    of = {row.reference: row.id for row in made} | {end.reference: end.reservation for end in ended}
    lines = await _lines(book, sorted(set(of.values()))) if of else {}
    return {reference: lines[key] for reference, key in of.items()}


async def kept_together(book: Book, references: Sequence[str]) -> set[str]:
    """Of the entries that set something aside those that a household did together. Two statements, none without any."""
    if not references:
        return set()
    made = await Reservation.filter(reference__in=references).using_db(book.reader)
    rows = ReservationPart.filter(reservation__in=[row.id for row in made]).using_db(book.reader)
    keys = {str(each) for each in await rows.values_list("reservation", flat=True)}
    return {row.reference for row in made if row.id in keys}
