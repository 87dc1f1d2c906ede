"""What a Saturday must have come to, counted apart: from what the counters were answered, and from the bare tables.

Nothing of the product is asked: balances are summed from postings here, in SQL of our own, on either engine.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from tests.attack.saturday_town import EARLY, LATE, PRICES, Cast

POSTINGS = """
SELECT s.address AS source, t.address AS target, p.unit AS unit, p.amount AS amount
FROM ledger_posting AS p JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target"""
REDEMPTIONS = """
SELECT x.position AS position, r.member AS member, r.points AS points, r.reference AS reference
FROM market_redemption AS r JOIN ledger_transaction AS x ON x.reference = r.reference"""
LINES = "SELECT redemption, item, quantity FROM market_redemption_line"


@dataclass
class Tally:
    """What the counters were told: each receipt with whom it is for and what they had, and what was undone."""

    receipts: dict[int, tuple[str, dict[str, int]]] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    picked_up: set[int] = field(default_factory=set)

    def receipt(self, position: int, member: str, had: dict[str, int]) -> None:
        """A redemption was answered; the same receipt for anything else is a fault."""
        before = self.receipts.setdefault(position, (member, had))
        assert before == (member, had), (position, before, member, had)

    def kept(self) -> dict[int, tuple[str, dict[str, int]]]:
        """The receipts that still stand."""
        return {n: receipt for n, receipt in self.receipts.items() if n not in self.undone}


async def rows(url: str, sql: str) -> list[dict[str, Any]]:
    """A statement's rows, read by a connection of our own."""
    if url.startswith("sqlite://"):
        with closing(sqlite3.connect(url.removeprefix("sqlite://"))) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    connection = await asyncpg.connect(
        host=asked.get("host", [parts.hostname or ""])[0],
        port=int(asked.get("port", [str(parts.port or 5432)])[0]),
        user=parts.username or "postgres",
        password=parts.password,
        database=parts.path.lstrip("/"),
    )
    try:
        await connection.execute(f"SET search_path TO {asked['schema'][0]}")
        return [dict(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def check(cast: Cast, tally: Tally) -> None:
    """Every receipt once, stock and points exact, the earliest points first, nothing below zero, and no 5xx."""
    assert {status for status in tally.statuses if status >= 500} == set()
    url = cast.settings.book
    balances = _balances(await rows(url, POSTINGS))
    _check_receipts(tally, await rows(url, REDEMPTIONS), await rows(url, LINES), cast)
    handed: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for member, had in tally.kept().values():
        handed.update(had)
        spent[member] += sum(PRICES[name] * quantity for name, quantity in had.items())
    for name, item in cast.items.items():
        shelf, held = (balances[f"shop/1/{place}", f"item:{item}"] for place in ("stock", "held"))
        assert shelf + held == cast.stock[name] - handed[name], (name, shelf, held, handed[name])
        assert min(shelf, held) >= 0
    assert balances["shop/1/taken", "points"] == sum(spent.values())
    aside = _set_aside(balances)
    for person in cast.queue:
        early, late = (
            balances[f"member/{person.member}/until/{cast.day.year + years}-12-31", "points"]
            for years in (0, 1)
        )
        set_aside = aside[person.member]
        had = early + late + set_aside
        assert had == EARLY + LATE - spent[person.member], (person.member, early, late, set_aside)
        assert min(early, late, set_aside) >= 0
        assert early == 0 or late == LATE or person.member in _gave_back(tally), (person.member, early, late)


def _balances(postings: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for each in postings:
        found[each["source"], each["unit"]] -= each["amount"]
        found[each["target"], each["unit"]] += each["amount"]
    return found


def _check_receipts(
    tally: Tally, written: list[dict[str, Any]], lines: list[dict[str, Any]], cast: Cast
) -> None:
    """What is in the tables is what was answered, and no more: a lost answer was asked for again."""
    names = {item: name for name, item in cast.items.items()}
    had: dict[str, dict[str, int]] = {}
    for line in lines:
        had.setdefault(line["redemption"], {})[names[line["item"]]] = line["quantity"]
    found = {row["position"]: (row["member"], had[row["reference"]]) for row in written}
    assert len(found) == len(written)
    assert found == tally.receipts


def _set_aside(balances: Counter[tuple[str, str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (address, unit), points in balances.items():
        if unit == "points" and "/held/" in address:
            found[address.split("/")[1]] += points
    return found


def _gave_back(tally: Tally) -> set[str]:
    """Who had something undone: it went back to the account it came from, which later spending may have passed."""
    return {tally.receipts[position][0] for position in tally.undone}
