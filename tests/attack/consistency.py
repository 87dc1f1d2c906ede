"""What must be true of a book's file whatever happened to it, checked with sqlite3, json and hashlib alone."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIDES = (("source", -1), ("target", 1))
Row = tuple[Any, ...]


_TEXTS = "SELECT position, reference, body, leaf FROM ledger_transaction ORDER BY position"
_POSTINGS = (
    "SELECT p.id, p.unit, s.address AS source, p.source_version, p.source_balance, t.address AS target,"
    " p.target_version, p.target_balance, p.amount FROM ledger_posting AS p"
    " JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target ORDER BY p.id"
)
_ACCOUNTS = "SELECT address, unit, floor, opened_at FROM ledger_account ORDER BY id"


def check(path: Path) -> int:
    """Assert that nothing is partial, out of order, below its floor or locked; the answer is the last position."""
    with held_lock(path), contextlib.closing(sqlite3.connect(path, timeout=0)) as file:
        file.execute("BEGIN IMMEDIATE")  # fails when somebody left a transaction open
        texts, postings, accounts = (file.execute(q).fetchall() for q in (_TEXTS, _POSTINGS, _ACCOUNTS))
        file.execute("ROLLBACK")
    return check_read(texts, postings, accounts)


async def check_book(book: Any) -> int:
    """The same of an open book, whatever its engine, read through it."""
    read = [await book.reader.execute_query_dict(query) for query in (_TEXTS, _POSTINGS, _ACCOUNTS)]
    return check_read(*([tuple(row.values()) for row in rows] for rows in read))


def check_read(texts: list[Row], postings: list[Row], accounts: list[Row]) -> int:
    """The same of what was read."""
    assert [row[0] for row in texts] == list(range(1, len(texts) + 1)), "positions have a gap"
    assert len({row[1] for row in texts}) == len(texts), "a reference stands twice"
    for position, reference, body, leaf in texts:
        text = json.loads(body)
        assert (text["position"], text["reference"]) == (position, reference)
        assert hashlib.sha256(b"\0" + body).digest() == leaf
    bodies = [json.loads(row[2]) for row in texts]
    check_times(bodies)
    check_rows(postings, accounts, bodies)
    check_balances(bodies)
    return len(texts)


def check_times(bodies: list[dict[str, Any]]) -> None:
    """Time stands still or goes forward along the log."""
    moments = [body["recorded_at"] for body in bodies]
    assert moments == sorted(moments), "recorded_at went back"


def check_rows(postings: list[Row], accounts: list[Row], bodies: list[dict[str, Any]]) -> None:
    """The postings' rows say what the texts say, line for line; the accounts are those the texts open."""
    said = [
        (
            body["position"] * 256 + order,
            line["unit"],
            *(line[name] for name in ("source", "source_version", "source_balance")),
            *(line[name] for name in ("target", "target_version", "target_balance", "amount")),
        )
        for body in bodies
        for order, line in enumerate(body["postings"])
    ]
    assert postings == said, "postings are not what the texts say"
    opened = [
        (one["address"], one["unit"], one.get("floor"), body["position"])
        for body in bodies
        for one in body["accounts"]
    ]
    assert accounts == opened, "accounts are not what the texts open"


def check_balances(bodies: list[dict[str, Any]]) -> None:
    """Versions are dense, balances add up, no source was left below the floor it was opened with."""
    floors: dict[tuple[str, str], int | None] = {}
    standings: dict[tuple[str, str], tuple[int, int]] = {}
    for body in bodies:
        floors |= {(one["address"], one["unit"]): one.get("floor") for one in body["accounts"]}
        for line in body["postings"]:
            for side, sign in SIDES:
                key = (line[side], line["unit"])
                version, balance = standings.get(key, (0, 0))
                standings[key] = (version + 1, balance + sign * line["amount"])
                assert standings[key] == (line[f"{side}_version"], line[f"{side}_balance"]), key
            key = (line["source"], line["unit"])
            floor = floors[key]
            assert floor is None or standings[key][1] >= floor, f"{key} is below its floor"


@contextmanager
def held_lock(path: Path) -> Iterator[None]:
    """Hold the book's file lock as another process would; fails at once when somebody kept it."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def references(path: Path) -> list[str]:
    """Every reference in the book, in the order of its position."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT reference FROM ledger_transaction ORDER BY position")
        return [row[0].removeprefix("t/") for row in rows]
