"""Do the numbers add up? Versions, running balances and floors of every account, and what corrections gave back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger import encoding
from ledger.findings import N_, Audit, Finding
from ledger.stretches import Known, Stretch


def of_stretch(stretch: Stretch) -> Iterator[Finding]:
    """For every account: versions 1, 2, 3 … across both sides in the order of writing, each balance the one before it
    plus what moved, no floor broken by what went out."""
    known = stretch.known
    for number, _unit, source, given, left, target, taken, held, amount in stretch.postings:
        account = known[source]
        floor = account.floor
        if (
            given != account.version + 1
            or left != account.balance - amount
            or (floor is not None and left < floor)
        ):
            yield from _said(number, source, (given, left), account, -amount)
        account.version, account.balance = given, left
        account = known[target]
        if taken != account.version + 1 or held != account.balance + amount:
            yield from _said(number, target, (taken, held), account, amount)
        account.version, account.balance = taken, held


def _said(number: int, account: int, after: tuple[int, int], before: Known, moved: int) -> Iterator[Finding]:
    """What is wrong with one side of a posting."""
    position, where, floor = number // 256, f"ledger_posting {number}", before.floor
    if after[0] != before.version + 1:
        facts = {"account": account, "before": before.version, "after": after[0]}
        yield Finding("balances", position, where, N_("账户 {account} 的版本从 {before} 跳到 {after}"), facts)
    if after[1] != before.balance + moved:
        facts = {"right": before.balance + moved, "stands": after[1]}
        yield Finding("balances", position, where, N_("余额应为 {right}，写的是 {stands}"), facts)
    if moved < 0 and floor is not None and after[1] < floor:
        yield Finding("balances", position, where, N_("低于下限 {floor}"), {"floor": floor})


_GAVE = """
SELECT x.position, p.source AS account, sum(p.amount) AS amount
FROM json_each(?) AS wanted
JOIN ledger_transaction AS x ON x.position = CAST(wanted.value AS BIGINT)
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < (x.position + 1) * 256
GROUP BY x.position, p.source"""

Moved = dict[int, int]
"""How much of which account, by its number."""


async def corrections_give_back(audit: Audit, stretch: Stretch) -> list[Finding]:
    """Every correction gives each source of its original back exactly what it gave, and comes after it."""
    reversing = {row[0]: row[6] for row in stretch.transactions if row[6] is not None}
    if not reversing:
        return []
    gave: dict[int, Moved] = {}
    for position, account, amount in await audit.values(_GAVE, _json(sorted({*reversing.values()}))):
        gave.setdefault(position, {})[account] = amount
    returned = _returned(stretch, reversing)
    return [
        Finding(
            "reversals",
            position,
            f"ledger_transaction {position}",
            N_("没有把第 {original} 笔原样还回"),
            {"original": original},
        )
        for position, original in reversing.items()
        if original >= position or not gave.get(original) or gave[original] != returned.get(position)
    ]


def _returned(stretch: Stretch, positions: Iterable[int]) -> dict[int, Moved]:
    returned: dict[int, Moved] = {position: {} for position in positions}
    for number, _unit, _source, _given, _left, target, _taken, _held, amount in stretch.postings:
        moved = returned.get(number // 256)
        if moved is not None:
            moved[target] = moved.get(target, 0) + amount
    return returned


def _json(values: object) -> str:
    return encoding.canonical(values).decode()
