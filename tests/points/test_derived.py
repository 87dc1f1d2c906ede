"""What pages show equals a replay of the texts; a page that adds up wrongly is named, with both numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import audit, statements, tree
from ledger.statements import Balance
from points import auditing, derived
from points.district import open_district
from points.market import deliveries, shops
from tests import meanwhile, town

pytestmark = pytest.mark.anyio


async def test_every_owner_of_the_town_is_shown_right(tmp_path: Path) -> None:
    """Members, shops and funds: each number of each, and there are many."""
    settings = town.copied(tmp_path)
    async with open_district(settings.book) as book:
        rows = await book.reader.execute_query_dict("SELECT DISTINCT address FROM ledger_account")
        owners = {
            "/".join(row["address"].split("/")[:2]) + "/" for row in rows if row["address"][:6] != "system"
        }
        numbers = [
            one for owner in sorted(owners) if owner[:4] != "fund" for one in await derived.shown(book, owner)
        ]
        assert [one for one in numbers if one.shown != one.right] == []
        assert len(numbers) > 100
        assert {"spendable", "statement", "honour"} <= {one.name for one in numbers}


@pytest.mark.parametrize("what", ["balances", "stock"])
async def test_a_page_that_adds_up_wrongly_is_found(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in what reads balances, and in what reads the shelf."""
    settings = town.copied(tmp_path)
    right, stock = statements.balances, shops.stock

    async def wrong(*given: object, **named: object) -> list[Balance]:
        return [
            Balance(one.address, one.unit, one.balance + 1, one.version, one.floor)
            for one in await right(*given, **named)  # type: ignore[arg-type]
        ]

    async def empty(*given: object) -> dict[int, int]:
        return {item: count + 1 for item, count in (await stock(*given)).items()}  # type: ignore[arg-type]

    monkeypatch.setattr(derived, "OWNERS", 10_000)
    monkeypatch.setattr(derived, "ACCOUNTS", 10_000)
    async with open_district(settings.book) as book:
        check = [auditing.checks(book, witness=None)[-1]]
        assert (await audit.run(book.reader, check, guards={})).whole
        target = (statements, "balances", wrong) if what == "balances" else (shops, "stock", empty)
        monkeypatch.setattr(*target)
        report = await audit.run(book.reader, check, guards={})
    assert {finding.check for finding in report.findings} == {"pages"}
    assert all(finding.todo == derived.ADVICE for finding in report.findings)


async def test_what_happens_during_the_audit_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Goods come in between what the texts add up to and what the shelf's page reads: nothing is wrong."""
    settings = town.copied(tmp_path)
    async with open_district(settings.book) as book:
        shop, size = await shops.find(book, 1), await tree.head(book.reader)

        async def receive() -> None:
            facts = {"document": "1", "by": "S-0007", "on": book.today()}
            await deliveries.receive(book, shop, {1: 4}, key="meanwhile", **facts)  # type: ignore[arg-type]

        async def the_shop(_audit: object) -> list[str]:
            return ["shop/1/"]

        monkeypatch.setattr(derived, "_sample", the_shop)
        meanwhile.after(monkeypatch, derived, "replayed", receive)
        found = [one async for one in derived.pages_agree(book)(audit.Audit(book.reader, size, {}))]
        assert (found, await tree.head(book.reader)) == ([], size + 1)
