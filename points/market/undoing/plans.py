"""What undoing a redemption moves: everything back to where it came from, and what stays handed over once more.

Three entries at most, written together or not at all. *The reversal* gives each account exactly what it gave: purses of
a whole household, the shelf, what was used up of a limit. *The way back*: points whose last day has passed meanwhile go
on for a while when the fault was ours; those that somebody simply gave back lapse, as everything does that comes back
too late. *The rest* is a redemption of what stays, at the prices it had, from the purses that had paid first: so what
comes back is what lives longest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger import encoding, register
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Line, Posting
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.market import handing_over, settlements, shifts, shops
from points.market.handing_over import Given
from points.market.limits import Uses
from points.market.models import RedemptionPart, Shop
from points.market.orders import Order
from points.market.redemptions import Entry
from points.market.shifts import Turn
from points.market.undo_records import Undoing, UndoNote
from points.market.undoing import reasons
from points.market.undoing.errors import NothingComesBack

Stays = tuple[tuple[int, int], ...]
"""What stays with them: (item, quantity), by item; () when all of it comes back."""
_CAP = re.compile(r".+/cap/item-(\d+)(-home)?:.+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A redemption to be undone, why (a code), by whom, and what of it stays with them.

    `key` is that of the page; `request` is what a second person approved, None where one is enough.
    """

    entry: Entry
    shop: Shop
    reason: str
    by: str
    on: date
    key: str
    note: str = ""
    stays: Stays = ()
    approved_by: str | None = None
    request: str | None = None

    @property
    def reference(self) -> str:
        """`reverse/REDEMPTION`: a redemption is undone once."""
        return f"reverse/{self.entry.reference}"

    @property
    def facts(self) -> dict[str, object]:
        """What was asked. The note is no part of it, because it can be erased."""
        stays = [list(each) for each in self.stays]
        return {"by": self.by, "of": self.entry.reference, "reason": self.reason, "stays": stays}

    @property
    def digest(self) -> str:
        """What names the entries of this press: another one that was faster must not take ours along as its own."""
        return encoding.digest_of(self.facts | {"key": self.key})


def checked(entry: Entry, stays: Iterable[tuple[int, int]]) -> Stays:
    """What stays, in order, without what comes back whole. Raises NothingComesBack when all of it would stay, or more
    than there was."""
    had = {line.item: line.quantity for line in entry.lines}
    wanted = tuple(sorted((item, quantity) for item, quantity in stays if quantity))
    if any(not 0 < quantity <= had.get(item, 0) for item, quantity in wanted) or dict(wanted) == had:
        raise NothingComesBack
    return wanted


async def plan(book: Book, asked: Asked, rows: Sequence[Any] = ()) -> list[Draft]:
    """The drafts of an undoing as things stand, the reversal first. `rows` go in with it. Seven statements at most."""
    whole = await register.whole(book.reader, asked.entry.position)
    assert whole is not None, "a redemption has its entry"
    points = [line for line in whole.postings if line.unit == chart.POINTS]
    order = _rest(asked)
    staying = tuple(_first(points, order.points if order else 0))
    rest = await _handed_over(book, asked, order, staying, whole.postings) if order else None
    facts = asked.facts | ({"approved_by": asked.approved_by or "", "request": asked.request or ""})
    evidence, kept = snapshots.take("undo", new_key(), facts, at=book.now())
    till, seen = await settlements.till(book, asked.shop, asked.entry.reference)
    took = (chart.taken(asked.shop.number), chart.POINTS)
    reversal = Draft(
        reference=asked.reference,
        kind="undo",
        evidence=evidence,
        effective_on=asked.on,
        request=asked.digest,
        postings=tuple(
            Posting(till if (x.target, x.unit) == took else x.target, x.source, x.amount, x.unit)
            for x in reversed(whole.postings)
        ),
        reverses=asked.entry.reference,
        rows=(*kept, *_rows(book, asked, order), *rows),
        seen=seen if points else (),
    )
    back = _way_back(asked, evidence, whole.postings, staying)
    return [reversal, *([back] if back else []), *([rest] if rest else [])]


