"""The paper of a delivery or a loss: kept, counted by the audit, erased with its digest staying."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import audit
from ledger.findings import Finding
from points.events import attachments
from points.events.errors import BadAttachment, UnknownAttachment
from points.evidence import attached, files
from points.market import deliveries, losses, stock_papers
from points.market.errors import UnknownDelivery
from points.people.errors import NotAllowed
from tests.points.events.photographs import SECRET, paper, photo
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio


async def came(town: Town) -> int:
    """Twelve bottles came in; where their entry stands."""
    receipt = await deliveries.receive(
        town.book, town.shop, {7: 12}, document="单 1", by=town.keeper, on=ON, key="d1"
    )
    return receipt.position


async def audited(town: Town, folder: Path) -> tuple[Finding, ...]:
    """What the audit of the attached files finds."""
    report = await audit.run(town.book.reader, [attached.files_stand(folder)], guards={})
    return tuple(report.findings)


async def test_a_paper_stands_with_its_entry_and_is_counted_by_the_audit(town: Town, tmp_path: Path) -> None:
    """Washed, once however often it is sent; a loss has its own; a file that is gone is a finding."""
    at, book = await came(town), town.book
    gone = await losses.report(book, town.shop, [(7, 1, "broken")], by=town.keeper, key="l1")
    for _ in range(2):
        made = await stock_papers.add(
            book, tmp_path, town.shop, at, photo(), name="paper", by=town.keeper, key="p1"
        )
    other = await stock_papers.add(
        book, tmp_path, town.shop, gone.position, paper(), name="other", by=town.keeper, key="p2"
    )
    assert [each.row.id for each in await stock_papers.of(book, at)] == [made]
    assert [each.row.id for each in await stock_papers.of(book, gone.position)] == [other]
    row = await stock_papers.find(book, at, made)
    kept = files.get(tmp_path, row.digest)
    assert kept is not None
    assert SECRET not in kept
    assert {row.digest, row.thumbnail} <= await attachments.cited(book)
    assert await audited(town, tmp_path) == ()
    files.drop(tmp_path, row.digest)
    (found,) = await audited(town, tmp_path)
    assert found.check == "attachments"


async def test_an_erased_paper_leaves_its_digest(town: Town, tmp_path: Path) -> None:
    """The file goes, the row says why, and the audit remarks it; it cannot be opened any more."""
    at, book = await came(town), town.book
    made = await stock_papers.add(
        book, tmp_path, town.shop, at, photo(), name="paper", by=town.keeper, key="p1"
    )
    row = await stock_papers.find(book, at, made)
    await stock_papers.erase(book, tmp_path, town.shop, at, made, reason="wrong", by=town.keeper, key="e1")
    assert files.get(tmp_path, row.digest) is None
    (shown,) = await stock_papers.of(book, at)
    assert shown.removal is not None
    with pytest.raises(UnknownAttachment):
        await stock_papers.find(book, at, made)


async def test_who_does_not_keep_the_stock_adds_and_erases_nothing(town: Town, tmp_path: Path) -> None:
    """Nor is a paper taken for what is no delivery and no loss, or of another shop; nor what is no picture."""
    at, book, shop = await came(town), town.book, town.shop
    with pytest.raises(NotAllowed):
        await stock_papers.add(book, tmp_path, shop, at, photo(), name="paper", by=town.counter, key="p")
    for position in (0, at + 10**6):
        with pytest.raises(UnknownDelivery):
            await stock_papers.add(
                book, tmp_path, shop, position, photo(), name="paper", by=town.keeper, key="p"
            )
    with pytest.raises(BadAttachment):
        await stock_papers.add(book, tmp_path, shop, at, b"MZ", name="paper", by=town.keeper, key="p")
    assert list(await stock_papers.of(book, at)) == []
