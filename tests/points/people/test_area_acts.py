"""Areas by hand: set up, renamed, merged and closed, and what their readers see afterwards."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import area_acts, area_changes, areas, roles
from points.people.errors import (
    AreaGone,
    BadAreaLevel,
    BadAreaName,
    CannotMerge,
    NotAllowed,
    NotEmpty,
)
from points.people.models import Area
from tests.points.people import village
from tests.points.people.village import (
    DAY,
    HEPING,
    LIUHE,
    LONGTIAN,
    NANBU,
    PINGSHAN,
    PINGSHAN_STREET,
)


@pytest.fixture
async def chen(book: Book) -> str:
    """陈主任, admin of the whole book."""
    number = (await village.enrol(book, "陈主任", kind="staff", area=PINGSHAN)).number
    await roles.grant(book, member=number, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    return number


async def codes_below(book: Book, *tops: str) -> list[str]:
    """What SQL finds in some areas."""
    inside, values = await areas.below(book, tops)
    sql = f"SELECT a.code FROM people_area AS a WHERE {inside} ORDER BY a.code"
    return [row["code"] for row in await book.reader.execute_query_dict(sql, values)]


@pytest.mark.anyio
async def test_places_below_a_community_may_be_of_any_depth(book: Book, chen: str) -> None:
    """片区, in it 小区, in that a grid and a building: each gets the community's next number, and its path."""
    above = LIUHE
    for n, level in enumerate(area_acts.BY_HAND, 1):
        made = await area_acts.add(book, f"{level} 一", level=level, parent=above, by=chen, key=f"k{n}")
        assert (made.code, made.parent) == (f"{LIUHE}{n:03}", above)
        above = made.code
    assert (await areas.path(book, above)).count("/") == 8
    assert [area.level for area in await areas.children(book, LIUHE)] == ["section"]


@pytest.mark.anyio
async def test_the_same_key_sets_up_one_area(book: Book, chen: str) -> None:
    """A double click is harmless."""
    first = await area_acts.add(book, "一网格", level="grid", parent=LIUHE, by=chen, key="k")
    again = await area_acts.add(book, "一网格", level="grid", parent=LIUHE, by=chen, key="k")
    assert first.code == again.code
    assert await Area.filter(level="grid").using_db(book.reader).count() == 1


@pytest.mark.anyio
async def test_a_place_cannot_stand_above_its_level(book: Book, chen: str) -> None:
    """No grid in a street, no grid in a building, no community by hand, no name of nothing."""
    grid = await area_acts.add(book, "一网格", level="grid", parent=LIUHE, by=chen, key="k")
    for level, parent in (("grid", PINGSHAN_STREET), ("section", grid.code), ("community", PINGSHAN_STREET)):
        with pytest.raises(BadAreaLevel):
            await area_acts.add(book, "二", level=level, parent=parent, by=chen, key="k2")
    with pytest.raises(BadAreaName):
        await area_acts.add(book, " \n", level="grid", parent=LIUHE, by=chen, key="k3")


@pytest.mark.anyio
async def test_a_new_name_is_read_everywhere_and_the_old_one_is_kept(book: Book, chen: str) -> None:
    """By code, by children, by imports; the history says what it was called."""
    await area_acts.rename(book, LIUHE, "六合社区居委会", by=chen, key="k")
    await area_acts.rename(book, LIUHE, "六合社区居委会", by=chen, key="again")
    assert (await areas.find(book, LIUHE)).name == "六合社区居委会"
    assert "六合社区居委会" in [area.name for area in await areas.children(book, PINGSHAN_STREET)]
    gazetteer = await areas.gazetteer(book)
    assert [p.name for p in gazetteer.candidates("六合社区")] == ["六合社区居委会"]
    assert [p.code for p in gazetteer.candidates("六和社区")] == [LIUHE]
    (past,) = await area_acts.history(book, LIUHE)
    assert (past.what, past.before, past.name) == ("renamed", "六和社区居委会", "六合社区居委会")


