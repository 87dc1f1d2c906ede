"""What somebody chose for a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.imports import choices, events
from points.events.imports.choices import Choices
from points.events.imports.gathering import How
from points.events.records import ColumnMap
from tests.points.events import paper


@pytest.mark.anyio
async def test_the_latest_choice_counts_and_the_same_writes_nothing(book: Book) -> None:
    """For its kind and source alone."""
    first, second = Choices({"name": "姓名"}, {}), Choices({"name": "名字"}, {"甲": "440310001002"})
    for chosen in (first, first, second, second):
        await choices.remember(book, "members", None, chosen, by="S-0001")
    assert await choices.remembered(book, "members", None, by="S-0001") == second
    assert await choices.remembered(book, "members", "other", by="S-0001") == Choices()
    assert await ColumnMap.all().using_db(book.reader).count() == 2


@pytest.mark.anyio
async def test_nobody_else_changes_what_somebody_chose(book: Book) -> None:
    """Each keeps their own columns and answers; who has none is offered the last of anyone, and keeps it once said."""
    mine = Choices({"name": "姓名"}, {"甲": "440310001002"})
    theirs = Choices({"name": "名字"}, {"甲": "440310002001", "乙": "440310002002"})
    await choices.remember(book, "members", "city", mine, by="S-0001")
    assert await choices.remembered(book, "members", "city", by="S-0002") == mine
    await choices.remember(book, "members", "city", mine, by="S-0002")
    await choices.remember(book, "members", "city", theirs, by="S-0003")
    for each in ("S-0001", "S-0002"):
        kept = await choices.remembered(book, "members", "city", by=each)
        assert kept == Choices(mine.columns, {"甲": "440310001002", "乙": "440310002002"})
    assert await choices.remembered(book, "members", "city", by="S-0009") == theirs


@pytest.mark.anyio
async def test_a_chosen_column_goes_before_every_spelling(book: Book, tmp_path: Path) -> None:
    """And what was chosen to be absent is absent."""
    text = "编号,流水,时间,类型,大类,小类,社区,处置单位\n1,A7,2018-07-04,安全隐患,消防,堵塞,六和社区,甲\n"
    chosen = {"external_id": "流水", "occurred_at": "时间", "handler_name": ""}
    path = paper.write(tmp_path, text)
    plan = await events.plan(book, path, source="x", how=How(Choices(chosen)))
    (entry,) = plan.entries
    assert (entry.value.external_id, entry.value.fact("handler_name")) == ("A7", None)
