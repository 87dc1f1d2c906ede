"""The eGova record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.book import Book
from points.events import events as all_events
from points.events.imports import errors, events
from points.events.models import Event
from points.events.records import EventText
from tests.points.events import paper
from tests.points.people.village import LIUHE

RECORD = {
    "rec_id": 22015,
    "create_time": "2019-08-30 11:59:12",
    "archive_time": "2019-08-30 12:30:00",
    "event_type_name": "网格化事件",
    "main_type_name": "市容环境",
    "sub_type_name": "暴露垃圾",
    "street_name": "坪山街道",
    "community_name": "六和社区居委会",
    "event_desc": "楼前有未倒入容器的生活垃圾\n已拍照",
    "address": "春竹轩 6 号楼",
    "archive_num": 1,
    "dispatch_num": 1,
    "dispose_num": 1,
    "intime_dispatch_num": 1,
    "intime_dispose_num": 1,
    "overtime_dispose_num": 1,
    "intime_archive_num": 1,
    "overtime_archive_num": 1,
}


def record(folder: Path, **changes: object) -> Path:
    """A file of one record."""
    return paper.write(folder, json.dumps([RECORD | changes], ensure_ascii=False), "record.json")


@pytest.mark.anyio
async def test_a_record_brings_its_words_and_its_steps(book: Book, tmp_path: Path) -> None:
    """Dispatched on time; handled and archived, but whether on time nobody can say."""
    plan, _ = await paper.imported(events, book, record(tmp_path), source="egova")
    whole = await all_events.find_external(book, "egova", "22015")
    assert whole.event.area == LIUHE
    assert [(s.name, s.on_time) for s in whole.steps] == [
        ("reported", None),
        ("assigned", True),
        ("handled", None),
        ("archived", None),
    ]
    text = await EventText.get(event=whole.event.id, using_db=book.reader)
    assert (text.text, text.place) == (RECORD["event_desc"], "春竹轩 6 号楼")
    assert [type(p.why) for p in plan.warnings if p.column != "sub_type_name"] == [errors.Contradiction] * 2


@pytest.mark.anyio
async def test_a_contradiction_alone_archives_nothing(book: Book, tmp_path: Path) -> None:
    """On time and overdue at once, and nothing else that says so: reported, not believed."""
    path = record(tmp_path, archive_num=0, archive_time="")
    await paper.imported(events, book, path, source="egova")
    whole = await all_events.find_external(book, "egova", "22015")
    assert "archived" not in [step.name for step in whole.steps]


@pytest.mark.anyio
async def test_a_time_before_the_report_is_not_believed(book: Book, tmp_path: Path) -> None:
    """Archived it was, when is unknown; a time that is none is said too."""
    for number, (text, why) in enumerate(
        [("2019-08-29 00:00:00", errors.ClosedBeforeOpened), ("昨天", errors.NoInstant)]
    ):
        path = record(tmp_path, rec_id=number, archive_time=text)
        plan, _ = await paper.imported(events, book, path, source="egova")
        assert why in [type(p.why) for p in plan.warnings]
        whole = await all_events.find_external(book, "egova", str(number))
        assert [s.taken_at for s in whole.steps if s.name == "archived"] == [None]


@pytest.mark.anyio
async def test_the_real_record_goes_in_once_its_community_is_known(
    book: Book, shared_data: Path, tmp_path: Path
) -> None:
    """The published sample, its community said by hand; the second time nothing is new."""
    path = tmp_path / "sample.json"
    raw = json.loads((shared_data / "egova_synRecStatInfo_sample.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps(raw), encoding="utf-8")
    plan = await events.plan(book, path, source="dongli")
    assert [type(p.why) for p in plan.errors] == [errors.UnknownCommunity]
    raw[0]["community_name"] = LIUHE
    path.write_text(json.dumps(raw), encoding="utf-8")
    plan, outcome = await paper.imported(events, book, path, source="dongli")
    assert outcome.inserted == 1
    assert errors.Contradiction in [type(p.why) for p in plan.warnings]
    _, again = await paper.imported(events, book, path, source="dongli")
    assert (again.inserted, again.unchanged) == (0, 1)
    assert await Event.all().using_db(book.reader).count() == 1
