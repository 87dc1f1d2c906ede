"""Importing members."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.imports import areas, members
from points.people import consents, households, teams
from points.people import members as people
from points.people.models import Household, Team
from tests import books
from tests.points.events import paper
from tests.points.events.paper import MEMBERS
from tests.points.people.village import GUAN, GUAN_HEPING, HEPING, LIUHE

WANG = "王秀兰,10000900001,志愿服务人员,六和社区,红心队,H1,03-12\n"
ZHAO = "赵敏,10000900002,群众代表,六和社区居委会,红心队,H1,\n"


@pytest.mark.anyio
async def test_members_come_with_their_household_and_team(book: Book, tmp_path: Path) -> None:
    """Numbers in the file's order; household and team are formed once, by the first who names them."""
    _, outcome = await paper.imported(members, book, paper.write(tmp_path, MEMBERS + WANG + ZHAO))
    assert outcome.inserted == 2
    wang = await people.find(book, "10000900001")
    assert wang == people.Someone("V-000001", "volunteer", LIUHE, "王秀兰", "10000900001", "03-12")
    assert await households.of(book, ["V-000001", "V-000002"]) == {"V-000001": "H1", "V-000002": "H1"}
    assert await teams.of(book, ["V-000002"]) == {"V-000002": ["红心队"]}
    assert await Household.all().using_db(book.reader).count() == 1
    assert await Team.all().using_db(book.reader).count() == 1


@pytest.mark.anyio
async def test_the_same_file_again_changes_nothing_and_says_so(book: Book, tmp_path: Path) -> None:
    """Unchanged, no batch, no transaction; also when it comes as a spreadsheet with phones as numbers."""
    await paper.imported(members, book, paper.write(tmp_path, MEMBERS + WANG + ZHAO))
    before = await book.reader.execute_query_dict("SELECT max(position) AS n FROM ledger_transaction")
    rows = [line.split(",") for line in (MEMBERS + WANG + ZHAO).strip().split("\n")]
    cells = [[float(c) if c.isdigit() else c for c in row] for row in rows]
    path = tmp_path / "a.xlsx"
    path.write_bytes(paper.spreadsheet(cells))
    _, outcome = await paper.imported(members, book, path)
    assert (outcome.inserted, outcome.unchanged, outcome.errors, outcome.batch) == (0, 2, (), None)
    assert before == await book.reader.execute_query_dict("SELECT max(position) AS n FROM ledger_transaction")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("姓名", "王秀兰", "王秀芝"),
        ("成员类别", "志愿服务人员", "居民"),
        ("社区", "六和社区", "南布社区"),
        ("志愿队", "红心队", "蓝心队"),
        ("家庭户号", "H1", "H2"),
        ("生日", "03-12", "03-13"),
    ],
)
async def test_a_known_phone_with_other_data_names_the_column(
    book: Book, tmp_path: Path, column: str, old: str, new: str
) -> None:
    """Nothing is overwritten; somebody looks."""
    await paper.imported(members, book, paper.write(tmp_path, MEMBERS + WANG))
    plan, outcome = await paper.imported(
        members, book, paper.write(tmp_path, MEMBERS + WANG.replace(old, new))
    )
    assert [(p.row, p.column) for p in plan.errors] == [(2, column)]
    assert outcome.inserted == 0
    assert (await people.find(book, "v1")).name == "王秀兰"


@pytest.mark.anyio
async def test_wrong_rows_are_said_with_column_and_value(book: Book, tmp_path: Path) -> None:
    """And the good one among them goes in."""
    rows = [
        "王,1234,居民,六和社区,,,",
        "王,10000900003,领导,六和社区,,,",
        "王,10000900004,居民,无名社区,,,",
        "王,10000900005,居民,六和社区,,,02-30",
        ",10000900006,居民,六和社区,,,",
        "王,10000900007,居民,六和社区,,,",
        "李,10000900007,居民,六和社区,,,",
        "王,10000900008,居民,六和社区,," + "H" * 21 + ",",
    ]
    plan, outcome = await paper.imported(members, book, paper.write(tmp_path, MEMBERS + "\n".join(rows)))
    assert [(p.row, p.column, p.value) for p in plan.errors] == [
        (2, "手机", "1234"),
        (3, "成员类别", "领导"),
        (4, "社区", "无名社区"),
        (5, "生日", "02-30"),
        (6, "姓名", None),
        (8, "手机", "10000900007"),
        (9, "家庭户号", "H" * 21),
    ]
    assert outcome.inserted == 1


