"""What became of a fund, held against the texts of the ledger, over tables and random lives."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import encoding
from points import chart
from points.awards import fund_flows, fund_months
from points.awards.sponsors import Backing
from tests.figures import figure
from tests.points.awards.steps import Life
from tests.points.awards.town import ADMIN, KEEPER, LIUHE, ON, SHAHU, STREET, Town, fresh

pytestmark = pytest.mark.anyio
FUND = chart.fund(LIUHE, "2018-07")
STEPS = st.lists(
    st.sampled_from(
        [
            *[
                "fund 5",
                "fund 30",
                "serve 240",
                "serve 60 1",
                "serve 240 2",
                "publish",
                "publish",
                "deliver 9",
            ],
            *["redeem 1", "redeem 2", "back", "correct 1", "correct 2", "object 1", "dismiss", "uphold"],
            *["sweep 2018-12-08", "sweep 2018-12-20", "sweep 2019-01-05", "sweep 2020-01-01"],
        ]
    ),
    min_size=6,
    max_size=16,
)


async def moves(town: Town) -> list[tuple[str, str, str, int]]:
    """Every movement of points by the texts themselves: month, source, target, amount."""
    rows = await town.rows("SELECT body FROM ledger_transaction ORDER BY position")
    texts = [encoding.parse(bytes(row["body"])) for row in rows]
    return [
        (text["effective_on"][:7], one["source"], one["target"], one["amount"])
        for text in texts
        for one in text["postings"]
        if one["unit"] == "points"
    ]


async def adds_up(town: Town) -> None:
    """Whatever the page says is what the texts add up to, and its identities hold."""
    moved = await moves(town)
    found, allocations = await fund_months.chain(town.book, LIUHE, "2018-07")
    into, out = Counter[str](), Counter[str]()
    for _, source, target, amount in moved:
        into["issued" if source == chart.ISSUED else "back"] += amount * (target == FUND)
        out["out"] += amount * (source == FUND)
    assert (found.allocated, found.corrected, found.awarded) == (into["issued"], into["back"], out["out"])
    assert found.left == await town.points(FUND) == found.allocated + found.corrected - found.awarded
    assert found.awarded == found.noticed + found.vested + found.corrected + found.groups
    assert sum(each.points for each in allocations) == found.allocated
    standing = Counter[str]()
    for _, source, target, amount in moved:
        standing[source] -= amount
        standing[target] += amount
    assert found.noticed == standing[chart.noticed("V-000001")] + standing[chart.disputed("V-000001")]
    for month in {each[0] for each in moved}:
        await _moved(town, month, moved)
    await _stands(town, standing)


async def _moved(town: Town, month: str, moved: list[tuple[str, str, str, int]]) -> None:
    """One month's flows."""
    flows = await fund_flows.read(town.book, LIUHE, month)
    here = [(s, t, n) for m, s, t, n in moved if m == month]
    mine = "member/V-"
    change = sum(n * (t.startswith(mine) - s.startswith(mine)) for s, t, n in here)
    assert flows.change == change
    assert flows.awarded == sum(n for s, t, n in here if s.startswith("fund/") and t.startswith(mine))
    shop = [n * (t.startswith("shop/") - s.startswith("shop/")) for s, t, n in here]
    assert flows.spent == sum(shop)
    assert flows.expired == sum(n for s, t, n in here if t == chart.EXPIRED and s.startswith(mine))
    assert flows.corrected == sum(n for s, t, n in here if s.startswith(mine) and t.startswith("fund/"))
    frozen = ("/noticed", "/disputed")
    assert flows.vested == sum(n for s, t, n in here if s.endswith(frozen) and "/until/" in t)
    assert flows.settled == sum(n for s, t, n in here if s.endswith(frozen) and t.endswith("/owed"))


async def _stands(town: Town, standing: Counter[str]) -> None:
    """What stands there now."""
    now, day = await fund_flows.standing(town.book, LIUHE), town.book.today().isoformat()
    assert now.owed == -sum(n for a, n in standing.items() if a.endswith("/owed"))
    assert now.spendable == sum(n for a, n in standing.items() if "/until/" in a and a[-10:] >= day)


