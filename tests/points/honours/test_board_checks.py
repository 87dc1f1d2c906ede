"""The audit's look at closed boards: silent when all is well, and naming the row that somebody changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ledger import audit
from ledger.findings import Finding
from points import auditing
from points.honours import boards
from points.honours.board_checks import boards_agree
from points.honours.models import Board
from tests.points.awards.town import LIUHE, ON, PUBLISHER, Town
from tests.points.honours.served import V1, V2, agree, one_person, serve

pytestmark = pytest.mark.anyio


async def closed(town: Town) -> Board:
    """A board of two lines."""
    await town.fund(100)
    await agree(town, V1, V2)
    await serve(town, V1, 120)
    await serve(town, V2, 180, day=1)
    await town.verify(on=ON)
    return await boards.close(town.book, LIUHE, "2018-12", by=PUBLISHER)


async def found(town: Town) -> list[Finding]:
    """What the check finds."""
    return list((await audit.run(town.book.reader, [boards_agree(town.book)], guards={})).findings)


async def test_a_board_as_it_was_closed_is_no_finding(town: Town) -> None:
    """Nor once two of its numbers became one person; and the audit of a book asks this."""
    await closed(town)
    assert await found(town) == []
    await one_person(town, V1, V2)
    assert await found(town) == []
    assert "boards_agree" in {check.__name__ for check in auditing.checks(town.book, witness=None)}


@pytest.mark.parametrize(
    ("table", "change", "count"),
    [
        ("honours_board", "digest = 'sha256:0'", 2),
        ("honours_board", "closed_by = 'S-9999'", 1),
        ("honours_board_line", "honour = 99 WHERE place = 1", 1),
        ("honours_board_line", "member = 'V-000009' WHERE place = 2", 1),
    ],
)
async def test_one_that_says_something_else_is_named(town: Town, table: str, change: str, count: int) -> None:
    """In a book whose guards somebody took away: the row, and what to do."""
    if town.book.reader.capabilities.dialect == "postgres":
        pytest.skip("the guards are taken away in the file")
    board = await closed(town)
    with closing(sqlite3.connect(town.book.path)) as file, file:
        file.execute(f"DROP TRIGGER {table}_no_update")
        file.execute(f"UPDATE {table} SET {change}")
    rows = await found(town)
    assert [each.check for each in rows] == ["boards"] * count
    assert {each.row.partition("/")[0] for each in rows} == {f"{table} {board.id}"}
    assert all("榜单" in each.todo for each in rows)
