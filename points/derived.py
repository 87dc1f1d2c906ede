"""Do the pages show what the texts say? Nothing that pages show is stored; this holds their sums against a replay.

A sample is enough to find a fault of a program, and another is taken whenever the book has grown: the owners of the
accounts that were opened after some place in it. An owner with very many entries is passed over, so that the check
costs the same in a book of any size.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from ledger import encoding, statements
from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from ledger.row_by_row import UNREADABLE
from points import chart, statement
from points.awards import funds, purse
from points.market import shops

OWNERS, ACCOUNTS, ENTRIES_AT_MOST = 25, 500, 5_000
TRIES = 5
"""So often an owner is looked at whose accounts move meanwhile; then it is left to the next audit."""
GROUPS = ("household", "team", "studio")
ADVICE = N_("账本没有坏，是页面的程序算得不对：先不要照页面办理，把这一条告诉维护程序的人")

_ACCOUNTS = "SELECT address FROM ledger_account WHERE id >= ? ORDER BY id LIMIT ?"
_TEXTS = """
SELECT x.position, x.body FROM ledger_transaction AS x WHERE x.position IN (
    SELECT p.id / 256 FROM ledger_account AS a JOIN ledger_posting AS p ON p.source = a.id
    WHERE a.address >= ? AND a.address < ?
    UNION SELECT p.id / 256 FROM ledger_account AS a JOIN ledger_posting AS p ON p.target = a.id
    WHERE a.address >= ? AND a.address < ?)"""

Totals = dict[tuple[str, str], int]
"""By address and unit."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number on a page: whose it is, what it is called, what stands there, and what the texts come to."""

    owner: str
    name: str
    shown: int
    right: int


def pages_agree(book: Book) -> Check:
    """What balances, statement, fund and stock show of a sample of owners equals what their texts add up to."""

    async def pages_agree(audit: Audit) -> AsyncIterator[Finding]:
        for owner in await _sample(audit):
            for one in await _wrong(book, owner):
                facts = {"name": one.name, "shown": one.shown, "right": one.right}
                what = N_("{name}：页面显示 {shown}，按原文重算是 {right}")
                yield Finding("pages", None, one.owner, what, facts, ADVICE)

    return pages_agree


async def _wrong(book: Book, owner: str) -> list[Shown]:
    """What is shown wrongly of an owner. An audit does not stop the counters: what was read before an entry and after
    it cannot agree, so a difference counts only when none came between."""
    for _ in range(TRIES):
        before = await _postings(book, owner)
        wrong = [one for one in await shown(book, owner) if one.shown != one.right]
        if not wrong or before == await _postings(book, owner):
            return wrong
    return []


async def _postings(book: Book, owner: str) -> int:
    """How many postings an owner's accounts have: it grows with every entry about them."""
    return sum(one.version for one in await statements.balances(book.reader, owner))


async def _sample(audit: Audit) -> list[str]:
    """`member/V-000001/`, `shop/1/`, `fund/440310001002/2018-07`: those met first after some place in the book."""
    somewhere = audit.size * 2_654_435_761 % (audit.size + 1) if audit.size else 0
    found: dict[str, None] = {}
    for begin in (somewhere, 0):
        for row in await audit.db.execute_query_dict(_ACCOUNTS, [begin * 512, ACCOUNTS]):
            kind, _, rest = row["address"].partition("/")
            if kind in {"member", "shop", *GROUPS}:
                found[f"{kind}/{rest.partition('/')[0]}/"] = None
            elif kind == "fund":
                found[row["address"]] = None
    return list(found)[:OWNERS]


async def shown(book: Book, owner: str) -> list[Shown]:
    """Every number that pages show of an owner, beside what it should be; none when that would take too long."""
    standing = await statements.balances(book.reader, owner)
    if sum(one.version for one in standing) > ENTRIES_AT_MOST:
        return []
    try:
        totals = await replayed(book, owner)
    except UNREADABLE:
        return []  # the check of texts names it
    numbers = [
        Shown(owner, one.address, one.balance, totals.get((one.address, one.unit), 0)) for one in standing
    ]
    kind, _, rest = owner.partition("/")
    if kind == "member":
        return numbers + await _of_member(book, owner, rest.rstrip("/"))
    if kind in GROUPS:
        return numbers + await _of_group(book, owner, totals)
    if kind == "shop":
        return numbers + await _of_shop(book, owner, totals)
    left = (await funds.state(book, *rest.split("/"))).left
    return [*numbers, Shown(owner, owner, left, totals.get((owner, chart.POINTS), 0))]


async def replayed(book: Book, owner: str, *, until: str = "9999") -> Totals:
    """What the texts that took effect up to a day add up to, for each account of an owner."""
    end = owner + "\x7f"
    totals: Totals = {}
    for row in await book.reader.execute_query_dict(_TEXTS, [owner, end, owner, end]):
        text = encoding.parse(bytes(row["body"]))
        if text["effective_on"] <= until:
            _add(totals, text, owner)
    return totals


def _add(totals: Totals, text: Mapping[str, list[dict[str, str]]], owner: str) -> None:
    for posting in text["postings"]:
        for side, sign in (("source", -1), ("target", 1)):
            if posting[side].startswith(owner):
                key = posting[side], posting["unit"]
                totals[key] = totals.get(key, 0) + sign * int(posting["amount"])


async def _of_member(book: Book, owner: str, member: str) -> list[Shown]:
    """The purse and the end of the statement, today."""
    today = book.today()
    totals = await replayed(book, owner, until=today.isoformat())
    points = {address: amount for (address, unit), amount in totals.items() if unit == chart.POINTS}
    days = {address: chart.read_until(address) for address in points}
    spendable = sum(points[one] for one, day in days.items() if day is not None and day >= today)
    summary = await purse.summary(book, member, today)
    closing = (await statement.between(book, member, statement.BEGINNING, today)).closing
    return [
        Shown(owner, "spendable", summary.spendable, spendable),
        Shown(owner, "statement", closing, spendable),
        Shown(owner, "noticed", summary.noticed, points.get(chart.noticed(member), 0)),
        Shown(owner, "owed", summary.owed, max(0, -points.get(chart.owed(member), 0))),
        Shown(owner, "honour", summary.honour, totals.get((chart.honour(member), chart.HONOUR), 0)),
        Shown(owner, "minutes", summary.minutes, totals.get((chart.hours(member), chart.MINUTES), 0)),
    ]


async def _of_group(book: Book, owner: str, totals: Totals) -> list[Shown]:
    """What a household, team or studio has on notice, owes, and its honour."""
    summary = await purse.summary_of(book, owner.rstrip("/"), book.today())
    noticed, owed = (
        totals.get((f"{owner}noticed", chart.POINTS), 0),
        totals.get((f"{owner}owed", chart.POINTS), 0),
    )
    return [
        Shown(owner, "noticed", summary.noticed, noticed),
        Shown(owner, "owed", summary.owed, max(0, -owed)),
        Shown(owner, "honour", summary.honour, totals.get((f"{owner}honour", chart.HONOUR), 0)),
    ]


async def _of_shop(book: Book, owner: str, totals: Totals) -> list[Shown]:
    """The shelf."""
    number = int(owner.split("/")[1])
    shop = next((one for one in await shops.all_shops(book) if one.number == number), None)
    stock = await shops.stock(book, shop) if shop else {}
    return [
        Shown(owner, chart.item(item), count, totals.get((chart.stock(number), chart.item(item)), 0))
        for item, count in stock.items()
    ]
