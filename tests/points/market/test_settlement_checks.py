"""The audit of settlements: whatever was settled and is not so is found, and a whole book has no finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger import encoding, tree
from ledger.book import Book
from ledger.findings import Audit, Finding
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.market import settlement_checks, settlements
from points.market.allied_records import Settlement, SettlementLine, SettlementRuling
from tests.points.market.allied import Allied, Watch
from tests.points.market.settling import approve, draw, take_back

pytestmark = pytest.mark.anyio


async def found(book: Book) -> list[Finding]:
    """What the check of settlements finds."""
    audit = Audit(book.reader, await tree.head(book.reader), {})
    return [each async for each in settlement_checks.settlements_agree(book)(audit)]


async def test_the_audit_finds_what_was_settled_and_is_not_so(allied: Allied, watch: Watch) -> None:
    """A whole book has no finding; one more point settled by itself has, and so has a line of another sum."""
    month, book = allied.month, allied.book
    gone = await allied.cut()
    await allied.cut()
    watch.next_month()
    await approve(allied, await draw(allied, month))
    month = allied.month
    await take_back(allied, gone.receipt.position)
    await allied.cut()
    watch.next_month()
    await approve(allied, await draw(allied, month))
    assert await found(book) == []
    evidence, rows = snapshots.take("test", "1", {"by": "test"}, at=book.now())
    move = Posting(chart.settled(allied.barber.number), chart.taken(allied.barber.number), 1, chart.POINTS)
    draft = Draft("settle/x", "settle", evidence, allied.today, evidence.digest, (move,), rows=rows)
    await book.journal.post(draft)
    extra = SettlementLine(entry="redeem/0/none", settlement="0", points=1, fen=1)
    drawn = (await settlements.of_shop(book, allied.barber)).rows[0]
    extra.settlement = drawn.id
    async with book.write() as db:
        await extra.save(using_db=db, force_create=True)
    assert [finding.template for finding in await found(book)] == [
        "{shop} 号商户 {month} 的对账单和批准的不一样",
        "{reference} 结算了，但没有批准的对账单",
    ]


DIFFERS = "{shop} 号商户 {month} 的对账单和批准的不一样"
STRANGE = "{shop} 号商户 {month} 的对账单里，第 {number} 号和账上的不一样"
NOT_MOVED = "{shop} 号商户 {month} 结算动的分和对账单的不一样"


@pytest.mark.parametrize(
    ("more", "digest", "approved", "said"),
    [
        (0, "", True, [NOT_MOVED]),
        (1, "", True, [STRANGE, NOT_MOVED]),
        (0, "sha256:0", True, [DIFFERS, NOT_MOVED]),
        (1, "sha256:0", False, []),
    ],
)
async def test_a_statement_that_nobody_settled_by_the_ledger_is_found(
    allied: Allied, watch: Watch, more: int, digest: str, approved: bool, said: list[str]
) -> None:
    """Rows that somebody wrote by hand: nothing moved, a point too much, another text; what was refused is nothing."""
    month, book = allied.month, allied.book
    await allied.cut()
    watch.next_month()
    honest = (await draw(allied, month)).statement
    (line,) = honest.lines
    forged = replace(honest, lines=(replace(line, points=line.points + more),))
    row = Settlement(
        id=new_key(), shop=forged.shop, month=month, points=forged.points, fen=forged.fen, brought=0,
        sponsor="street", text=forged.text, digest=digest or encoding.digest(forged.text),
        drawn_by=allied.keeper, drawn_at=book.now(), reference="settlement/forged",
    )  # fmt: skip
    ruling = SettlementRuling(
        settlement=row.id, approved=approved, decided_by=allied.second, decided_at=book.now(),
        reference="settle/forged",
    )  # fmt: skip
    paid = SettlementLine(entry=line.reference, settlement=row.id, points=line.points + more, fen=line.fen)
    async with book.write() as db:
        for each in (row, ruling, paid):
            await each.save(using_db=db, force_create=True)
    assert [finding.template for finding in await found(book)] == said
