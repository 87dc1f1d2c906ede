"""Do the rows say what the texts say? Texts against leaves, postings and accounts against texts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from ledger import encoding, tree
from ledger.findings import Audit, Finding, Row, pages

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a text may raise that is not of our form, whatever somebody wrote there."""


async def texts_match_leaves(audit: Audit) -> AsyncIterator[Finding]:
    """Positions have no gap, every leaf is its text's, and the columns repeat what the text says."""
    expected, latest = 1, ""
    async for page in pages(
        audit, "SELECT * FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"
    ):
        for row in page:
            position = row["position"]
            if position != expected:
                yield Finding(
                    "texts",
                    expected,
                    f"ledger_transaction {expected}",
                    f"缺少第 {expected}–{position - 1} 笔",
                )
            expected = position + 1
            for what in _text_problems(row, latest):
                yield Finding("texts", position, f"ledger_transaction {position}", what)
            latest = row["recorded_at"]


def _text_problems(row: Row, latest: str) -> list[str]:
    body = bytes(row["body"])
    if encoding.leaf_hash(body) != bytes(row["leaf"]):
        return ["正文与叶子指纹不符"]
    try:
        text = encoding.parse(body)
        same, columns = encoding.canonical(text) == body, _columns(text)
    except UNREADABLE:
        return ["正文不是规范的 JSON"]
    problems = [] if same else ["正文不是规范写法"]
    problems += [
        f"列 {name} 是 {row[name]!r}，正文写的是 {said!r}"
        for name, said in columns.items()
        if row[name] != said
    ]
    if row["recorded_at"] < latest:
        problems.append("记账时间早于前一笔")
    return problems


def _columns(text: Row) -> Row:
    """What the columns beside a text must say."""
    return {
        "position": text.get("position"),
        "reference": text.get("reference"),
        "request": text.get("request"),
        "kind": text.get("kind"),
        "evidence_kind": text.get("evidence", {}).get("kind"),
        "evidence_id": text.get("evidence", {}).get("id"),
        "reverses": text.get("reverses"),
        "effective_on": text.get("effective_on"),
        "recorded_at": text.get("recorded_at"),
    }


_POSTINGS = """
SELECT p.*, s.address AS source_address, s.unit AS source_unit, t.address AS target_address, t.unit AS target_unit
FROM ledger_posting AS p
LEFT JOIN ledger_account AS s ON s.id = p.source LEFT JOIN ledger_account AS t ON t.id = p.target
WHERE p.id >= ? AND p.id < ? ORDER BY p.id"""


async def postings_match_texts(audit: Audit) -> AsyncIterator[Finding]:
    """Every line of every text is a posting, and there is no posting beside them."""
    query = "SELECT position, body FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"
    async for page in pages(audit, query):
        first, last = page[0]["position"], page[-1]["position"]
        rows = await audit.db.execute_query_dict(_POSTINGS, [first * 256, (last + 1) * 256])
        found = {row["id"]: _line(row) for row in rows}
        for row in page:
            for number, said in _said_lines(row):
                if found.pop(number, None) != said:
                    where = f"ledger_posting {number}"
                    yield Finding("postings", number // 256, where, f"第 {number % 256 + 1} 条分录与正文不符")
        for number in found:
            yield Finding("postings", number // 256, f"ledger_posting {number}", "正文里没有这条分录")
    async for finding in _beyond(audit, "postings", "ledger_posting", 256):
        yield finding


async def _beyond(audit: Audit, check: str, table: str, share: int) -> AsyncIterator[Finding]:
    """The first rows of a table that belong to no position there is; each position has `share` numbers."""
    query = f"SELECT id FROM {table} WHERE id < ? OR id >= ? ORDER BY id LIMIT 20"  # noqa: S608 - our own tables
    for row in await audit.db.execute_query_dict(query, [share, (audit.size + 1) * share]):
        if row["id"] // share > await tree.head(audit.db) or row["id"] < share:
            yield Finding(check, row["id"] // share, f"{table} {row['id']}", "不属于任何一笔")


def _line(row: Row) -> Row:
    return {
        "amount": row["amount"],
        "source": row["source_address"],
        "source_balance": row["source_balance"],
        "source_version": row["source_version"],
        "target": row["target_address"],
        "target_balance": row["target_balance"],
        "target_version": row["target_version"],
        "unit": row["unit"] if row["unit"] == row["source_unit"] == row["target_unit"] else None,
    }


def _said_lines(row: Row) -> list[tuple[int, Row]]:
    try:
        lines = encoding.parse(bytes(row["body"]))["postings"]
        return [(row["position"] * 256 + order, line) for order, line in enumerate(lines)]
    except UNREADABLE:
        return []


async def accounts_match_texts(audit: Audit) -> AsyncIterator[Finding]:
    """Every account was opened by a text, with its floor, and every text's accounts are there."""
    query = "SELECT position, body FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"
    async for page in pages(audit, query):
        span = [page[0]["position"], page[-1]["position"]]
        rows = await audit.db.execute_query_dict(
            "SELECT * FROM ledger_account WHERE id >= ? AND id < ?", [span[0] * 512, (span[1] + 1) * 512]
        )
        found = {row["id"]: (row["address"], row["unit"], row["floor"], row["opened_at"]) for row in rows}
        for row in page:
            for number, said in _said_accounts(row):
                if found.pop(number, None) != said:
                    yield Finding(
                        "accounts", row["position"], f"ledger_account {number}", "账户与开户的正文不符"
                    )
        for number in found:
            yield Finding("accounts", number // 512, f"ledger_account {number}", "没有哪一笔开过这个账户")
    async for finding in _beyond(audit, "accounts", "ledger_account", 512):
        yield finding


def _said_accounts(row: Row) -> list[tuple[int, tuple[Any, ...]]]:
    try:
        accounts = encoding.parse(bytes(row["body"]))["accounts"]
        position = row["position"]
        return [
            (position * 512 + order, (a["address"], a["unit"], a.get("floor"), position))
            for order, a in enumerate(accounts)
        ]
    except UNREADABLE:
        return []
