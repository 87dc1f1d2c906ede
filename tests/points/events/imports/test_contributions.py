"""Importing contributions."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.errors import NeedsSource
from points.events.imports import areas, contributions, events, members
from points.events.imports.plan import Outcome, Plan
from points.events.models import Contribution
from tests import books
from tests.points.events import paper
from tests.points.events.paper import CONTRIBUTIONS, EVENTS, FIRE, MEMBERS

PEOPLE = (
    "王秀兰,10000900001,居民,六和社区,,H1,\n"
    "王军,10000900002,居民,六和社区,,H1,\n"
    "赵敏,10000900003,居民,六和社区,,,\n"
    "欧阳丽华,10000900004,居民,六和社区,,,\n"
)


@pytest.fixture
async def lived(book: Book, tmp_path: Path) -> Book:
    """Four people and two events, the second without a community."""
    await paper.imported(members, book, paper.write(tmp_path, MEMBERS + PEOPLE))
    happened = f"1,2026-11-01 08:00:00,{FIRE},1,0\n2,2026-11-01 08:00:00,{FIRE},1,0".replace("六和社区", "-")
    happened = happened.replace("坪山街道,-", "坪山街道,六和社区", 1)
    await paper.imported(events, book, paper.write(tmp_path, EVENTS + happened), source="city")
    return book


async def put(book: Book, folder: Path, *rows: str) -> tuple[Plan, Outcome]:
    """Import these rows."""
    return await paper.imported(contributions, book, paper.write(folder, CONTRIBUTIONS + "\n".join(rows)))


@pytest.mark.anyio
async def test_who_did_what_for_how_long_and_how_it_ended(lived: Book, tmp_path: Path) -> None:
    """Hours become minutes, a mediator's note an outcome."""
    _, outcome = await put(
        lived,
        tmp_path,
        "city,1,10000900001,上报人,,",
        "city,1,10000900003,参与人,1.5,集中整治",
        "city,1,10000900004,调解人,,疑难，调解成功",
        "city,1,10000900003,处置人,,",
    )
    assert outcome.inserted == 4
    rows = await Contribution.all().using_db(lived.reader).order_by("role")
    assert [(r.role, r.member, r.minutes, r.outcome) for r in rows] == [
        ("handler", "V-000003", None, None),
        ("mediator", "V-000004", None, "difficult"),
        ("participant", "V-000003", 90, None),
        ("reporter", "V-000001", None, None),
    ]


@pytest.mark.parametrize(
    ("note", "outcome"),
    [
        ("调解成功", "ordinary"),
        ("口头调解成功", "oral"),
        ("疑难，成功", "difficult"),
        ("困难纠纷", "difficult"),
        ("未成，有记录", "failed"),
        ("口头，未成", "failed"),
        ("", None),
        ("来过", None),
    ],
)
def test_a_mediators_note_says_what_came_of_it(note: str, outcome: str | None) -> None:
    """A failure is a failure however hard it was; a note that says nothing is not guessed at."""
    assert contributions.outcome_of(note) == outcome


@pytest.mark.anyio
async def test_wrong_rows_are_said_with_what_might_be_meant(lived: Book, tmp_path: Path) -> None:
    """And the good one among them goes in."""
    plan, outcome = await put(
        lived,
        tmp_path,
        "city,1,10000900001,参与人,2小时半,",
        "city,9,10000900001,上报人,,",
        "town,1,10000900001,上报人,,",
        "city,1,10000900009,上报人,,",
        "city,1,123,上报人,,",
        "city,1,10000900001,路人,,",
        "city,1,10000900001,调解人,,来过",
        "city,1,10000900001,参与人,25,",
        ",1,10000900001,上报人,,",
        "city,1,10000900001,上报人,,",
        "city,1,10000900001,上报人,,",
    )
    assert [(p.row, p.column, p.reason) for p in plan.errors if p.row in (2, 8, 9)] == [
        (2, "时长（小时）", "不是数字，是不是 2.5？"),
        (8, "说明", "看不出调解结果，请写调解成功、口头调解、疑难调解或未成"),
        (9, "时长（小时）", "一次最多 24 小时"),
    ]
    assert sorted(plan.refused) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 12]
    assert plan.refused[12][0].reason == "与第 11 行重复，请删去一行"
    assert outcome.inserted == 1


