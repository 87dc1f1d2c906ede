"""A book begins with one entry, the default rules and the default catalogue; founding it again changes nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ledger import statements, tree
from points import founding
from points.awards import rule_books
from points.district import open_district
from points.market import items, prices
from points.people import areas, members, roles
from tests import books, town

pytestmark = pytest.mark.anyio

ON = date(2026, 11, 20)
VKEY = "jishan/test+01234567+key"


async def test_the_first_entry_says_what_the_book_is(tmp_path: Path) -> None:
    """At position 1: its chart, its zone and its key; asked again it is the same entry."""
    async with books.fresh(tmp_path) as book:
        first = await founding.open_ledger(book, vkey=VKEY, on=ON)
        again = await founding.open_ledger(book, vkey=VKEY, on=ON)
        assert (first.position, again.position) == (1, 1)
        body = await statements.text_at(book.reader, 1)
        assert body is not None
        text = json.loads(body)
        assert (text["reference"], text["kind"], text["postings"]) == (founding.FIRST, "act", [])
        assert text["chart"] == book.chart.digest
        rows = await book.reader.execute_query_dict("SELECT text FROM evidence_snapshot_text")
        assert json.loads(rows[0]["text"]) == {
            "chart": book.chart.digest,
            "key": VKEY,
            "zone": "Asia/Shanghai",
        }


async def test_rules_and_catalogue_are_there_once(tmp_path: Path) -> None:
    """Version 1 in force from 2000, its prices too; settling again adds nothing to the ledger."""
    async with books.fresh(tmp_path) as book:
        await founding.open_ledger(book, vkey=VKEY, on=ON)
        version, count = await founding.settle(book, on=ON)
        size = await tree.head(book.reader)
        assert (version, count) == (1, len(await items.all_items(book)))
        assert count >= 20
        assert await founding.settle(book, on=ON) == (version, count)
        assert await tree.head(book.reader) == size
        assert (await rule_books.in_force(book, date(2000, 1, 1))).version == 1
        soap = next(item for item in await items.all_items(book) if item.name == "香皂")
        assert (await prices.price_on(book, soap, date(2018, 1, 1))).points == 3


async def test_system_decides_only_until_there_is_an_admin(tmp_path: Path) -> None:
    """An empty book has nobody; the sample town has 陈国强."""
    async with books.fresh(tmp_path) as book:
        assert not await founding.has_admin(book, ON)
    town.copied(tmp_path)
    async with open_district(f"sqlite://{tmp_path / town.NAMES[0]}") as book:
        assert await founding.has_admin(book, book.today())
        assert (await members.find(book, "S-0001")).name == "陈国强"
        assert await roles.holds(book, "S-0001", "admin", None, book.today())
        assert (await areas.find(book, "440310001002")).name
