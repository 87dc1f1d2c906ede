"""Changing items: only what differs is written, pressing twice is pressing once, and some may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.errors import ReferenceConflict
from points.keys import new_key
from points.market import baskets, counter, item_acts, item_changes, items, redemptions
from points.market.errors import BadCatalogue, NameTaken, TakenOut
from points.market.item_acts import Words
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio
NEW = Words("浓缩洗衣液", "Strong laundry liquid", 1800, "两升一瓶", "Two litres", "company", "朝阳日化")


async def edit(town: Town, words: Words, key: str = "") -> None:
    """Let the item that began as laundry liquid say these words."""
    item, _ = await items.numbered(town.book, 7)
    await item_acts.edit(town.book, item, words, by=town.keeper, on=ON, key=key or new_key())


async def redeem(town: Town) -> redemptions.Redeemed:
    """One of it."""
    return await counter.redeem(
        town.book,
        town.shop,
        town.wang,
        baskets.of({7: 1}),
        by=town.counter,
        key=new_key(),
        on=ON,
        found_by="card",
    )


async def test_only_what_differs_is_written(town: Town) -> None:
    """The same words again write nothing, whatever the key; the same key for other words is refused."""
    await edit(town, NEW, key="a")
    await edit(town, NEW, key="a")
    await edit(town, NEW)
    await edit(town, replace(NEW, about="两升"))
    rows = await item_changes.history(town.book, 7)
    assert sorted(row.what for row in rows) == [
        "about",
        "about",
        "about_en",
        "backing",
        "cost_fen",
        "name",
        "name_en",
    ]
    with pytest.raises(ReferenceConflict):
        await edit(town, replace(NEW, cost_fen=1), key="a")


async def test_an_item_that_was_taken_out_is_handed_over_no_more(town: Town) -> None:
    """What was had keeps its receipt, under the name the item has today; put back, it can be had again."""
    await town.stock(洗衣液=3)
    await town.give(town.wang, 60)
    first = await redeem(town)
    await edit(town, NEW)
    item, _ = await items.numbered(town.book, 7)
    await item_acts.take_out(town.book, item, by=town.keeper, on=ON, key="o")
    with pytest.raises(TakenOut) as refusal:
        await redeem(town)
    assert refusal.value.facts == {"item": "浓缩洗衣液"}
    assert (await redemptions.answer(town.book, first.receipt)).lines[0].name == "浓缩洗衣液"
    for _ in range(2):
        await item_acts.put_back(town.book, item, by=town.keeper, on=ON, key="p")
    await redeem(town)
    assert len([row for row in await item_changes.history(town.book, 7) if row.what == "out"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        replace(NEW, name=" "),
        replace(NEW, cost_fen=-1),
        replace(NEW, about="长" * 201),
        replace(NEW, about_en="two\nlines"),
        replace(NEW, backing="bank"),
        replace(NEW, donor="长" * 81),
    ],
)
async def test_words_that_cannot_stand_are_refused_with_the_reason(town: Town, words: Words) -> None:
    """Nothing of it is written."""
    with pytest.raises(BadCatalogue):
        await edit(town, words)
    assert await item_changes.history(town.book, 7) == []


async def test_a_name_belongs_to_one_item_and_only_the_keeper_edits(town: Town) -> None:
    """However it is spelled; the counter sells and does not write the catalogue."""
    with pytest.raises(NameTaken, match="第 1 号"):
        await edit(town, replace(NEW, name="香 皂"))
    item, _ = await items.numbered(town.book, 7)
    with pytest.raises(NotAllowed):
        await item_acts.edit(town.book, item, NEW, by=town.counter, on=ON, key="k")
    with pytest.raises(NotAllowed):
        await item_acts.take_out(town.book, item, by=town.counter, on=ON, key="k")