@pytest.mark.anyio
async def test_what_staff_should_know_is_warned_of_and_goes_in(lived: Book, tmp_path: Path) -> None:
    """Living with the reporter or being one, an event without a place, no hours; also when the row is in error."""
    plan, outcome = await put(
        lived,
        tmp_path,
        "city,1,10000900001,上报人,,",
        "city,1,10000900002,参与人,2,",
        "city,1,10000900003,参与人,,",
        "city,2,10000900001,上报人,,",
        "city,1,10000900001,参与人,两小时,",
    )
    assert [(p.row, p.column, p.reason) for p in plan.warnings] == [
        (3, "手机", "与上报人同住一户，核实时请留意"),
        (4, "时长（小时）", "没有时长，按时长计的分不会有"),
        (5, "事件编号", "这件事没有社区，定了社区才能核实"),
        (6, "手机", "就是上报人本人，核实时请留意"),
    ]
    assert (outcome.inserted, list(plan.refused)) == (4, [6])


@pytest.mark.anyio
async def test_living_with_a_reporter_already_in_the_book_is_noticed(lived: Book, tmp_path: Path) -> None:
    """The reporter came yesterday, the participant comes today."""
    await put(lived, tmp_path, "city,1,10000900001,上报人,,")
    plan, _ = await put(lived, tmp_path, "city,1,10000900002,参与人,2,")
    assert [p.row for p in plan.warnings] == [2]


@pytest.mark.anyio
async def test_the_same_again_is_unchanged_and_other_hours_are_an_error(lived: Book, tmp_path: Path) -> None:
    """The first stands; nothing is added up or overwritten."""
    await put(lived, tmp_path, "city,1,10000900003,参与人,2,")
    _, again = await put(lived, tmp_path, "city,1,10000900003,参与人,2.0,")
    assert (again.inserted, again.unchanged) == (0, 1)
    plan, _ = await put(lived, tmp_path, "city,1,10000900003,参与人,3,")
    assert [(p.row, p.column, p.value) for p in plan.errors] == [(2, "时长（小时）", "3")]
    assert await Contribution.all().using_db(lived.reader).count() == 1


@pytest.mark.anyio
async def test_a_file_without_the_platform_takes_it_from_the_command(lived: Book, tmp_path: Path) -> None:
    """And without either it says what is missing."""
    path = paper.write(tmp_path, "事件编号,手机,身份\n1,10000900001,上报人\n")
    with pytest.raises(NeedsSource):
        await contributions.plan(lived, path)
    assert len((await contributions.plan(lived, path, source="city")).entries) == 1


@pytest.mark.anyio
async def test_the_real_contributions_go_in_once(shared_data: Path, tmp_path: Path) -> None:
    """5,403 rows: 154 say 2小时半, two name nobody or nothing, one of them is the reporter; 5,247 go in, once."""
    async with books.fresh(tmp_path) as empty:
        await paper.imported(areas, empty, shared_data / "divisions.csv")
        await paper.imported(members, empty, shared_data / "members.csv")
        await paper.imported(events, empty, shared_data / "pingshan_events.csv", source="pingshan")
        plan, first = await paper.imported(contributions, empty, shared_data / "contributions.csv")
        assert (plan.rows, len(plan.refused), first.inserted) == (5403, 156, 5247)
        assert [p.why.facts.get("hours") for p in plan.errors].count("2.5") == 154
        assert [p.value for p in plan.errors[-2:]] == ["99999999", "10099999999"]
        assert [(p.row, p.reason[:7]) for p in plan.warnings if p.column == "手机"] == [
            (4904, "就是上报人本人")
        ]
        again, second = await paper.imported(contributions, empty, shared_data / "contributions.csv")
        assert (second.inserted, second.unchanged, len(again.refused)) == (0, 5247, 156)
