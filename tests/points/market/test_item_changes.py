"""What becomes of items: each word is a row, the latest counts, and readers ask one place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from points.market import catalogue_files, item_acts, item_changes, items
from points.market.catalogue_records import DonorName
from points.market.errors import NameTaken
from tests.points.market.conftest import ON, Town
from tests.points.market.test_item_acts import NEW, edit

pytestmark = pytest.mark.anyio


async def test_an_item_is_found_as_it_is_today(town: Town) -> None:
    """Names, cost, words, who paid for it; what it was is kept, and its first name is given to nothing else."""
    await edit(town, NEW)
    item, standing = await items.numbered(town.book, 7)
    assert (item.name, item.name_en, item.cost_fen) == ("浓缩洗衣液", "Strong laundry liquid", 1800)
    assert item_acts.words_of(standing, await item_changes.donor(town.book, standing)) == NEW
    assert (await items.find(town.book, "浓缩洗衣液")).number == 7
    first = next(each for each in catalogue_files.default() if each.name == "洗衣液")
    with pytest.raises(NameTaken, match="第 7 号"):
        await items.add(town.book, first, by=town.keeper, on=ON)
    await edit(town, replace(NEW, name="洗衣液"))
    assert (await items.numbered(town.book, 7))[0].name == "洗衣液"


async def test_a_donor_can_be_forgotten_and_is_in_no_entry(town: Town) -> None:
    """Their name stands in a table of its own; what is in the ledger says the kind alone."""
    await edit(town, NEW)
    sql = "SELECT text FROM evidence_snapshot_text WHERE snapshot LIKE 'item-change/%'"
    (kept,) = await town.book.reader.execute_query_dict(sql, [])
    assert "朝阳" not in kept["text"]
    async with town.book.write() as db:
        await DonorName.filter(name="朝阳日化").using_db(db).delete()
    _, standing = await items.numbered(town.book, 7)
    assert (standing.backing, await item_changes.donor(town.book, standing)) == ("company", "")
