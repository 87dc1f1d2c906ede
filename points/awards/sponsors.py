"""Sponsors: whose money stands behind points, and how much of it there must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.awards.errors import BadMoney, UnknownSponsor
from points.awards.fund_records import FundBacking, SponsorName

SPONSORS = {"street": "街道", "community": "社区", "unit": "单位", "company": "企业捐赠"}
FEN_A_POINT = 100
"""What a point costs in goods, about one yuan: so much money must stand behind it."""
NAME_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Backing:
    """Whose money stands behind points: the kind of sponsor, how many fen, and what they are called, if they said."""

    sponsor: str
    fen: int
    name: str = ""


def covering(points: int) -> Backing:
    """The street's money, as much as the points cost: what stands behind them where nobody said otherwise."""
    return Backing("street", points * FEN_A_POINT)


def yuan(fen: int) -> str:
    """1,234.50 for 123450 fen; without the fen when there are none."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"


def check(money: Backing) -> None:
    """Raise UnknownSponsor or BadMoney for what cannot stand behind points."""
    if money.sponsor not in SPONSORS:
        raise UnknownSponsor(sponsor=money.sponsor)
    if type(money.fen) is not int or not 0 <= money.fen < 2**53:
        raise BadMoney(fen=money.fen)


async def of(book: Book, decisions: Sequence[str]) -> dict[str, Backing]:
    """Whose money stands behind these decisions, by key; those of before sponsors were asked for are absent."""
    rows = await FundBacking.filter(decision__in=list(decisions)).using_db(book.reader)
    names = {
        row.id: row.name for row in await SponsorName.filter(id__in=list(decisions)).using_db(book.reader)
    }
    return {row.decision: Backing(row.sponsor, row.fen, names.get(row.decision, "")) for row in rows}
