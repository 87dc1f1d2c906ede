"""Columns are found by their spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.events.errors import MissingColumns
from points.events.imports import columns, reading
from points.events.imports.columns import Column
from tests.points.events import paper

KNOWN = (
    Column("hours", "时长（小时）", ("时长",)),
    Column("id", "REC_ID"),
    Column("note", "说明", needed=False),
)


@pytest.mark.parametrize(
    "titles",
    ["时长（小时）,REC_ID", "时长(小时),rec_id", "REC ID,时长", " REC_ID* ,时长 （小时）:", "RecId,时长"],
)
def test_a_title_is_known_in_any_dress(tmp_path: Path, titles: str) -> None:
    """Case, blanks, underscores, brackets of either width, and a star for 'required'."""
    sheet = reading.read(paper.write(tmp_path, f"{titles}\n1,1\n"))
    assert set(columns.lay_out(sheet, KNOWN).places) == {"hours", "id"}


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    """People put the name of the table on top; rows keep their numbers, short rows lack their last cells."""
    sheet = reading.read(paper.write(tmp_path, "十一月参与登记表\n\nREC_ID,时长,说明\n7,2\n\n8,1,好\n"))
    layout = columns.lay_out(sheet, KNOWN)
    found = [(r.number, r.get("id"), r.get("hours"), r.get("note")) for r in columns.records(sheet, layout)]
    assert found == [(4, "7", "2", None), (6, "8", "1", "好")]


def test_missing_columns_are_named_with_those_found(tmp_path: Path) -> None:
    """So that one sees at once that it is the wrong file."""
    sheet = reading.read(paper.write(tmp_path, "REC_ID,名称\n1,2\n"))
    with pytest.raises(MissingColumns, match=r"时长（小时）。文件里有：REC_ID、名称"):
        columns.lay_out(sheet, KNOWN)


def test_an_empty_file_misses_everything(tmp_path: Path) -> None:
    """It is said like any other missing column."""
    with pytest.raises(MissingColumns, match="REC_ID"):
        columns.lay_out(reading.read(paper.write(tmp_path, "\n")), KNOWN)


def test_the_first_spelling_wins_over_the_others(tmp_path: Path) -> None:
    """A file with both 时长 and 时长（小时） means the latter."""
    sheet = reading.read(paper.write(tmp_path, "时长,REC_ID,时长（小时）\n分钟,1,2\n"))
    assert columns.lay_out(sheet, KNOWN).places["hours"] == 2
