"""Gifts: points that somebody gives to one of their household, or to the care fund of their community.

What is given keeps its day: it moves from `until/D` to `until/D`, so that giving never prolongs the life of a point.
Honour and hours stay with who earned them. How much one may give away in a month is an account with a floor, so two
gifts at once cannot pass it together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, RowConflict
from ledger.transactions import Draft, Posting, Receipt
from points import chart, paging
from points.awards import purse, rule_books
from points.evidence import snapshots
from points.keys import new_key
from points.market import earlier
from points.market.errors import UnknownCustomer
from points.market.giving import barred
from points.market.giving.errors import (
    BadGift,
    ChildGift,
    GiftsUsedUp,
    GiftTooLarge,
    NotTogether,
    OwnGift,
    StaffGift,
    UnknownGift,
)
from points.market.giving.records import Gift, GiftUndoing
from points.paging import FIRST, Part, Turn
from points.people import consents, households, members
from points.people.members import Someone
from points.people.twice import merges

MOST = 10_000
HOME = "home"
"""How the giver was found who signed in themselves."""
ATTEMPTS = 20
LATEST = 12


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much one may give away in a month, and how much of it is left. `account` says so in the ledger."""

    limit: int
    left: int
    account: str


@dataclass(frozen=True, slots=True)
class Given:
    """A gift that was made; `repeated`: it had been before, and this is that one."""

    gift: Gift
    receipt: Receipt
    repeated: bool


async def allowance(book: Book, member: str, on: date) -> Allowance:
    """What a member may still give away in the month of a day, by the rule book in force on its first. Two statements.

    A book that comes into force during a month counts from the next: the limit of a month does not change in it.
    """
    first = on.replace(day=1)
    limit = (await rule_books.in_force(book, first)).gifts_a_month
    if not limit:
        return Allowance(0, 0, "")
    account = chart.cap(member, "gift", limit, first.isoformat()[:7])
    used = -await statements.balance(book.reader, account, chart.CAP)
    return Allowance(limit, limit - used, account)


async def require(book: Book, giver: str, to: str, points: int) -> Someone:
    """Who gives, if they may give so much to `to`, a member at home, or "" for the care fund of their community.

    Raises BadGift, UnknownCustomer, MergedInto, OwnGift, StaffGift, ChildGift, NotTogether, GiftsUsedUp, GiftTooLarge.
    """
    if not 1 <= points <= MOST:
        raise BadGift(most=MOST)
    people = await members.many(book, [giver, to] if to else [giver])
    for number in dict.fromkeys((giver, to) if to else (giver,)):
        if number not in people or not people[number].name:  # nobody gives to who was forgotten
            raise UnknownCustomer(member=number)
        await merges.require_open(book, number)
    if giver == to:
        raise OwnGift
    if await barred.among(book, people):
        raise StaffGift
    if await consents.is_child(book, giver):
        raise ChildGift
    if to and not households.same_side(giver, to, await households.of(book, [giver, to])):
        raise NotTogether
    return people[giver]


async def give(
    book: Book,
    giver: str,
    *,
    to: str,
    points: int,
    by: str,
    key: str,
    found_by: str = HOME,
    named: bool = False,
) -> Given:
    """Give points today to somebody at home, or with `to=""` to the care fund; the earliest day is given first.

    Whether the giver agreed, by signing in or by their PIN, is the caller's to ask; `named`: they may be thanked by
    their masked name. The same key with the same request gives the first answer. Raises what `require` raises,
    ReferenceConflict, BadKey, Busy.
    """
    reference = f"gift/{giver}/{earlier.checked_key(key)}"
    asked = {"giver": giver, "named": named, "points": points, "to": to, "verb": "give"}
    request = encoding.digest_of(asked)
    for _ in range(ATTEMPTS):
        if receipt := await earlier.receipt(book, reference, request):
            return Given(await _gift(book, reference), receipt, repeated=True)
        someone = await require(book, giver, to, points)
        gift = _row(book, someone, to, points, by=by, found_by=found_by, named=named, reference=reference)
        try:
            receipt = await book.journal.post(await _draft(book, gift, request, asked))
        except (BelowFloor, RowConflict):
            continue  # another spend came first, or one of them moved out: what may be is asked anew
        return Given(await _gift(book, reference), receipt, repeated=receipt.repeated)
    raise Busy