@pytest.mark.anyio
async def test_a_merged_area_lies_where_it_went(book: Book, chen: str) -> None:
    """Across streets: found below the new one and no longer below the old; roles over the new one cover it."""
    grid = await area_acts.add(book, "一网格", level="grid", parent=HEPING, by=chen, key="g")
    li = (await village.enrol(book, "李梅", kind="staff", area=PINGSHAN)).number
    await roles.grant(book, member=li, role="verifier", area=NANBU, by=chen, on=DAY)
    assert not await roles.holds(book, li, "verifier", grid.code, DAY)
    await area_acts.merge(book, HEPING, into=NANBU, by=chen, key="m")
    await area_acts.merge(book, HEPING, into=NANBU, by=chen, key="m")
    assert await codes_below(book, NANBU) == [HEPING, grid.code, NANBU]
    assert await codes_below(book, LONGTIAN) == [HEPING, grid.code, LONGTIAN, NANBU]
    assert await codes_below(book, PINGSHAN_STREET) == [PINGSHAN_STREET, LIUHE]
    assert await codes_below(book, PINGSHAN_STREET, HEPING) == [PINGSHAN_STREET, LIUHE, HEPING, grid.code]
    assert await areas.path(book, grid.code) == f"/{PINGSHAN}/{LONGTIAN}/{NANBU}/{HEPING}/{grid.code}/"
    assert await roles.holds(book, li, "verifier", grid.code, DAY)
    assert (await areas.find(book, HEPING)).name == "南布社区居委会（原和平社区居委会）"
    assert [a.code for a in await areas.communities(book, PINGSHAN)] == [LIUHE, NANBU]
    assert [a.code for a in await areas.children(book, NANBU)] == [grid.code]
    gazetteer = await areas.gazetteer(book, under=PINGSHAN)
    assert [p.code for p in gazetteer.candidates("和平社区")] == [NANBU]
    assert gazetteer.moved == {HEPING: NANBU}
    assert [(p.what, p.into) for p in await area_acts.history(book, NANBU)] == [("took_in", HEPING)]


@pytest.mark.anyio
async def test_python_and_sql_agree_on_what_lies_in_an_area_after_merges_in_a_chain(
    book: Book, chen: str
) -> None:
    """六和 into 和平, 和平 into 南布, the street 龙田 into 坪山: `below` finds what paths of today say."""
    await area_acts.add(book, "一网格", level="grid", parent=LIUHE, by=chen, key="g")
    await area_acts.merge(book, LIUHE, into=HEPING, by=chen, key="1")
    await area_acts.merge(book, HEPING, into=NANBU, by=chen, key="2")
    await area_acts.merge(book, LONGTIAN, into=PINGSHAN_STREET, by=chen, key="3")
    everything = await areas.many(book, [code for code, *_ in village.AREAS] + [f"{LIUHE}001"])
    for top in everything:
        by_path = sorted(code for code, area in everything.items() if areas.covers(area.path, top))
        assert await codes_below(book, top) == by_path, top
    changes = await area_changes.read(book.reader, [LIUHE])
    assert changes.last(LIUHE) == NANBU
    assert changes.last(LIUHE, "2000-01-01") == LIUHE


@pytest.mark.anyio
async def test_what_cannot_be_merged_or_closed_is_refused(book: Book, chen: str) -> None:
    """Into itself, into another level, twice, while something is below it; and by nobody but an admin of both."""
    for into in (LIUHE, LONGTIAN):
        with pytest.raises(CannotMerge):
            await area_acts.merge(book, LIUHE, into=into, by=chen, key="m")
    with pytest.raises(NotEmpty):
        await area_acts.close(book, PINGSHAN_STREET, by=chen, key="c")
    await area_acts.close(book, LIUHE, by=chen, key="c")
    await area_acts.close(book, LIUHE, by=chen, key="c")
    for act in (
        area_acts.rename(book, LIUHE, "新名", by=chen, key="r"),
        area_acts.merge(book, HEPING, into=LIUHE, by=chen, key="m"),
    ):
        with pytest.raises(AreaGone):
            await act
    local = (await village.enrol(book, "周主任", kind="staff", area=HEPING)).number
    await roles.grant(book, member=local, role="admin", area=HEPING, by=chen, on=DAY)
    with pytest.raises(NotAllowed):
        await area_acts.merge(book, HEPING, into=NANBU, by=local, key="m")
    with pytest.raises(NotAllowed):
        await area_acts.rename(book, NANBU, "新名", by=local, key="r")


@pytest.mark.anyio
async def test_a_closed_area_is_offered_no_more(book: Book, chen: str) -> None:
    """Neither among children nor communities nor by name; what happened there is still found there."""
    await area_acts.close(book, LIUHE, by=chen, key="c")
    assert LIUHE not in [area.code for area in await areas.children(book, PINGSHAN_STREET)]
    assert LIUHE not in [area.code for area in await areas.inside(book, None, ["community"], limit=9)]
    assert LIUHE in await codes_below(book, PINGSHAN_STREET)
    assert (await areas.gazetteer(book)).candidates("六和社区") == []
