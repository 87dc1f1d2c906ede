"""The kinds of file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.imports import kinds
from tests.points.events import paper
from tests.points.events.paper import EVENTS, FIRE, MEMBERS


@pytest.mark.anyio
async def test_each_kind_is_planned_by_its_name(book: Book, tmp_path: Path) -> None:
    """As its own module plans it; only areas are for the whole book alone."""
    path = paper.write(tmp_path, MEMBERS + "王军,10000900001,居民,六和社区,,,\n")
    assert (await kinds.plan(book, "members", path, source=None)).kind == "members"
    path = paper.write(tmp_path, EVENTS + f"7,2018-07-04 17:24:41,{FIRE},1,0\n")
    plan = await kinds.plan(book, "events", path, source="city")
    assert (plan.kind, plan.source, len(plan.entries)) == ("events", "city", 1)
    assert [kind.name for kind in kinds.KINDS.values() if kind.whole_book] == ["areas"]
