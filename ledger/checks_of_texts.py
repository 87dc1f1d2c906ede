"""Do the rows say what the texts say? Texts against leaves, postings and accounts against texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from ledger import encoding, tree
from ledger.findings import PAGE, Audit, Finding, Row, Values

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a text may raise that is not of our form, whatever somebody wrote there."""

_COLUMNS = (
    "position", "reference", "request", "kind", "evidence_kind", "evidence_id", "reverses", "effective_on",
    "recorded_at", "body", "leaf",
)  # fmt: skip
_TRANSACTIONS = f"""
SELECT {", ".join(_COLUMNS)} FROM ledger_transaction WHERE position > ? ORDER BY position LIMIT ?"""  # noqa: S608
_POSTINGS = """
SELECT p.id, p.amount, s.address, p.source_balance, p.source_version, t.address, p.target_balance, p.target_version,
    p.unit, s.unit, t.unit
FROM ledger_posting AS p
LEFT JOIN ledger_account AS s ON s.id = p.source LEFT JOIN ledger_account AS t ON t.id = p.target
WHERE p.id >= ? AND p.id < ? ORDER BY p.id"""
_ACCOUNTS = """
SELECT id, address, unit, floor, opened_at FROM ledger_account WHERE id >= ? AND id < ? ORDER BY id"""


@dataclass(frozen=True, slots=True)
class _Page:
    """Some transactions in the order of their positions, with every posting and account of that stretch."""

    transactions: Sequence[Values]
    postings: Sequence[Values]
    accounts: Sequence[Values]


async def rows_match_texts(audit: Audit) -> AsyncIterator[Finding]:
    """Positions have no gap, every leaf is its text's, and columns, postings and accounts are those the texts tell of.

    A page from whose rows each text can be written again, byte for byte, is whole. Any other is looked at row by row.
    """
    after, latest = 0, ""
    while page := await _page(audit, after):
        if not _is_whole(page, after, latest):
            for finding in _findings(page, after, latest):
                yield finding
        after, latest = page.transactions[-1][0], page.transactions[-1][8]
        audit.step(len(page.transactions))
    for check, table, share in (("postings", "ledger_posting", 256), ("accounts", "ledger_account", 512)):
        async for finding in _beyond(audit, check, table, share):
            yield finding


async def _page(audit: Audit, after: int) -> _Page | None:
    transactions = await audit.values(_TRANSACTIONS, after, PAGE)
    if not transactions:
        return None
    first, end = transactions[0][0], transactions[-1][0] + 1
    postings = await audit.values(_POSTINGS, first * 256, end * 256)
    return _Page(transactions, postings, await audit.values(_ACCOUNTS, first * 512, end * 512))


def _is_whole(page: _Page, after: int, latest: str) -> bool:
    lines, opened = _by_position(page.postings, 256), _by_position(page.accounts, 512)
    for row in page.transactions:
        position, recorded_at = row[0], row[8]
        after += 1
        if position != after or recorded_at < latest:
            return False
        if not _says(row, lines.pop(position, ()), opened.pop(position, ())):
            return False
        latest = recorded_at
    return not lines and not opened


