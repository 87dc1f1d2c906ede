"""Attacks on a settlement: what is settled twice, and what is undone while it is settled.

    python -m tests.attack.settling NAME BOOK.db

As tests/attack/scenarios.py: the tests run them on this tree, and on copies in which something is broken.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ledger import statements
from points import chart
from points.district import open_district
from points.keys import new_key
from points.market import redemptions, settlements
from points.market.allied_errors import SettlementChanged
from points.market.undoing import undone
from tests import meanwhile
from tests.points.market import allied, conftest
from tests.points.market.allied import Allied, Watch


async def settled(there: Allied, month: str) -> None:
    """孙丽 draws a month up and 郑义 approves it."""
    drawn = await settlements.draw(there.book, there.barber, month, by=there.keeper, key=new_key())
    await settlements.decide(there.book, drawn.id, approved=True, digest=drawn.digest, by=there.second)


async def till(there: Allied) -> tuple[int, int]:
    """What the barber took and is not settled, and what is."""
    names = chart.taken(there.barber.number), chart.settled(there.barber.number)
    taken, done = [await statements.balance(there.book.reader, name) for name in names]
    return taken, done


async def nothing_is_settled_twice(there: Allied, watch: Watch) -> None:
    """Two heads in one month and one in the next: each month has its own, however often both are settled."""
    first = there.month
    for _ in range(2):
        await there.cut()
    watch.next_month()
    await settled(there, first)
    second = there.month
    await there.cut()
    watch.next_month()
    drawn = await settlements.preview(there.book, there.barber, second)
    assert drawn.points == 10, f"one head of hair is ten points, and {drawn.points} were to be settled"
    await settled(there, second)
    assert await till(there) == (0, 30)


async def what_is_undone_meanwhile_is_not_settled(there: Allied, watch: Watch) -> None:
    """While a month is approved one of its heads is undone, and a later customer's points lie in the till."""
    month = there.month
    gone, _ = await there.cut(), await there.cut()
    watch.next_month()
    await there.cut()
    entry = await redemptions.numbered(there.book, gone.receipt.position)
    assert entry is not None

    async def undo() -> None:
        more = {"by": there.zhou, "key": new_key(), "note": "", "stays": ()}
        await undone.carry_out(there.book, await undone.asking(there.book, entry.reference, "输错人", **more))

    with pytest.MonkeyPatch.context() as patch:
        drawn = await settlements.draw(there.book, there.barber, month, by=there.keeper, key=new_key())
        meanwhile.after(patch, settlements.settlement_statements, "draw", undo)
        with contextlib.suppress(SettlementChanged):
            await settlements.decide(
                there.book, drawn.id, approved=True, digest=drawn.digest, by=there.second
            )
    left, done = await till(there)
    assert (left, done) == (20, 0), f"{done} were settled, though one of the two heads was undone"


ATTACKS: dict[str, Callable[[Allied, Watch], Awaitable[None]]] = {
    each.__name__: each for each in (nothing_is_settled_twice, what_is_undone_meanwhile_is_not_settled)
}


async def main(name: str, path: Path) -> None:
    """Lay a town with a barber in an empty book, and attack it."""
    with pytest.MonkeyPatch.context() as patch:
        async with open_district(f"sqlite://{path}") as book:
            town = await conftest.lay_town(book)
            watch = allied.watched(patch)
            await ATTACKS[name](await allied.live(town), watch)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