@given(steps=STEPS)
@settings(
    max_examples=figure(short=2, full=200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_it_adds_up_in_any_life(steps: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Funds refilled, awards in line, objections, corrections, spending and expiry in any order."""
    async with fresh(tmp_path_factory.mktemp("life")) as town:
        life = await Life.begin(town)
        for words in ["fund 20", "serve 240", *steps]:
            if words.startswith("sweep") and words.split()[1] < life.swept.isoformat():
                continue  # days do not go back
            with contextlib.suppress(IndexError):  # nothing there yet to correct or return
                await life.step(words)
        await adds_up(town)


async def test_a_whole_life_is_told(town: Town) -> None:
    """Awarded, vested, spent, taken back after it was spent and owed, settled by the next award, expired."""
    life = await Life.begin(town)
    steps = ["fund 100", "serve 240", "publish", "sweep 2018-12-08", "deliver 9", "redeem 2", "correct 1"]
    for words in [*steps, "serve 240 1", "publish", "sweep 2018-12-20", "sweep 2020-01-01"]:
        assert await life.step(words) == ""
    found, (first,) = await fund_months.chain(town.book, LIUHE, "2018-07")
    assert (found.allocated, found.awarded, found.corrected, found.vested, found.left) == (100, 16, 8, 8, 92)
    assert (first.points, first.fen, first.second, first.decided_by) == (100, 10_000, None, KEEPER)
    december = await fund_flows.read(town.book, LIUHE, "2018-12")
    assert (december.awarded, december.vested, december.settled) == (16, 10, 6)
    assert (december.spent, december.corrected, december.owed) == (6, 8, 6)
    assert (
        december.fen
        == 2 * (await town.rows("SELECT cost_fen FROM market_item WHERE number = 1"))[0]["cost_fen"]
    )
    assert (await fund_flows.read(town.book, LIUHE, "2020-01")).expired == 2
    await adds_up(town)


async def test_each_community_has_its_own(town: Town) -> None:
    """A member of one community is not counted in another, though their points came from its fund."""
    await town.fund(100, under=STREET)
    await town.event(("V-000001", "reporter"), area=SHAHU)
    await town.verify()
    found, (first,) = await fund_months.chain(town.book, SHAHU, "2018-07")
    assert (found.awarded, found.noticed, first.points, first.backing) == (
        2,
        2,
        50,
        Backing("street", 10_000),
    )
    assert first.fen == 5_000
    assert (await fund_flows.read(town.book, SHAHU, "2018-12")).awarded == 0
    assert (await fund_flows.read(town.book, LIUHE, "2018-12")).awarded == 2


async def test_who_approved_is_told(town: Town) -> None:
    """Of two allocations the second took two people."""
    await town.fund(5)
    await town.fund(7, key="2")
    _, given = await fund_months.chain(town.book, LIUHE, "2018-07")
    assert [(each.points, each.second) for each in given] == [(5, None), (7, ADMIN)]


async def test_it_reads_no_table_whole(town: Town) -> None:
    """As many statements for twenty awards as for one, and each finds its rows by an index, on either engine."""
    await town.fund(1_000)
    counts = []
    for times in (1, 19):
        for n in range(times):
            await town.event((f"V-{times}{n:02}", "reporter"))
        await town.verify()
        plans = await heard(town)
        counts.append(len(plans))
        whole = [
            plan
            for plan in plans
            for bad in ("ledger_", "awards_verification", "market_redemption")
            if _whole(plan, bad)
        ]
        assert whole == []
    assert counts[0] == counts[1] < 20


def _whole(plan: str, table: str) -> bool:
    names = {
        "ledger_": ("x", "p", "f", "s", "t", "a", "o"),
        "awards_verification": ("v",),
        "market_redemption": ("r", "l"),
    }
    return (
        any(f"SCAN {name} " in f"{plan} " for name in names[table])
        or any(f"SEARCH {name} USING AUTOMATIC" in plan for name in names[table])
        or f"Seq Scan on {table}" in plan
    )


async def heard(town: Town) -> list[str]:
    """How each statement of the page is run; PostgreSQL is told that reading whole tables is dear."""
    reader: Any = town.book.reader
    seen: list[tuple[str, list[Any]]] = []
    kept = reader.execute_query_dict

    async def listen(sql: str, values: list[Any] | None = None) -> Any:
        seen.append((sql, list(values or [])))
        return await kept(sql, values)

    reader.execute_query_dict = listen
    try:
        await fund_months.chain(town.book, LIUHE, "2018-07")
        await fund_flows.read(town.book, LIUHE, f"{ON:%Y-%m}")
        await fund_flows.standing(town.book, LIUHE)
    finally:
        reader.execute_query_dict = kept
    return [await planned(town, sql, values) for sql, values in seen]


async def planned(town: Town, sql: str, values: list[Any]) -> str:
    """How a statement is run."""
    if town.book.engine.dialect == "sqlite":
        rows = await town.rows(f"EXPLAIN QUERY PLAN {sql}", *values)
        return " | ".join(row["detail"] for row in rows)
    async with town.book.write() as db:
        await db.execute_query("SET LOCAL enable_seqscan = off")
        rows = await db.execute_query_dict(f"EXPLAIN {sql}", values)
    return " | ".join(row["QUERY PLAN"] for row in rows)
