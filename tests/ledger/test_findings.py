"""Reading a book page by page: every row once, in order, and the progress with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.findings import Audit, pages
from points.district import open_district
from tests.ledger.tampering import Original

pytestmark = pytest.mark.anyio

QUERY = "SELECT position FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"


@pytest.mark.parametrize("size", [1, 7, 256, 10_000])
async def test_every_row_comes_once_in_order(original: Original, size: int) -> None:
    """Whatever the size of a page."""
    async with open_district(f"sqlite://{original.book}") as book:
        audit = Audit(book.reader, 0, {})
        read = [row["position"] async for page in pages(audit, QUERY, size) for row in page]
    assert read == list(range(1, len(read) + 1))
    assert len(read) > 400


async def test_no_page_is_longer_than_asked(original: Original) -> None:
    """Memory does not grow with the ledger."""
    async with open_district(f"sqlite://{original.book}") as book:
        lengths = [len(page) async for page in pages(Audit(book.reader, 0, {}), QUERY, 100)]
    assert max(lengths) == 100
    assert min(lengths[:-1]) == 100


def test_progress_stops_at_the_share_of_a_check(tmp_path: Path) -> None:
    """Steps are told as they come, and what goes beyond the share of the check that runs is not."""
    told: list[tuple[int, int]] = []
    audit = Audit(None, 10, {}, progress=lambda *step: told.append(step), goal=10, total=20)  # type: ignore[arg-type]
    for step in (4, 4, 4):
        audit.step(step)
    assert told == [(4, 20), (8, 20), (10, 20)]


def test_nobody_need_listen() -> None:
    """Without somebody to tell it is silent."""
    audit = Audit(None, 10, {}, goal=10, total=10)  # type: ignore[arg-type]
    audit.step(3)
    assert audit.done == 3
