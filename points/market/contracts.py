"""Contracts with merchants: from when until when, whose money pays, and how much for one of an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger import selecting
from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.awards.sponsors import SPONSORS
from points.evidence import acts
from points.market import earlier, shop_changes
from points.market.allied_errors import (
    BadContractDays,
    BadContractPrice,
    BadContractSponsor,
    ContractOverlaps,
    NotMerchant,
)
from points.market.allied_records import Contract, ContractEnd, ContractTerm
from points.market.errors import NoContract
from points.market.models import Item, Shop
from points.people import roles

FEN_AT_MOST = 1_000_000
"""Ten thousand yuan for one of an item."""
ATTEMPTS = 20
_SIGNED = "SELECT DISTINCT shop FROM market_contract"


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contract: from a day until a day, both included, whose money pays, and fen for one of an item where that is not
    what the item costs."""

    id: str
    shop: int
    from_on: str
    until_on: str
    sponsor: str
    fen: Mapping[int, int] = field(default_factory=dict)

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.from_on <= on.isoformat() <= self.until_on


async def sign(
    book: Book,
    shop: Shop,
    *,
    from_on: date,
    until_on: date,
    sponsor: str,
    by: str,
    key: str,
    fen: Mapping[int, int] | None = None,
) -> Agreed:
    """Sign a contract with the merchant of a shop; the same key again is the same contract.

    Raises NotAllowed unless `by` is admin of the shop's area, BadKey, NotMerchant, and BadContract: days the wrong way
    round or in another contract's time, a sponsor or an item that there is not, an amount that cannot be.
    """
    await roles.require(book, by, "admin", shop.area, book.today())
    reference = f"contract/{shop.number}/{earlier.checked_key(key)}"
    terms = dict(fen or {})
    asked = {
        "by": by,
        "fen": [[item, amount] for item, amount in sorted(terms.items())],
        "from_on": from_on.isoformat(),
        "shop": shop.number,
        "sponsor": sponsor,
        "until_on": until_on.isoformat(),
    }
    before = await acts.before(book, reference, asked)
    if before:
        return await _contract(book, before.subject)
    if not await is_merchant(book, shop):
        raise NotMerchant(shop=shop.name)
    for _ in range(ATTEMPTS):
        there = await of_shop(book, shop)
        await _check(book, there, from_on, until_on, sponsor, terms)
        days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
        number = f"{shop.number}-{len(there) + 1}"
        said = {"shop": shop.number, "sponsor": sponsor, "signed_by": by, "signed_at": book.now()}
        row = Contract(id=number, reference=reference, **days, **said)
        rows = [
            ContractTerm(id=f"{row.id}#{item}", contract=row.id, item=item, fen=amount)
            for item, amount in sorted(terms.items())
        ]
        try:
            await acts.post(book, reference, ("contract", row.id), asked, [row, *rows])
        except RowConflict:
            continue  # somebody signed another one a moment ago: it counts first
        return await _contract(book, await acts.subject(book, reference))
    raise Busy


async def end(book: Book, contract: str, *, by: str, on: date) -> None:
    """End a contract before its time: this day is the first without it. Twice is once.

    Raises NotMerchant, and NotAllowed unless `by` is admin of the shop's area.
    """
    row = await Contract.get_or_none(id=contract, using_db=book.reader) if len(contract) < 33 else None
    if row is None:
        raise NotMerchant(shop=contract)
    shop = await Shop.get(number=row.shop, using_db=book.reader)
    await roles.require(book, by, "admin", shop.area, on)
    reference = f"contract-end/{row.id}"
    if await acts.known(book, reference):
        return
    gone = ContractEnd(contract=row.id, ended_on=on.isoformat(), ended_by=by, reference=reference)
    facts = {"by": by, "contract": row.id, "ended_on": on.isoformat(), "shop": row.shop}
    asked = {"contract": row.id, "verb": "end"}
    await acts.post(book, reference, ("contract-end", row.id), facts, [gone], on=on, request=asked)


async def of_shop(book: Book, shop: Shop) -> list[Agreed]:
    """Every contract of a shop, the earliest first; one that was ended has its last day. Three statements."""
    return await _read(
        book, await Contract.filter(shop=shop.number).using_db(book.reader).order_by("signed_at")
    )


async def require(book: Book, shop: Shop, on: date) -> Agreed:
    """The contract in force on a day. Raises NoContract."""
    for each in await of_shop(book, shop):
        if each.holds(on):
            return each
    raise NoContract(shop=shop.name)


async def numbers(book: Book, among: Sequence[int] | None = None) -> set[int]:
    """The shops that ever signed, all of them or of these: they are merchants'. One statement."""
    if among is None:
        return {int(row["shop"]) for row in await book.reader.execute_query_dict(_SIGNED, [])}
    return {each.shop for each in await selecting.among(book.reader, Contract, "shop", among)}


async def is_merchant(book: Book, shop: Shop) -> bool:
    """Whether a shop is a merchant's. It stays one when its contract has run out, or it is called something else, for
    what it took is settled as a merchant's; without a contract it hands nothing over."""
    return shop.number in await merchants(book, [shop])


async def merchants(book: Book, among: Sequence[Shop]) -> set[int]:
    """Those of these shops that are merchants', as `is_merchant` says of one, by number. Two statements."""
    standing = await shop_changes.read(book, among)
    return {n for n, each in standing.items() if each.kind == "merchant"} | await numbers(book)


async def closed(book: Book, on: date) -> set[int]:
    """The merchants whose contracts are not in force on a day, by number."""
    every = await _read(book, await Contract.all().using_db(book.reader))
    return {each.shop for each in every} - {each.shop for each in every if each.holds(on)}


async def _check(
    book: Book, there: Sequence[Agreed], from_on: date, until_on: date, sponsor: str, terms: Mapping[int, int]
) -> None:
    if until_on < from_on:
        raise BadContractDays
    if sponsor not in SPONSORS:
        raise BadContractSponsor
    for each in there:
        if each.from_on <= until_on.isoformat() and from_on.isoformat() <= each.until_on:
            raise ContractOverlaps(first=each.from_on, last=each.until_on)
    if any(not 0 <= amount <= FEN_AT_MOST for amount in terms.values()):
        raise BadContractPrice
    known = Item.filter(number__in=list(terms)).using_db(book.reader)
    if len(terms) != len(await known.values_list("number")):
        raise BadContractPrice


async def _contract(book: Book, key: str) -> Agreed:
    return (await _read(book, await Contract.filter(id=key).using_db(book.reader)))[0]


async def _read(book: Book, rows: Sequence[Contract]) -> list[Agreed]:
    keys = [row.id for row in rows]
    fen: dict[str, dict[int, int]] = {key: {} for key in keys}
    for term in await ContractTerm.filter(contract__in=keys).using_db(book.reader):
        fen[term.contract][term.item] = term.fen
    ended = ContractEnd.filter(contract__in=keys).using_db(book.reader)
    last = {str(row.contract): _day_before(row.ended_on) for row in await ended}
    return [
        Agreed(
            row.id,
            row.shop,
            row.from_on,
            min(row.until_on, last.get(row.id, row.until_on)),
            row.sponsor,
            fen[row.id],
        )
        for row in rows
    ]


def _day_before(day: str) -> str:
    """The day before one."""
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
