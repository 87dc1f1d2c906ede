"""Sponsors: whose money stands behind points, and how much of it there must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.book import Book
from points.awards.assessment_errors import BadDocument
from points.awards.errors import BadMoney, UnknownSponsor
from points.awards.fund_records import BackingDocument, FundBacking, SponsorName

SPONSORS = {"street": "街道", "community": "社区", "unit": "单位", "company": "企业捐赠"}
FEN_A_POINT = 100
"""What a point costs in goods, about one yuan: so much money must stand behind it."""
NAME_AT_MOST = 80
DOCUMENT_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class Backing:
    """Whose money stands behind points: the kind of sponsor, how many fen, and what they are called, if they said.

    `document` is the number of the paper by which it was given, of an assessment.
    """

    sponsor: str
    fen: int
    name: str = ""
    document: str = ""


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
    if len(money.document) > DOCUMENT_AT_MOST or not money.document.isprintable():
        raise BadDocument(most=DOCUMENT_AT_MOST)


def rows(key: str, money: Backing, *, request: str | None = None) -> list[Any]:
    """What is written of the money behind a decision or an assessment."""
    name = [SponsorName(id=key, name=money.name[:NAME_AT_MOST])] if money.name else []
    paper = [BackingDocument(id=key, document=money.document)] if money.document else []
    return [FundBacking(decision=key, sponsor=money.sponsor, fen=money.fen, request=request), *name, *paper]


async def of(book: Book, decisions: Sequence[str]) -> dict[str, Backing]:
    """Whose money stands behind these decisions, by key; those of before sponsors were asked for are absent."""
    rows = await FundBacking.filter(decision__in=list(decisions)).using_db(book.reader)
    names = {
        row.id: row.name for row in await SponsorName.filter(id__in=list(decisions)).using_db(book.reader)
    }
    papers = BackingDocument.filter(id__in=list(decisions)).using_db(book.reader)
    said = {row.id: row.document for row in await papers}
    return {
        row.decision: Backing(row.sponsor, row.fen, names.get(row.decision, ""), said.get(row.decision, ""))
        for row in rows
    }
