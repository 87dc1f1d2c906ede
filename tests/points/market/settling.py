"""A barber's month is settled: what 孙丽 and 郑义 do, and what is undone before or after."""

from __future__ import annotations

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import redemptions, settlements
from points.market.settlements import Drawn
from points.market.undoing import undone
from tests.points.market.allied import Allied


async def till(allied: Allied) -> tuple[int, int]:
    """What the barber took and is not settled, and what is."""
    number = allied.barber.number
    return (
        await statements.balance(allied.book.reader, chart.taken(number)),
        await statements.balance(allied.book.reader, chart.settled(number)),
    )


async def draw(allied: Allied, month: str) -> Drawn:
    """孙丽 draws up a month."""
    return await settlements.draw(allied.book, allied.barber, month, by=allied.keeper, key=new_key())


async def approve(allied: Allied, drawn: Drawn) -> Drawn:
    """郑义 approves what he sees."""
    return await settlements.decide(
        allied.book, drawn.id, approved=True, digest=drawn.digest, by=allied.second
    )


async def take_back(allied: Allied, position: int) -> None:
    """A haircut is undone, by whatever it takes."""
    entry = await redemptions.numbered(allied.book, position)
    assert entry is not None
    await undone.carry_out(
        allied.book,
        await undone.asking(
            allied.book, entry.reference, "输错人", by=allied.zhou, key=new_key(), note="", stays=()
        ),
    )
