"""Importing events."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ledger.book import Book
from points.events import events as all_events
from points.events import listing
from points.events.errors import NeedsSource
from points.events.imports import areas, events, shapes
from points.events.imports.plan import Outcome, Plan
from points.events.models import Event, Step
from tests import books
from tests.points.events import paper
from tests.points.events.paper import EVENTS, FIRE
from tests.points.people.village import LIUHE


async def put(book: Book, folder: Path, *rows: str, encoding: str = "utf-8") -> tuple[Plan, Outcome]:
    """Import these rows from the platform `city`."""
    path = paper.write(folder, EVENTS + "\n".join(rows), encoding=encoding)
    return await paper.imported(events, book, path, source="city")


@pytest.mark.anyio
async def test_an_event_comes_with_its_words_its_place_and_its_steps(book: Book, tmp_path: Path) -> None:
    """The file's clock is the book's zone; archived in time, but when is not said."""
    await put(book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},1,0", encoding="gb18030")
    whole = await all_events.find_external(book, "city", "7")
    event = whole.event
    assert (event.category, event.subtype_name, event.area, event.kind) == (
        "F",
        "消防通道堵塞",
        LIUHE,
        "report",
    )
    assert event.occurred_at == datetime(2018, 7, 4, 9, 24, 41, tzinfo=UTC)
    assert [(s.name, s.taken_at, s.on_time) for s in whole.steps] == [
        ("reported", event.occurred_at, None),
        ("archived", None, True),
    ]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("flags", "archived", "warned"),
    [("1,0", [True], 0), ("0,1", [False], 0), ("0,0", [], 0), ("-,-", [], 0), ("1,1", [], 1)],
)
async def test_whether_it_was_archived_in_time_is_believed_unless_contradictory(
    book: Book, tmp_path: Path, flags: str, archived: list[bool], warned: int
) -> None:
    """Both flags at once is a warning, and neither is believed."""
    plan, _ = await put(book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},{flags}")
    rows = await Step.filter(name="archived").using_db(book.reader)
    assert [row.on_time for row in rows] == archived
    assert len(plan.warnings) == warned


@pytest.mark.anyio
async def test_a_later_state_adds_its_steps_and_never_a_second_event(book: Book, tmp_path: Path) -> None:
    """First open, then archived; the third time nothing is new."""
    await put(book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},-,-")
    plan, outcome = await put(book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},0,1")
    assert (outcome.inserted, dict(plan.tally)) == (1, {"archived": 1})
    _, again = await put(book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},0,1")
    assert (again.inserted, again.unchanged) == (0, 1)
    assert await Event.all().using_db(book.reader).count() == 1
    assert [s.name for s in (await all_events.find_external(book, "city", "7")).steps] == [
        "reported",
        "archived",
    ]


@pytest.mark.anyio
async def test_a_changed_fact_is_said_and_the_first_kept(book: Book, tmp_path: Path) -> None:
    """What was awarded on it must not change under it."""
    await put(book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},1,0")
    plan, outcome = await put(
        book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},1,0".replace("消防通道堵塞", "消防设施")
    )
    assert [(p.column, p.value) for p in plan.warnings] == [("SUB_TYPE_NAME", "消防设施")]
    assert outcome.unchanged == 1
    assert (await all_events.find_external(book, "city", "7")).event.subtype_name == "消防通道堵塞"


@pytest.mark.anyio
async def test_an_event_without_a_community_goes_in_with_a_warning(book: Book, tmp_path: Path) -> None:
    """It stays without a place until somebody gives it one."""
    plan, outcome = await put(
        book, tmp_path, f"7,2018-07-04 17:24:41,{FIRE},1,0".replace("坪山街道,六和社区", "-,-")
    )
    assert outcome.inserted == 1
    assert [(p.row, p.column) for p in plan.warnings] == [(2, "COMMUNITY_NAME")]
    page = await listing.page(book, listing.Wanted((None,), unplaced=True))
    assert [line.event.external_id for line in page.lines] == ["7"]


@pytest.mark.anyio
async def test_a_street_tells_two_communities_of_one_name_apart(book: Book, tmp_path: Path) -> None:
    """和平社区 of 坪山街道, and 和平社区 of 固安镇; without the street it is an error."""
    row = "{},2018-07-04 17:24:41,安全隐患,消防设施安全,消防通道堵塞,{},和平社区,1,0"
    plan, _ = await put(
        book, tmp_path, row.format(1, "坪山街道"), row.format(2, "固安镇"), row.format(3, "-")
    )
    assert [(p.row, p.column) for p in plan.errors] == [(4, "COMMUNITY_NAME")]
    found = await Event.all().using_db(book.reader).order_by("external_id")
    assert [e.area for e in found] == ["440310001004", "131022100201"]


@pytest.mark.anyio
async def test_wrong_rows_are_said(book: Book, tmp_path: Path) -> None:
    """Times that are none or in the future, unknown communities, repeats, empty and endless cells."""
    good = f"1,2018-07-04 17:24:41,{FIRE},1,0"
    plan, outcome = await put(
        book,
        tmp_path,
        good,
        good,
        f"2,昨天,{FIRE},1,0",
        f"3,2099-01-01 00:00:00,{FIRE},1,0",
        f"4,2018-07-04 17:24:41,{FIRE},1,0".replace("六和", "无名"),
        f",2018-07-04 17:24:41,{FIRE},1,0",
        f"{'9' * 81},2018-07-04 17:24:41,{FIRE},1,0",
    )
    assert [(p.row, p.column) for p in plan.errors] == [
        (3, "REC_ID"),
        (4, "CREATE_TIME"),
        (5, "CREATE_TIME"),
        (6, "COMMUNITY_NAME"),
        (7, "REC_ID"),
        (8, "REC_ID"),
    ]
    assert outcome.inserted == 1


@pytest.mark.anyio
async def test_words_the_table_does_not_have_are_listed(book: Book, tmp_path: Path) -> None:
    """They fall to Z, and nobody has to look for them."""
    plan, _ = await put(book, tmp_path, "7,2018-07-04 17:24:41,天上,月亮,掉下来,坪山街道,六和社区,1,0")
    assert dict(plan.tally) == {"Z": 1}
    assert [(p.column, p.value) for p in plan.warnings] == [("SUB_TYPE_NAME", "掉下来")]


@pytest.mark.anyio
async def test_the_platform_must_be_named(book: Book, tmp_path: Path) -> None:
    """Two platforms use the same numbers."""
    with pytest.raises(NeedsSource):
        await events.plan(book, paper.write(tmp_path, EVENTS))


@pytest.mark.parametrize("text", ["2018-07-04 17:24:41", "2018/7/4 17:24:41", "2018-07-04T17:24:41"])
def test_an_instant_is_read_in_the_zone(text: str) -> None:
    """17:24 in Shanghai is 09:24 in UTC."""
    assert shapes.instant(text, ZoneInfo("Asia/Shanghai")) == datetime(2018, 7, 4, 9, 24, 41, tzinfo=UTC)


@pytest.mark.anyio
async def test_the_real_events_go_in_once(shared_data: Path, tmp_path: Path) -> None:
    """6,000 events in GB18030: six without a community, at most 5 % in Z, no error; the second time nothing is new."""
    async with books.fresh(tmp_path) as empty:
        await paper.imported(areas, empty, shared_data / "divisions.csv")
        plan, first = await paper.imported(
            events, empty, shared_data / "pingshan_events.csv", source="pingshan"
        )
        assert (first.inserted, first.errors, len(first.warnings)) == (6000, (), 6)
        assert plan.sheet.encoding == "gb18030"
        assert dict(plan.tally)["Z"] <= 0.05 * 6000
        assert await Event.filter(area__isnull=True).using_db(empty.reader).count() == 6
        _, second = await paper.imported(
            events, empty, shared_data / "pingshan_events.csv", source="pingshan"
        )
        assert (second.inserted, second.unchanged) == (0, 6000)
