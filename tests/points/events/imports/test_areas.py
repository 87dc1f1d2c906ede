"""Importing areas."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.imports import areas
from points.people import areas as people_areas
from tests import books
from tests.points.events import paper
from tests.points.people.village import LIUHE, PINGSHAN, PINGSHAN_STREET

HEADER = "code,name,level,parent\n"


@pytest.mark.anyio
async def test_a_tree_is_built_whatever_the_order_of_its_rows(book: Book, tmp_path: Path) -> None:
    """A child may stand before its parent, and under an area the book has already."""
    rows = (
        "440310009001,新社区,社区,440310009000",
        f"440310009000,新街道,street,{PINGSHAN}",
        f"{LIUHE}001,第一网格,网格,{LIUHE}",
    )
    text = HEADER + "\n".join(rows)
    plan, outcome = await paper.imported(areas, book, paper.write(tmp_path, text))
    assert outcome.inserted == 3
    assert dict(plan.tally) == {"community": 1, "street": 1, "grid": 1}
    assert await people_areas.path(book, "440310009001") == f"/{PINGSHAN}/440310009000/440310009001/"
    assert (
        await people_areas.path(book, f"{LIUHE}001") == f"/{PINGSHAN}/{PINGSHAN_STREET}/{LIUHE}/{LIUHE}001/"
    )


@pytest.mark.anyio
async def test_wrong_rows_are_said_and_the_others_go_in(book: Book, tmp_path: Path) -> None:
    """Code, level, parent, rings, repeats, and an area the book knows otherwise."""
    rows = [
        "44031000900,短,street,440310000000",
        "440310009001,甲,省,440310000000",
        "440310009002,乙,community,999999999999",
        "440310009003,丙,community,",
        "440310009004,丁,street,440310009005",
        "440310009005,戊,street,440310009004",
        f"{LIUHE},七和社区居委会,community,{PINGSHAN_STREET}",
        f"{LIUHE},六和社区居委会,community,{PINGSHAN_STREET}",
        "440310009006,己,community,440310000000",
        "440310009007,庚,community,440310009002",
    ]
    plan, outcome = await paper.imported(areas, book, paper.write(tmp_path, HEADER + "\n".join(rows)))
    assert sorted(plan.refused) == [2, 3, 4, 5, 6, 7, 8, 9, 11]
    assert plan.refused[8][0].reason == f"账本里已有 {LIUHE}，这一列是“六和社区居委会”"
    assert plan.refused[9][0].reason == "与第 8 行重复，请删去一行"
    assert outcome.inserted == 1


@pytest.mark.anyio
async def test_the_real_divisions_go_in_once(shared_data: Path, tmp_path: Path) -> None:
    """2,996 areas; the second time nothing is new."""
    async with books.fresh(tmp_path) as empty:
        first = await paper.imported(areas, empty, shared_data / "divisions.csv")
        second = await paper.imported(areas, empty, shared_data / "divisions.csv")
        assert (first[1].inserted, second[1].inserted, second[1].unchanged) == (2996, 0, 2996)
        assert second[1].batch is None
        assert len(await people_areas.communities(empty, PINGSHAN)) == 25
