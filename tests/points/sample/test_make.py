"""The sample files are what the script makes, and what the imports expect."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from points.events.imports import areas, contributions, events, members
from points.sample import dates, make
from tests import books
from tests.points.events import paper


def test_the_shipped_files_are_what_the_script_makes(tmp_path: Path) -> None:
    """Nobody edited them by hand, and the script gives the same every time."""
    make.write(tmp_path)
    for name in dates.ENCODINGS:
        assert (tmp_path / name).read_bytes() == (Path(make.__file__).parent / name).read_bytes(), name


@pytest.mark.anyio
async def test_the_sample_is_imported_like_real_files(tmp_path: Path) -> None:
    """One row says 2小时半, two events have no place, one helper lives with the reporter."""
    async with books.fresh(tmp_path) as book:
        yesterday = book.today() - timedelta(days=1)
        paths = dict(zip(dates.ENCODINGS, dates.lay_out(tmp_path, ends_on=yesterday), strict=True))
        _, places = await paper.imported(areas, book, paths["areas.csv"])
        _, people = await paper.imported(members, book, paths["members.csv"])
        _, happened = await paper.imported(events, book, paths["events.csv"], source=dates.SOURCE)
        plan, done = await paper.imported(contributions, book, paths["contributions.csv"])
        assert (places.inserted, people.inserted, happened.inserted) == (33, 60, 150)
        assert (places.errors, people.errors, happened.errors) == ((), (), ())
        assert [(p.value, p.reason) for p in done.errors] == [("2小时半", "不是数字，是不是 2.5？")]
        assert len(happened.warnings) == 2
        assert sum("同住" in p.reason for p in plan.warnings) == 1
        assert done.inserted >= 200
        named = await book.reader.execute_query_dict("SELECT name FROM people_person ORDER BY member LIMIT 5")
        assert [row["name"] for row in named] == ["王秀兰", "赵敏", "王军", "欧阳丽华", "阿依·古丽"]
        repeats = """SELECT 1 FROM events_event a
            JOIN events_event b ON a.area = b.area AND a.subtype_name = b.subtype_name
            AND a.subtype_name = '消防通道堵塞' AND a.occurred_at < b.occurred_at
            AND julianday(b.occurred_at) - julianday(a.occurred_at) < 1"""
        assert await book.reader.execute_query_dict(repeats)


def test_the_sample_ends_when_it_says() -> None:
    """`shifted` counts from that day."""
    assert date(2026, 11, 20) == dates.ENDS_ON
    assert "2026-11-20 18:30" in make.make()["events.csv"]
    assert "2026-11-21" not in make.make()["events.csv"]