def _rest(asked: Asked) -> Order | None:
    """What stays, at the prices it had."""
    if not asked.stays:
        return None
    had = {line.item: line for line in asked.entry.lines}
    lines = tuple(replace(had[item], quantity=quantity) for item, quantity in asked.stays)
    name = asked.entry.reference
    return Order(
        asked.shop, asked.entry.member, lines, (name,) * len(lines), asked.by, asked.key, asked.on, "rest",
        also=(("rest_of", name),),
    )  # fmt: skip


def _first(points: Sequence[Line], amount: int) -> Iterable[Given]:
    """What stays is paid by the accounts that had paid first, in their order."""
    for line in points:
        part = min(line.amount, amount)
        if part > 0:
            yield Given(line.source, part)
            amount -= part


async def _handed_over(
    book: Book, asked: Asked, order: Order, paid: Sequence[Given], lines: Sequence[Line]
) -> Draft:
    parts = await RedemptionPart.filter(redemption=asked.entry.reference).using_db(book.reader)
    if parts:
        sums = {str(part.owner): 0 for part in parts}
        for each in paid:
            sums[_owner(each.account)] += each.points
        order = Order(
            **{name: getattr(order, name) for name in order.__slots__} | {"together": tuple(sums.items())}
        )
    shift = await shifts.current(book, asked.shop, asked.by)
    return handing_over.draft(
        book, order, paid,
        limits=Uses(tuple(_caps(lines, asked.entry, asked.stays))), household=parts[0].household if parts else "",
        turn=Turn(shift.id) if shift else None,
    )  # fmt: skip


def _caps(lines: Iterable[Line], entry: Entry, stays: Stays) -> list[Posting]:
    """What stays goes on using up the limits of its own day, whatever they are today."""
    had, kept = {line.item: line.quantity for line in entry.lines}, dict(stays)
    found = []
    for line in lines:
        named = _CAP.fullmatch(line.source) if line.unit == chart.CAP else None
        if named and (item := int(named[1])) in kept:
            found.append(Posting(line.source, line.target, line.amount * kept[item] // had[item], line.unit))
    return found


def _way_back(
    asked: Asked, evidence: Evidence, lines: Sequence[Line], staying: Sequence[Given]
) -> Draft | None:
    """What has lapsed meanwhile goes on where the fault was ours."""
    postings = tuple(_renewed(asked.on, lines, staying)) if asked.reason in reasons.OURS else ()
    if not postings:
        return None
    return Draft(
        reference=f"back/{asked.entry.reference}",
        kind="back",
        evidence=evidence,
        effective_on=asked.on,
        request=asked.digest,
        postings=postings,
    )


def _renewed(on: date, lines: Sequence[Line], staying: Sequence[Given]) -> Iterable[Posting]:
    stays = {each.account: each.points for each in staying}
    for line in lines:
        day = chart.read_until(line.source) if line.unit == chart.POINTS else None
        left = line.amount - stays.get(line.source, 0)
        if day is not None and day < on and left:
            later = line.source.replace(f"/until/{day}", f"/until/{on + reasons.GRACE}")
            yield Posting(line.source, later, left, chart.POINTS)


def _owner(account: str) -> str:
    return "/".join(account.split("/")[:2])


def _rows(book: Book, asked: Asked, rest: Order | None) -> list[Any]:
    row = Undoing(
        of_reference=asked.entry.reference,
        shop=asked.shop.number,
        reason=asked.reason,
        rest=rest.reference if rest else None,
        undone_by=asked.by,
        approved_by=asked.approved_by,
        undone_on=asked.on.isoformat(),
        undone_at=book.now(),
        reference=asked.reference,
    )
    return [row, *([UndoNote(about=asked.reference, text=asked.note)] if asked.note else [])]


async def asking(
    book: Book,
    entry: Entry,
    reason: str,
    *,
    by: str,
    key: str,
    note: str,
    stays: Iterable[tuple[int, int]],
) -> Asked:
    """What is asked for, checked for itself."""
    return Asked(
        entry,
        await shops.find(book, entry.shop),
        reasons.read(reason),
        by,
        book.today(),
        key,
        note,
        checked(entry, stays),
    )
