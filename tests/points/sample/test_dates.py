"""The sample's dates can be moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from points.events.imports import reading
from points.sample import dates


def test_dates_move_and_nothing_else_does() -> None:
    """Over the end of a month and a year; birthdays, phones and codes stay."""
    text = "S000001,2026-11-20 18:30:00,2026-12-31,11-20,10000900001,440310001002"
    assert dates.shifted(text, 12) == "S000001,2026-12-02 18:30:00,2027-01-12,11-20,10000900001,440310001002"
    assert dates.shifted(dates.shifted(text, 400), -400) == text


def test_the_files_are_laid_out_to_end_on_a_day(tmp_path: Path) -> None:
    """The last event is on that day, the first 42 days earlier at most, and each file keeps its encoding."""
    paths = dates.lay_out(tmp_path, ends_on=date(2027, 3, 1))
    assert [path.name for path in paths] == list(dates.ENCODINGS)
    sheet = reading.read(tmp_path / "events.csv")
    column = sheet.rows[0].index("CREATE_TIME")
    days = [(row[column] or "")[:10] for row in sheet.rows[1:]]
    assert (min(days) >= "2027-01-19", max(days)) == (True, "2027-03-01")
    assert sheet.encoding == "gb18030"
    assert reading.read(tmp_path / "members.csv").encoding == "utf-8"


def test_laid_out_for_its_own_day_the_sample_is_as_shipped(tmp_path: Path) -> None:
    """Byte for byte."""
    shipped = Path(dates.__file__).parent
    for path in dates.lay_out(tmp_path, ends_on=dates.ENDS_ON):
        assert path.read_bytes() == (shipped / path.name).read_bytes()
