"""Fifty-way races on both engines: for the last unit, a reference, a reversal, a plan; and at the counter."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from points import chart
from points.awards import corrections
from points.district import open_district
from points.market import baskets, catalogue_files, counter, deliveries, items, shops
from points.people import roles
from tests import books, postgres
from tests.attack import consistency, faults
from tests.attack.faults import Change, Fault
from tests.attack.fifty import CALLERS, OPENINGS, RACES
from tests.attack.planted import NO_FILE_LOCK
from tests.points.awards import test_corrections, town
from tests.points.awards.town import ADMIN, KEEPER, LAID_OUT, LIUHE, ON, PUBLISHER

pytestmark = [pytest.mark.attack, pytest.mark.anyio]
both = pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)
COUNTER = "S-0007"
TRANSACTIONS, DECISIONS = "ledger/sqlite_transactions.py", "ledger/decisions.py"
FAULTS = (
    Fault(
        "five writers at once",
        ("fifty", "for_the_last_unit"),
        (NO_FILE_LOCK, Change(TRANSACTIONS, '"BEGIN IMMEDIATE"', '"BEGIN"')),
    ),
    Fault(
        "another request gets the first receipt",
        ("fifty", "for_the_same_reference"),
        (Change(DECISIONS, "if known.request != draft.request:", "if known.request == '':"),),
    ),
    Fault(
        "a correction may come twice",
        ("fifty", "for_the_same_reversal"),
        (Change(DECISIONS, "    if original.reversed:", "    if original.position == 0:"),),
    ),
    Fault(
        "what was seen is not asked for",
        ("fifty", "for_what_was_planned_from"),
        (Change(DECISIONS, "        if draft.seen:\n            _check_seen(state, draft)\n", ""),),
    ),
)


@both
@pytest.mark.parametrize("race", RACES.values(), ids=RACES.keys())
async def test_fifty_race(
    engine: str, race: Callable[[str], Coroutine[Any, Any, None]], tmp_path: Path
) -> None:
    """Each race's promise, through five writers of one book."""
    await race(await books.make(tmp_path))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """The race has two winners, or somebody is told what is not so."""
    tree = faults.plant(fault, tmp_path / "tree")
    shutil.copy(await books.template(), tmp_path / "book.db")
    ended = await asyncio.to_thread(faults.run, tree, *fault.attack, str(tmp_path / "book.db"))
    assert ended.returncode not in {0, 124}, "nobody noticed"
    assert "AssertionError" in ended.stderr, ended.stderr


@both
async def test_fifty_race_at_the_counter(engine: str, tmp_path: Path) -> None:
    """The last soap has one of fifty buyers; one press of fifty fingers is one redemption; an award is undone once."""
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(town.fresh(tmp_path))
        award = await test_corrections.award(place)
        await test_corrections.vest(place)
        await place._enrol({COUNTER})
        for member, role in ((COUNTER, "counter"), (KEEPER, "stock_keeper")):
            await roles.grant(place.book, member=member, role=role, area=None, by=ADMIN, on=LAID_OUT)
        await items.install(place.book, catalogue_files.default(), by="system", on=LAID_OUT)
        shop = await shops.open_shop(place.book, "积善超市", area=LIUHE, hours="", by=ADMIN, on=LAID_OUT)
        await deliveries.receive(place.book, shop, {1: 1}, document="单", by=KEEPER, on=ON, key="d1")
        url = books.url_of(place.book)
        opened = [await stack.enter_async_context(open_district(url)) for _ in range(OPENINGS)]

        async def buy(number: int, key: str) -> Any:
            return await counter.redeem(
                opened[number % OPENINGS], shop, test_corrections.V1, baskets.of({1: 1}),
                by=COUNTER, key=key, on=ON, found_by="card",
            )  # fmt: skip

        async def undo(number: int) -> Any:
            return await corrections.correct(
                opened[number % OPENINGS], award, "时长不对", by=PUBLISHER, on=test_corrections.CLOSES
            )

        assert await counted(buy(n, f"k{n}") for n in range(CALLERS)) == {
            "written": 1,
            "SoldOut": CALLERS - 1,
        }
        await deliveries.receive(place.book, shop, {1: 2}, document="单", by=KEEPER, on=ON, key="d2")
        assert await counted(buy(n, "same") for n in range(CALLERS)) == {"written": 1, "again": CALLERS - 1}
        assert await place.points(chart.until(test_corrections.V1, test_corrections.DAY)) == 2
        assert await counted(undo(n) for n in range(CALLERS)) == {"written": 1, "again": CALLERS - 1}
        assert await place.points(chart.owed(test_corrections.V1)) == -6
        await consistency.check_book(place.book)


async def counted(works: Any) -> Counter[str]:
    """What all of them are answered, at once."""
    return Counter([await one for one in [asyncio.ensure_future(said(work)) for work in works]])


async def said(work: Awaitable[Any]) -> str:
    """How an answer is written."""
    try:
        answer = await work
    except Exception as error:
        return type(error).__name__
    return "again" if answer.repeated else "written"
