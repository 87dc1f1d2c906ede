"""A file on its way to a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.events.imports import gathering
from points.events.imports.columns import Column
from tests.points.events import paper

KNOWN = (Column("name", "姓名"), Column("note", "说明", needed=False))


@pytest.mark.anyio
async def test_rows_that_cannot_be_read_or_lack_something_stay_out(tmp_path: Path) -> None:
    """Each with its column and reason; the sound ones come through, and progress ends at the end."""
    path = paper.write(tmp_path, "姓名,说明\n王秀兰,好\n,好\n王\x07军,\n赵敏,坏\ufffd了\n")
    gathered = await gathering.gather(path, KNOWN, needs=("name",))
    told: list[tuple[int, int]] = []
    sound = [record.number for record in gathered.sound(lambda done, total: told.append((done, total)))]
    assert sound == [2]
    assert [(p.row, p.column, p.reason) for p in gathered.errors] == [
        (3, "姓名", "没有填"),
        (4, "姓名", "有控制字符或换行"),
        (5, "说明", "有已经损坏的字符（�）"),
    ]
    assert told == [(0, 4), (4, 4)]


@pytest.mark.anyio
async def test_a_repeated_key_names_the_first_row(tmp_path: Path) -> None:
    """Both of a pair are not kept: the first is."""
    gathered = await gathering.gather(paper.write(tmp_path, "姓名\n王\n赵\n王\n"), KNOWN, needs=())
    repeats = [gathered.repeats(r, "name", r.get("name")) for r in gathered.records]
    assert repeats == [False, False, True]
    assert gathered.errors[0].reason == "与第 2 行重复，请删去一行"


def test_chunks_hold_five_hundred_at_most() -> None:
    """One statement for each."""
    sizes = [len(part) for part in gathering.chunks([str(n) for n in range(1201)])]
    assert sizes == [500, 500, 201]
