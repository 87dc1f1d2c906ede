"""A household reserves together: who gives what is shown before, waits with its owner, and goes back to each."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import (
    baskets,
    items,
    lapsing,
    pick_ups,
    pools,
    redemptions,
    reservation_endings,
    reservations,
    reserved,
)
from points.market.checks import redemptions_agree
from points.market.errors import NotEnough
from points.market.pools import Parts
from points.market.reservation_errors import ReservedPartsChanged
from points.market.reservation_records import Reservation
from points.market.undoing import undone
from points.people import pooling
from points.statement import latest
from tests import meanwhile
from tests.points.market.conftest import Town, enrol
from tests.points.market.reserving import LATER, SECRET, Watch, watched
from tests.points.market.test_checks import findings
from tests.points.market.test_pools import give_home, left, live_together

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def live(town: Town, *, hers: int = 5, his: int = 40) -> None:
    """王秀兰 and 赵敏 agreed to spend together; one laundry liquid costs 15."""
    await live_together(town, town.zhao)
    await town.stock(洗衣液=5)
    if hers:
        await town.give(town.wang, hers, LATER)
    if his:
        await town.give(town.zhao, his, LATER)


async def shown(town: Town, entry: str = "洗衣液", member: str = "") -> Parts:
    """What the page says of who gives what."""
    basket = baskets.parse([entry], await items.all_items(town.book))
    return (await reservations.plan(town.book, town.shop, member or town.wang, basket)).parts


async def together(
    town: Town, parts: Parts, *, entry: str = "洗衣液", points: int = 15, member: str = "", key: str = ""
) -> Reservation:
    """Reserve as it was shown."""
    basket = baskets.parse([entry], await items.all_items(town.book))
    row, _ = await reservations.reserve(
        town.book, town.shop, member or town.wang, basket,
        points=points, key=key or new_key(), secret=SECRET, together=parts,
    )  # fmt: skip
    return row


async def fetch(town: Town, row: Reservation) -> redemptions.Redeemed:
    """张强 hands over what was reserved."""
    return await pick_ups.hand_over(town.book, town.shop, row, by=town.counter, key=new_key())


async def purses(town: Town) -> tuple[int, int]:
    """What 王秀兰 and 赵敏 have to spend."""
    return await left(town, f"member/{town.wang}"), await left(town, f"member/{town.zhao}")


async def test_ones_own_stand_first_and_alone_where_they_suffice(town: Town) -> None:
    """Five of hers and ten of his; where she has enough nobody else is asked."""
    await live(town)
    assert await shown(town) == ((f"member/{town.wang}", 5), (f"member/{town.zhao}", 10))
    await town.give(town.wang, 10, LATER)
    assert await shown(town) == ()


async def test_each_part_waits_with_its_owner_and_goes_back_to_each(town: Town) -> None:
    """Cancelled: everything stands where it stood."""
    await live(town)
    row = await together(town, await shown(town))
    assert await purses(town) == (0, 30)
    assert await statements.balance(town.book.reader, chart.held(town.zhao, LATER)) == 10
    assert await reserved.parts_of(town.book, row.id) == (
        (f"member/{town.wang}", 5),
        (f"member/{town.zhao}", 10),
    )
    await reservation_endings.cancel(town.book, row, by=town.wang)
    assert await purses(town) == (5, 40)


async def test_what_nobody_fetches_goes_back_to_each(town: Town, watch: Watch) -> None:
    """Lapsed, the household's own points go back to the household."""
    await live(town, hers=0, his=5)
    await give_home(town, 10, LATER)
    row = await together(town, await shown(town))
    assert await left(town, chart.household("H-000001")) == 0
    watch.passes(hours=25)
    assert await lapsing.sweep(town.book) == 1
    assert await left(town, chart.household("H-000001")) == 10
    assert await purses(town) == (0, 5)
    assert (await reserved.one(town.book, row.id)).state == "lapsed"


async def test_what_was_fetched_is_undone_to_each(town: Town) -> None:
    """The receipt names the parts; undone at once, each has back what they gave, and the book adds up."""
    await live(town)
    done = await fetch(town, await together(town, await shown(town)))
    assert done.parts == ((f"member/{town.wang}", 5), (f"member/{town.zhao}", 10))
    more = {"by": town.counter, "key": new_key()}
    await undone.undo(town.book, done.receipt.reference, "拿错", **more)
    assert await purses(town) == (5, 40)
    assert await findings(town) == await findings(town, redemptions_agree) == []


async def test_taken_back_before_it_is_written_nothing_is_set_aside(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He takes his consent back while hers is planned."""
    await live(town)
    parts = await shown(town)

    async def take_back() -> None:
        await pooling.take_back(town.book, town.zhao, by=town.zhao, key=new_key())

    meanwhile.after(monkeypatch, pools, "of", take_back)
    with pytest.raises((ReservedPartsChanged, NotEnough)):
        await together(town, parts)
    assert await purses(town) == (5, 40)


async def test_what_was_set_aside_while_they_agreed_is_handed_over(town: Town) -> None:
    """Taking it back counts from then on: what waits with the code is not taken out of anybody's hands."""
    await live(town)
    row = await together(town, await shown(town))
    await pooling.take_back(town.book, town.zhao, by=town.zhao, key=new_key())
    assert (await fetch(town, row)).points == 15
    assert await purses(town) == (0, 30)


async def test_the_last_points_of_a_home_are_reserved_once(town: Town) -> None:
    """Both press at once; one of them has it, the other is told, and nothing is below zero."""
    await live(town, hers=0, his=0)
    await give_home(town, 15, LATER)
    pairs = [(member, await shown(town, member=member)) for member in (town.wang, town.zhao)]
    answers = await asyncio.gather(
        *(together(town, parts, member=member) for member, parts in pairs), return_exceptions=True
    )
    assert sum(isinstance(each, Reservation) for each in answers) == 1
    (refused,) = [each for each in answers if isinstance(each, Exception)]
    assert isinstance(refused, (ReservedPartsChanged, NotEnough))
    assert await left(town, chart.household("H-000001")) == 0


async def test_the_same_key_again_answers_though_the_purses_are_empty(town: Town) -> None:
    """A double press shows the first code."""
    await live(town, hers=5, his=10)
    parts = await shown(town)
    first = await together(town, parts, key="k1")
    assert (await together(town, parts, key="k1")).id == first.id


async def test_whose_parts_were_not_shown_is_refused(town: Town) -> None:
    """Neither more of his than she was shown, nor anything of a stranger's."""
    await live(town)
    stranger = await enrol(town.book, "路人")
    await town.give(stranger, 100)
    for parts in (
        ((f"member/{town.wang}", 0), (f"member/{town.zhao}", 15)),
        ((f"member/{town.wang}", 5), (f"member/{stranger}", 10)),
    ):
        with pytest.raises(ReservedPartsChanged):
            await together(town, parts)


async def test_each_reads_in_their_statement_what_they_gave(town: Town) -> None:
    """His says: reserved together, ten points."""
    await live(town)
    await together(town, await shown(town))
    (line, *_) = await latest(town.book, town.zhao, town.book.today(), limit=5)
    assert (line.kind, line.amount, line.together) == ("hold", -10, True)