async def find(book: Book, key: str) -> Gift:
    """A gift by its key; raises UnknownGift."""
    row = await Gift.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownGift
    return row


async def _gift(book: Book, reference: str) -> Gift:
    return await Gift.get(reference=reference, using_db=book.reader)


def _row(
    book: Book,
    giver: Someone,
    to: str,
    points: int,
    *,
    by: str,
    found_by: str,
    named: bool,
    reference: str,
) -> Gift:
    return Gift(
        id=new_key(),
        giver=giver.number,
        receiver=to,
        community="" if to else giver.area,
        points=points,
        named=named,
        given_on=book.today().isoformat(),
        given_at=book.now(),
        found_by=found_by,
        recorded_by=by,
        reference=reference,
    )


async def planned(book: Book, giver: str, points: int, on: date) -> tuple[Allowance, list[tuple[date, int]]]:
    """What of the month's allowance a gift uses up, and its parts by their day. Raises GiftsUsedUp, GiftTooLarge.

    The limit is read before the purse; who passes either one in between is refused by its floor.
    """
    may = await allowance(book, giver, on)
    if points > may.left:
        raise GiftsUsedUp(limit=may.limit, left=may.left)
    parts = drawn(await purse.spendable(book, giver, on), points)
    missing = points - sum(amount for _, amount in parts)
    if missing:
        raise GiftTooLarge(missing=missing)
    return may, parts


async def _draft(book: Book, gift: Gift, request: str, asked: dict[str, object]) -> Draft:
    """The entry: the parts by their day, and what of the month's allowance they use up."""
    on = date.fromisoformat(gift.given_on)
    may, parts = await planned(book, gift.giver, gift.points, on)
    facts = {**asked, "by": gift.recorded_by, "community": gift.community, "found_by": gift.found_by}
    evidence, rows = snapshots.take("gift", gift.id, facts, at=book.now())
    moves = [Posting(chart.until(gift.giver, day), target(gift, day), n, chart.POINTS) for day, n in parts]
    return Draft(
        reference=gift.reference,
        kind="gift",
        evidence=evidence,
        effective_on=on,
        request=request,
        postings=(Posting(may.account, chart.CAPS, gift.points, chart.CAP), *moves),
        rows=(*rows, gift),
    )


def drawn(purse_of: list[tuple[date, int]], points: int) -> list[tuple[date, int]]:
    """What so many points are taken from, the earliest day first; less than asked where there is less."""
    parts = []
    for day, there in purse_of:
        if part := min(there, points):
            parts.append((day, part))
            points -= part
    return parts


def target(gift: Gift, day: date) -> str:
    """Where what lives until a day arrives."""
    return chart.until(gift.receiver, day) if gift.receiver else chart.care(gift.community, day)


async def latest(book: Book, member: str, turn: Turn = FIRST) -> Part[Gift]:
    """What a member gave or received, the newest first, those to the care fund among them. One statement."""
    rows = Gift.filter(Q(giver=member) | Q(receiver=member)).using_db(book.reader)
    return await paging.part(rows, turn, limit=LATEST)


async def undone(book: Book, found: Collection[Gift]) -> set[str]:
    """The keys of those of these gifts that were taken back. One statement."""
    rows = GiftUndoing.filter(gift__in=[gift.id for gift in found]).using_db(book.reader)
    return {str(each) for each in await rows.values_list("gift", flat=True)}


async def receivers(book: Book, giver: str) -> list[str]:
    """Those who live with somebody and to whom they may give, by number."""
    home = (await households.of(book, [giver]))[giver]
    there = [each for each in await households.members_of(book, home) if each != giver] if home else []
    closed = await merges.into(book, there)
    gone = await barred.among(book, there)
    people = await members.many(book, there)
    real = {number for number, one in people.items() if one.name}
    return [each for each in there if each in real and each not in closed and each not in gone]
