"""Do the numbers add up? Versions, running balances and floors of every account, and what corrections gave back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

from ledger.findings import PAGE, Audit, Finding, Row, Values, pages

ACCOUNTS_AT_ONCE = 200_000
"""So many accounts are reckoned in one reading of the postings: what is kept of them stays below 60 MB."""

_BOUND = "SELECT id FROM ledger_account WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?"
_FLOORS = "SELECT id, floor FROM ledger_account WHERE id >= ? AND id < ?"
_POSTINGS = """
SELECT id, source, source_version, source_balance, target, target_version, target_balance, amount
FROM ledger_posting WHERE id > ? ORDER BY id LIMIT ?"""

Standing = tuple[int, int, int | None]
"""An account's version, balance and floor."""


async def balances_add_up(audit: Audit) -> AsyncIterator[Finding]:
    """For every account: versions 1, 2, 3 … across both sides in the order of writing, each balance the one before it
    plus what moved, no floor broken by what went out."""
    first, beyond = 0, 2**62
    while first < beyond:
        rows = await audit.values(_BOUND, first, ACCOUNTS_AT_ONCE)
        end = rows[0][0] if rows else beyond
        async for finding in _reckoned(audit, range(first, end)):
            yield finding
        first = end


async def _reckoned(audit: Audit, ours: range) -> AsyncIterator[Finding]:
    """Read all postings, and reckon the accounts whose numbers are ours."""
    standings: dict[int, Standing] = {}
    after, opened = 0, ours.start
    while page := await audit.values(_POSTINGS, after, 4 * PAGE):
        after = page[-1][0]
        end = min((after // 256 + 1) * 512, ours.stop)
        if opened < end:
            new = await audit.values(_FLOORS, opened, end)
            standings.update((number, (0, 0, floor)) for number, floor in new)
            opened = end
        for finding in _broken(page, standings, ours):
            yield finding
        audit.step(len(page) // 4)


def _broken(page: Sequence[Values], standings: dict[int, Standing], ours: range) -> Iterator[Finding]:
    for number, source, given, left, target, taken, held, amount in page:
        if source in ours:
            version, balance, floor = standings.get(source, _NEW)
            if given != version + 1 or left != balance - amount or (floor is not None and left < floor):
                yield from _said(number, source, (given, left), standings.get(source, _NEW), -amount)
            standings[source] = (given, left, floor)
        if target in ours:
            version, balance, floor = standings.get(target, _NEW)
            if taken != version + 1 or held != balance + amount:
                yield from _said(number, target, (taken, held), standings.get(target, _NEW), amount)
            standings[target] = (taken, held, floor)


_NEW: Standing = (0, 0, None)


def _said(
    number: int, account: int, after: tuple[int, int], before: Standing, moved: int
) -> Iterator[Finding]:
    """What is wrong with one side of a posting."""
    position, where, floor = number // 256, f"ledger_posting {number}", before[2]
    if after[0] != before[0] + 1:
        what = f"账户 {account} 的版本从 {before[0]} 跳到 {after[0]}"
        yield Finding("balances", position, where, what)
    if after[1] != before[1] + moved:
        what = f"余额应为 {before[1] + moved}，写的是 {after[1]}"
        yield Finding("balances", position, where, what)
    if moved < 0 and floor is not None and after[1] < floor:
        yield Finding("balances", position, where, f"低于下限 {floor}")


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
