"""A member's statement: what they can spend, so that anyone can add it up, and where each line came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tortoise.expressions import Q

from ledger import statements
from ledger.book import Book
from ledger.statements import Entry
from points import chart
from points.awards.models import Correction, Verification, Vesting
from points.events.models import Event
from points.market import items, reserved
from points.market.giving.records import Gift, GiftUndoing
from points.market.models import Redemption, RedemptionLine, RedemptionPart
from points.market.redemptions import Line as Taken
from points.market.redemptions import line_of
from points.market.reservation_endings import AFTER as PICKED_UP
from points.market.undo_records import Undoing

BEGINNING = date(1970, 1, 1)
MERGED = ("merge", "unmerge")
"""Entries of `merge/V-000002/1`: what came from a number that was merged, or went back to it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One movement of spendable points. `balance` is what was left after it; `award` leads to why it is there.

    what     the event's own words, the reason of a correction, the number that was merged, or the member to whom or
             from whom a gift went, "" for the care fund
    taken    the things that were taken, set aside or given back
    by       who verified or served
    position 0 for points that have lapsed, and that no sweep has moved yet
    """

    position: int
    reference: str
    kind: str
    on: date
    amount: int
    balance: int
    what: str
    by: str | None
    award: str | None
    minutes: int = 0
    taken: tuple[Taken, ...] = ()
    together: bool = False
    """Whether a household took or reserved something together, and this is what this member gave to it."""
    joined: int = 0
    """Of a redemption that was undone, where its correction stands; of that correction, where the redemption stands."""


@dataclass(frozen=True, slots=True)
class Statement:
    """opening + came_in − went_out = closing; the lines between, oldest first."""

    member: str
    since: date
    until: date
    opening: int
    lines: tuple[Line, ...]

    @property
    def came_in(self) -> int:
        """What came in between the days."""
        return sum(line.amount for line in self.lines if line.amount > 0)

    @property
    def went_out(self) -> int:
        """What went out, as a positive number."""
        return -sum(line.amount for line in self.lines if line.amount < 0)

    @property
    def closing(self) -> int:
        """What was left at the end."""
        return self.opening + self.came_in - self.went_out


async def between(book: Book, member: str, since: date, until: date) -> Statement:
    """The statement of the days from `since` to `until`, both included. A constant number of database statements."""
    moved = await _moved(book, member, until)
    before = [line for line in moved if line.on < since]
    opening = before[-1].balance if before else 0
    return Statement(member, since, until, opening, tuple(await _told(book, moved[len(before) :])))


async def latest(book: Book, member: str, on: date, *, limit: int) -> list[Line]:
    """The newest lines up to a day, newest first."""
    moved = await _moved(book, member, on)
    return list(reversed(await _told(book, moved[-limit:])))


async def _moved(book: Book, member: str, until: date) -> list[Line]:
    """Every movement up to a day in the order it took effect, with the balance after it, not yet told."""
    prefix = f"member/{member}/until/"
    entries = await statements.movements(book.reader, prefix, chart.POINTS, since=BEGINNING, until=until)
    moved = _together(e for e in entries if e.kind != "expire") + _lapsed(entries, until)
    moved.sort(key=lambda line: (line.on, line.position or 2**62))
    balance, lines = 0, []
    for line in moved:
        balance += line.amount
        lines.append(replace(line, balance=balance))
    return lines


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def _together(entries: Iterable[Entry]) -> list[Line]:
    """One line for each transaction: a redemption that drew on two accounts is one thing to a person.

    So is a pick-up: what was set aside comes back and is spent in one commit, by two entries in a row.
    """
    by_position: dict[int, list[Entry]] = {}
    for entry in entries:
        goes_over = entry.kind == "release" and entry.reference.endswith(PICKED_UP)
        by_position.setdefault(entry.position + goes_over, []).append(entry)
    lines = [_line(group[-1], sum(e.amount for e in group)) for group in by_position.values()]
    return [line for line in lines if line.amount or line.kind != "back"]


def _line(entry: Entry, amount: int) -> Line:
    return Line(entry.position, entry.reference, entry.kind, entry.effective_on, amount, 0, "", None, None)


def _lapsed(entries: Iterable[Entry], until: date) -> list[Line]:
    """Points lapse on the day after their last, whenever a sweep moves them: a month that was read does not change.

    What comes back to them later still, from something undone, lapses on the day it comes.
    """
    accounts: dict[str, list[Entry]] = {}
    for entry in entries:
        accounts.setdefault(entry.address, []).append(entry)
    lines = []
    for address, moved in accounts.items():
        last = chart.read_until(address)
        if last is not None and last < until:
            lines += _lapses(moved, last + timedelta(days=1))
    return lines


def _lapses(moved: Sequence[Entry], first: date) -> list[Line]:
    """What lapses of one account, from the first day after its last one; with the sweep that moved it, if one did."""
    swept = next((entry for entry in reversed(moved) if entry.kind == "expire"), None)
    position, reference = (swept.position, swept.reference) if swept else (0, "")
    left: dict[date, int] = {}
    for entry in moved:
        if entry.kind != "expire":
            day = max(entry.effective_on, first)
            left[day] = left.get(day, 0) + entry.amount
    return [
        Line(position, reference, "expire", day, -amount, 0, "", None, None)
        for day, amount in left.items()
        if amount > 0
    ]


async def _told(book: Book, lines: Sequence[Line]) -> list[Line]:
    """The same lines with what they were for."""
    references = [line.reference for line in lines]
    awards = await _awards(book, references)
    undone = await _undone(book, references)
    handed = await _handed_over(book, [*references, *(name for name, _, _ in undone.values())])
    shared = await _paid_together(book, references)
    aside = await reserved.things(book, [x.reference for x in lines if x.kind in ("hold", "release")])
    kept = await reserved.kept_together(book, [x.reference for x in lines if x.kind == "hold"])
    others = await _given(book, references)
    corrected = {
        c.reference: c for c in await Correction.filter(reference__in=references).using_db(book.reader)
    }
    told = []
    for line in lines:
        changes: dict[str, Any] = {}
        if line.reference in awards:
            verification, event = awards[line.reference]
            changes = {
                "what": event.subtype_name or event.type_name,
                "by": verification.verifier,
                "award": verification.reference,
                "minutes": verification.minutes,
            }
        elif line.reference in handed:
            things, by = handed[line.reference]
            joined = undone[line.reference][1] if line.reference in undone else 0
            changes = {"taken": things, "by": by, "together": line.reference in shared, "joined": joined}
        elif line.reference in undone:
            name, joined, by = undone[line.reference]
            changes = {"taken": handed[name][0], "by": by, "joined": joined}
        elif line.reference in aside:
            changes = {"taken": aside[line.reference], "together": line.reference in kept}
        elif line.reference in others:
            giver, receiver = others[line.reference]
            changes = {"what": receiver if (line.amount < 0) == (line.kind == "gift") else giver}
        elif line.kind in MERGED:
            changes = {"what": line.reference.split("/")[1]}
        elif line.reference in corrected:
            correction = corrected[line.reference]
            changes = {"what": correction.reason, "by": correction.corrected_by}
        told.append(replace(line, **changes))
    return told


async def _awards(book: Book, references: Sequence[str]) -> dict[str, tuple[Verification, Event]]:
    vestings = await Vesting.filter(reference__in=references).using_db(book.reader)
    award_of = {v.reference: v.award for v in vestings}
    verified = Verification.filter(reference__in=list(award_of.values())).using_db(book.reader)
    by_award = {v.reference: v for v in await verified}
    events = Event.filter(id__in=[v.event for v in by_award.values()]).using_db(book.reader)
    event_of = {e.id: e for e in await events}
    return {
        reference: (by_award[award], event_of[by_award[award].event])
        for reference, award in award_of.items()
        if award in by_award
    }


async def _handed_over(book: Book, references: Sequence[str]) -> dict[str, tuple[tuple[Taken, ...], str]]:
    redemptions = await Redemption.filter(reference__in=references).using_db(book.reader)
    rows = await RedemptionLine.filter(redemption__in=references).using_db(book.reader).order_by("id")
    goods = await items.named(book, {row.item for row in rows})
    taken: dict[str, tuple[Taken, ...]] = {}
    for row in rows:
        line = line_of(goods[row.item], row.quantity, row.price)
        taken[row.redemption] = (*taken.get(row.redemption, ()), line)
    return {r.reference: (taken.get(r.reference, ()), r.served_by) for r in redemptions}


async def _undone(book: Book, references: Sequence[str]) -> dict[str, tuple[str, int, str]]:
    """Of redemptions that were undone, and of their corrections: the redemption, where the other one stands, and by
    whom. Two statements at most."""
    asked = Q(of_reference__in=list(references)) | Q(reference__in=list(references))
    rows = await Undoing.filter(asked).using_db(book.reader)
    at = await statements.known(book.reader, [n for row in rows for n in (row.of_reference, row.reference)])
    found = {}
    for row in rows:
        name = str(row.of_reference)
        found[name] = (name, at[row.reference].position, row.undone_by)
        found[row.reference] = (name, at[name].position, row.undone_by)
    return found


async def _paid_together(book: Book, references: Sequence[str]) -> set[str]:
    """The redemptions among these that a household paid together."""
    rows = RedemptionPart.filter(redemption__in=references).using_db(book.reader)
    return {str(each) for each in await rows.values_list("redemption", flat=True)}


async def _given(book: Book, references: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Of these gifts, and those taken back, who gave and who received, "" the care fund. Two statements."""
    taken = GiftUndoing.filter(reference__in=references).using_db(book.reader)
    undone = {row.gift: row.reference for row in await taken}
    rows = await Gift.filter(Q(reference__in=references) | Q(id__in=list(undone))).using_db(book.reader)
    found = {row.reference: (row.giver, row.receiver) for row in rows}
    return found | {undone[row.id]: (row.giver, row.receiver) for row in rows if row.id in undone}