def _by_position(rows: Sequence[Values], share: int) -> dict[int, list[Values]]:
    found: dict[int, list[Values]] = {}
    for row in rows:
        found.setdefault(row[0] // share, []).append(row)
    return found


def _says(row: Values, postings: Sequence[Values], accounts: Sequence[Values]) -> bool:
    """Whether these rows, written as a text, are the text. Only two digests are taken from it: no column has them."""
    (
        position,
        reference,
        request,
        kind,
        evidence_kind,
        evidence_id,
        reverses,
        on,
        recorded_at,
        body,
        leaf,
    ) = row
    try:
        said = encoding.parse(body)
        text = {
            "accounts": [_account(one, position * 512 + order) for order, one in enumerate(accounts)],
            "chart": said["chart"],
            "effective_on": on,
            "evidence": {"digest": said["evidence"]["digest"], "id": evidence_id, "kind": evidence_kind},
            "kind": kind,
            "position": position,
            "postings": [_posting(one, position * 256 + order) for order, one in enumerate(postings)],
            "recorded_at": recorded_at,
            "reference": reference,
            "request": request,
        }
        if reverses is not None:
            text["reverses"] = reverses
        text["v"] = encoding.VERSION
        return bool(orjson.dumps(text) == body and encoding.leaf_hash(body) == leaf)
    except UNREADABLE:
        return False


def _account(row: Values, number: int) -> Row | None:
    identity, address, unit, floor, opened_at = row
    if identity != number or opened_at != number // 512:
        return None
    return (
        {"address": address, "unit": unit}
        if floor is None
        else {"address": address, "floor": floor, "unit": unit}
    )


def _posting(row: Values, number: int) -> Row | None:
    identity, amount, source, source_balance, source_version, target, balance, version, unit, given, taken = (
        row
    )
    if identity != number or not given == unit == taken:
        return None
    return {
        "amount": amount,
        "source": source,
        "source_balance": source_balance,
        "source_version": source_version,
        "target": target,
        "target_balance": balance,
        "target_version": version,
        "unit": unit,
    }


def _findings(page: _Page, after: int, latest: str) -> list[Finding]:
    """What is wrong with a page, row by row: if its rows all agree, a text says more than they do."""
    found = [*_of_texts(page, after, latest), *_of_postings(page), *_of_accounts(page)]
    return found or [*_of_more(page)]


def _of_more(page: _Page) -> Iterator[Finding]:
    lines, opened = _by_position(page.postings, 256), _by_position(page.accounts, 512)
    for row in page.transactions:
        if not _says(row, lines.get(row[0], ()), opened.get(row[0], ())):
            yield Finding("texts", row[0], f"ledger_transaction {row[0]}", "正文里还有这些行里没有的")


def _of_texts(page: _Page, after: int, latest: str) -> Iterator[Finding]:
    for values in page.transactions:
        row = dict(zip(_COLUMNS, values, strict=True))
        position = row["position"]
        if position != after + 1:
            what = f"缺少第 {after + 1}–{position - 1} 笔"
            yield Finding("texts", after + 1, f"ledger_transaction {after + 1}", what)
        for what in _text_problems(row, latest):
            yield Finding("texts", position, f"ledger_transaction {position}", what)
        after, latest = position, row["recorded_at"]


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


def _of_postings(page: _Page) -> Iterator[Finding]:
    found = {row[0]: _posting(row, row[0]) for row in page.postings}
    for number, said in _said(page, "postings", 256):
        if found.pop(number, None) != said:
            where = f"ledger_posting {number}"
            yield Finding("postings", number // 256, where, f"第 {number % 256 + 1} 条分录与正文不符")
    for number in found:
        yield Finding("postings", number // 256, f"ledger_posting {number}", "正文里没有这条分录")


def _of_accounts(page: _Page) -> Iterator[Finding]:
    found = {row[0]: _account(row, row[0]) for row in page.accounts}
    for number, said in _said(page, "accounts", 512):
        if found.pop(number, None) != said:
            yield Finding("accounts", number // 512, f"ledger_account {number}", "账户与开户的正文不符")
    for number in found:
        yield Finding("accounts", number // 512, f"ledger_account {number}", "没有哪一笔开过这个账户")


def _said(page: _Page, part: str, share: int) -> Iterator[tuple[int, Any]]:
    """What the texts say of a part of theirs, by the number that its row must have."""
    for row in page.transactions:
        try:
            told = list(encoding.parse(row[9])[part])
        except UNREADABLE:
            continue
        yield from ((row[0] * share + order, one) for order, one in enumerate(told))


async def _beyond(audit: Audit, check: str, table: str, share: int) -> AsyncIterator[Finding]:
    """The first rows of a table that belong to no position there is; each position has `share` numbers."""
    query = f"SELECT id FROM {table} WHERE id < ? OR id >= ? ORDER BY id LIMIT 20"  # noqa: S608 - our own tables
    for row in await audit.db.execute_query_dict(query, [share, (audit.size + 1) * share]):
        if row["id"] // share > await tree.head(audit.db) or row["id"] < share:
            yield Finding(check, row["id"] // share, f"{table} {row['id']}", "不属于任何一笔")
