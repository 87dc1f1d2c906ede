"""Attacks on a shelf: what is put right twice, and what one person writes off in many small steps.

    python -m tests.attack.stocktaking NAME BOOK.db

As tests/attack/scenarios.py: the tests run them on this tree, and on copies in which something is broken.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from points.district import open_district
from points.market import losses, shops, stock_counts, stock_decisions, stock_requests, stocktaking
from points.market.errors import MovedSinceCounted, StockNeedsTwo
from tests import meanwhile
from tests.points.market import conftest, stocked
from tests.points.market.stocked import Stocked

SOAP, COOKER = 1, 14


async def asked(there: Stocked, counted: int, key: str) -> stock_requests.Asked:
    """陈静 counts soaps and asks that the difference be put right."""
    town = there.town
    begun = await stocktaking.begin(town.book, town.shop, by=town.keeper, key=key)
    count = await stocktaking.enter(
        town.book, await stock_counts.find(town.book, begun), {SOAP: counted}, by=town.keeper
    )
    return await stocktaking.ask(town.book, count, {SOAP: "stolen"}, by=town.keeper, key=key)


async def nothing_is_put_right_twice(there: Stocked) -> None:
    """While a count is approved, somebody writes off the very pieces that it misses: one of the two counts."""
    town = there.town
    request = await asked(there, 7, "c1")

    async def written_off() -> None:
        await losses.report(town.book, town.shop, [(SOAP, 3, "broken")], by=town.keeper, key="l")

    with pytest.MonkeyPatch.context() as patch:
        meanwhile.after(patch, stocktaking, "_require_untouched", written_off)
        with contextlib.suppress(MovedSinceCounted):
            await stock_decisions.decide(
                town.book, request.id, approved=True, digest=request.digest, by=there.second
            )
    left = (await shops.stock(town.book, town.shop))[SOAP]
    assert left == 7, f"ten were there, three are missing, and {left} stand in the book"


async def many_small_losses_are_one_large_one(there: Stocked) -> None:
    """One person writes off rice cookers one by one, all at once."""
    town = there.town
    told = await asyncio.gather(
        *(
            losses.report(town.book, town.shop, [(COOKER, 1, "stolen")], by=town.keeper, key=f"k{n}")
            for n in range(6)
        ),
        return_exceptions=True,
    )
    fen = (await town.item("电饭煲")).cost_fen
    alone = sum(not isinstance(each, StockNeedsTwo) for each in told)
    assert 0 < alone * fen <= losses.ALONE_AT_MOST, f"{alone} rice cookers went by one person's word"


ATTACKS: dict[str, Callable[[Stocked], Awaitable[None]]] = {
    each.__name__: each for each in (nothing_is_put_right_twice, many_small_losses_are_one_large_one)
}


async def main(name: str, path: Path) -> None:
    """Lay a town with ten soaps and nine rice cookers in an empty book, and attack it."""
    async with open_district(f"sqlite://{path}") as book:
        town = await conftest.lay_town(book)
        await town.stock(香皂=10, 电饭煲=9)
        await ATTACKS[name](await stocked.lay(town))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
