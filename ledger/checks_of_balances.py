"""Do the numbers add up? Versions, running balances and floors of every account, and what corrections gave back."""

from __future__ import annotations

from collections.abc import AsyncIterator

from ledger.findings import PAGE, Audit, Finding, Row, pages

_MOVEMENTS = """
SELECT * FROM (
    SELECT source AS account, source_version AS version, source_balance AS balance, -amount AS moved, id
    FROM ledger_posting WHERE (source, source_version) > (?, ?) ORDER BY source, source_version LIMIT ?) AS outgoing
UNION ALL SELECT * FROM (
    SELECT target, target_version, target_balance, amount, id
    FROM ledger_posting WHERE (target, target_version) > (?, ?) ORDER BY target, target_version LIMIT ?) AS incoming
ORDER BY account, version LIMIT ?"""


async def balances_add_up(audit: Audit) -> AsyncIterator[Finding]:
    """For every account: versions 1, 2, 3 … across both sides, each balance the one before it plus what moved, no floor
    broken by what went out."""
    account, version, balance, floor = 0, 0, 0, None
    while page := await _movements(audit, account, version):
        numbers = sorted({row["account"] for row in page})
        floors = await _floors(audit, numbers)
        for row in page:
            if row["account"] != account:
                account, version, balance = row["account"], 0, 0
            floor = floors.get(account)
            position, where = row["id"] // 256, f"ledger_posting {row['id']}"
            if row["version"] != version + 1:
                yield Finding(
                    "balances", position, where, f"账户 {account} 的版本从 {version} 跳到 {row['version']}"
                )
            if row["balance"] != balance + row["moved"]:
                yield Finding(
                    "balances", position, where, f"余额应为 {balance + row['moved']}，写的是 {row['balance']}"
                )
            if row["moved"] < 0 and floor is not None and row["balance"] < floor:
                yield Finding("balances", position, where, f"低于下限 {floor}")
            version, balance = row["version"], row["balance"]
        audit.step(len(page) // 4)


async def _movements(audit: Audit, account: int, version: int) -> list[Row]:
    after = [account, version, PAGE]
    return await audit.db.execute_query_dict(_MOVEMENTS, [*after, *after, PAGE])


async def _floors(audit: Audit, numbers: list[int]) -> dict[int, int | None]:
    rows = await audit.db.execute_query_dict(
        "SELECT id, floor FROM ledger_account WHERE id >= ? AND id <= ?", [numbers[0], numbers[-1]]
    )
    return {row["id"]: row["floor"] for row in rows}


_REVERSALS = """
SELECT r.position, r.reverses, o.position AS original FROM ledger_transaction AS r
LEFT JOIN ledger_transaction AS o ON o.position = r.reverses
WHERE r.reverses IS NOT NULL AND r.position > ? ORDER BY r.position LIMIT ?"""

_GAVE = """
SELECT {side} AS account, sum(amount) AS amount FROM ledger_posting
WHERE id >= ? AND id < ? GROUP BY {side} ORDER BY {side}"""


async def reversals_give_back(audit: Audit) -> AsyncIterator[Finding]:
    """Every correction gives each source of its original back exactly what it gave, and comes after it."""
    async for page in pages(audit, _REVERSALS):
        for row in page:
            gave = await _moved(audit, "source", row["reverses"])
            returned = await _moved(audit, "target", row["position"])
            if row["original"] is None or row["reverses"] >= row["position"] or gave != returned:
                where = f"ledger_transaction {row['position']}"
                yield Finding("reversals", row["position"], where, f"没有把第 {row['reverses']} 笔原样还回")


async def _moved(audit: Audit, side: str, position: int) -> list[Row]:
    query = _GAVE.format(side=side)
    return await audit.db.execute_query_dict(query, [position * 256, (position + 1) * 256])