@pytest.mark.anyio
async def test_a_community_of_two_districts_is_the_one_the_other_rows_are_in(
    book: Book, tmp_path: Path
) -> None:
    """和平社区 alone is ambiguous and says so; beside rows of 坪山 it is 坪山's; `under` decides outright."""
    alone = MEMBERS + "李,10000900009,居民,和平社区,,,\n"
    plan, _ = await paper.imported(members, book, paper.write(tmp_path, alone))
    assert "请说明在哪个区划里找" in plan.errors[0].reason
    await paper.imported(members, book, paper.write(tmp_path, alone + WANG))
    assert (await people.find(book, "10000900009")).area == HEPING
    other = alone.replace("10000900009", "10000900010")
    await paper.imported(members, book, paper.write(tmp_path, other), under=GUAN)
    assert (await people.find(book, "10000900010")).area == GUAN_HEPING


@pytest.mark.anyio
async def test_the_real_members_go_in_once(shared_data: Path, tmp_path: Path) -> None:
    """1,520 members without an error, in their own district's communities; the second time nothing is new."""
    async with books.fresh(tmp_path) as empty:
        await paper.imported(areas, empty, shared_data / "divisions.csv")
        _, first = await paper.imported(members, empty, shared_data / "members.csv")
        _, second = await paper.imported(members, empty, shared_data / "members.csv")
        assert (first.inserted, first.errors, second.inserted, second.unchanged) == (1520, (), 0, 1520)
        places = await empty.reader.execute_query_dict(
            "SELECT DISTINCT substr(area, 1, 6) AS district FROM people_member"
        )
        assert places == [{"district": "440310"}]


BORN = MEMBERS.strip() + ",出生年,监护人,监护人手机,监护人同意\n"


@pytest.mark.anyio
async def test_the_year_of_birth_and_the_guardian_come_along(book: Book, tmp_path: Path) -> None:
    """With the guardian's consent, once for a child; the same again changes nothing, another year is looked at."""
    young = book.today().year - 9
    rows = f"孙小宝,10000900007,居民,六和社区,,,01-02,{young},孙父亲,10000900009,是\n"
    rows += "钱晓明,10000900008,居民,六和社区,,,1990-05-06,,,,\n"
    _, outcome = await paper.imported(members, book, paper.write(tmp_path, BORN + rows))
    assert (outcome.inserted, outcome.errors) == (2, ())
    known = await people.details(book, ["V-000001", "V-000002"])
    assert known["V-000001"] == people.Details(young, None, "孙父亲", "10000900009")
    assert known["V-000002"].born_year == 1990
    agreed = await consents.of(book, known)
    assert {number: set(given) for number, given in agreed.items()} == {
        "V-000001": {"guardian"},
        "V-000002": set(),
    }
    _, again = await paper.imported(members, book, paper.write(tmp_path, BORN + rows))
    assert (again.unchanged, again.errors) == (2, ())
    other = BORN + rows.replace("1990-", "1991-")
    plan, _ = await paper.imported(members, book, paper.write(tmp_path, other))
    assert [(p.row, p.column) for p in plan.errors] == [(3, "出生年")]


@pytest.mark.anyio
async def test_a_child_without_consent_stays_out(book: Book, tmp_path: Path) -> None:
    """Also by a whole date in a file that has no column for a guardian; the sentence says what to write."""
    young = book.today().year - 9
    row = f"孙小宝,10000900007,居民,六和社区,,,{young}-01-02\n"
    plan, outcome = await paper.imported(members, book, paper.write(tmp_path, MEMBERS + row + WANG))
    assert [(p.row, p.column) for p in plan.errors] == [(2, "监护人")]
    assert "监护人同意" in str(plan.errors[0].why)
    assert outcome.inserted == 1
