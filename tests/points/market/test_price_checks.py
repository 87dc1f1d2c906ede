"""A price that nobody set is found, and one that somebody set and that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import audit
from points.district import open_district
from points.market.price_checks import prices_agree
from tests import town
from tests.ledger.tampering import opened

pytestmark = [pytest.mark.anyio, pytest.mark.embedded("spoils a file")]


@pytest.mark.parametrize(
    ("done", "named"),
    [
        ("SELECT 1", 0),
        ("UPDATE market_price SET points = points - 1 WHERE item = 1", 2),
        ("UPDATE market_price SET set_by = 'S-0001' WHERE item = 3", 2),
        ("DELETE FROM market_price WHERE item = 5", 1),
        (
            "INSERT INTO market_price SELECT id || 'x', item, 1, '2026-01-01', set_by FROM market_price LIMIT 1",
            1,
        ),
    ],
)
async def test_prices_are_those_that_were_set(done: str, named: int, tmp_path: Path) -> None:
    """Points, day and who: a price that was changed is one nobody set, and the one that was set is gone."""
    path = Path(town.copied(tmp_path).book.removeprefix("sqlite://"))
    with opened(path) as file:
        file.execute(done)
    async with open_district(f"sqlite://{path}") as book:
        report = await audit.run(book.reader, [prices_agree], guards=book.guards)
    assert len(report.findings) == named
    assert {one.check for one in report.findings} <= {"prices"}
