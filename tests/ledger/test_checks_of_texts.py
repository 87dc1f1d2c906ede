"""Texts, postings and accounts are held against each other: rows too many, too few, swapped or rewritten are named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from ledger import encoding
from tests.ledger.tampering import Original, opened

pytestmark = pytest.mark.anyio

AT = 100
"""A position in the middle of the book."""


def swap(file: sqlite3.Connection) -> None:
    """Two transactions change places, texts and all."""
    file.execute("UPDATE ledger_transaction SET position = -1 WHERE position = 100")
    file.execute("UPDATE ledger_transaction SET position = 100 WHERE position = 101")
    file.execute("UPDATE ledger_transaction SET position = 101 WHERE position = -1")


def rewrite(file: sqlite3.Connection, old: bytes, new: bytes, *, position: int = AT) -> None:
    """Another text with its own leaf: whoever can write the file can hash."""
    (body,) = file.execute("SELECT body FROM ledger_transaction WHERE position = ?", [position]).fetchone()
    text = body.replace(old, new) if old else new
    assert text != body
    values = [text, encoding.leaf_hash(text), position]
    file.execute("UPDATE ledger_transaction SET body = ?, leaf = ? WHERE position = ?", values)


SPOILS: dict[str, tuple[Callable[[sqlite3.Connection], object], str, int]] = {
    "a transaction taken out": (
        lambda file: file.execute("DELETE FROM ledger_transaction WHERE position = 100"),
        "texts",
        AT,
    ),
    "two transactions swapped": (swap, "texts", AT),
    "a text rewritten with its leaf": (
        lambda file: rewrite(file, b'"v":1', b'"v":2'),
        "tiles",
        AT,
    ),
    "a text that says more than its rows": (
        lambda file: rewrite(file, b'"v":1', b'"v":1,"w":1'),
        "texts",
        AT,
    ),
    "a text of another version": (lambda file: rewrite(file, b'"v":1', b'"v":2'), "texts", AT),
    "a text with its keys in another order": (
        lambda file: rewrite(file, b"{", b'{"v":1,') or rewrite(file, b',"v":1}', b"}"),
        "texts",
        AT,
    ),
    "a text that is no object": (lambda file: rewrite(file, b"", b"[]"), "texts", AT),
    "a text that is no JSON": (lambda file: rewrite(file, b"", b"{"), "texts", AT),
    "a text nested without end": (lambda file: rewrite(file, b"", b"[" * 100_000), "texts", AT),
    "evidence that is no object": (
        lambda file: rewrite(file, b"", b'{"evidence":"x","position":100}'),
        "texts",
        AT,
    ),
    "a text with a space in it": (lambda file: rewrite(file, b'"v":1', b'"v": 1'), "texts", AT),
    "a posting taken out": (
        lambda file: file.execute(
            "DELETE FROM ledger_posting WHERE id = (SELECT max(id) FROM ledger_posting)"
        ),
        "postings",
        0,
    ),
    "a posting too many at its transaction": (
        lambda file: file.execute(
            "INSERT INTO ledger_posting SELECT id + 200, unit, source, source_version + 1000, source_balance, target,"
            " target_version + 1000, target_balance, amount FROM ledger_posting ORDER BY id DESC LIMIT 1"
        ),
        "postings",
        0,
    ),
    "a posting beyond the end": (
        lambda file: file.execute(
            "INSERT INTO ledger_posting SELECT 256 * 100000, unit, source, source_version + 1000, source_balance,"
            " target, target_version + 1000, target_balance, amount FROM ledger_posting ORDER BY id DESC LIMIT 1"
        ),
        "postings",
        100_000,
    ),
    "an account taken out": (
        lambda file: file.execute(
            "DELETE FROM ledger_account WHERE id = (SELECT max(id) FROM ledger_account)"
        ),
        "accounts",
        0,
    ),
    "an account nobody opened": (
        lambda file: file.execute(
            "INSERT INTO ledger_account (id, address, unit, floor, opened_at) VALUES (51205, 'a/b', 'points', 0, 100)"
        ),
        "accounts",
        AT,
    ),
    "an account beyond the end": (
        lambda file: file.execute(
            "INSERT INTO ledger_account (id, address, unit, floor, opened_at)"
            " VALUES (512 * 100000, 'a/b', 'points', 0, 100000)"
        ),
        "accounts",
        100_000,
    ),
    "a floor taken away": (
        lambda file: file.execute("UPDATE ledger_account SET floor = NULL WHERE floor = 0"),
        "accounts",
        0,
    ),
}


@pytest.mark.parametrize("name", SPOILS)
async def test_what_was_done_to_the_rows_is_named(original: Original, name: str) -> None:
    """Each kind of damage is found by the check that is there for it, at its position."""
    spoil, check, position = SPOILS[name]
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            spoil(file)
        findings = await original.findings(spoilt)
    named = {finding.position for finding in findings if finding.check == check}
    assert named, findings
    assert not position or position in named, findings


async def test_both_of_two_swapped_positions_are_named(original: Original) -> None:
    """Not only the first."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            swap(file)
        findings = await original.findings(spoilt)
    assert {AT, AT + 1} <= {finding.position for finding in findings if finding.check == "texts"}


async def test_one_fault_is_one_finding(original: Original) -> None:
    """A column that differs from its text is said once, with both values, and nothing else is wrong."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            file.execute("UPDATE ledger_transaction SET effective_on = '1999-12-31' WHERE position = 100")
        findings = await original.findings(spoilt)
    assert [(f.check, f.position, f.row) for f in findings] == [("texts", AT, "ledger_transaction 100")]
    assert "1999-12-31" in findings[0].what
