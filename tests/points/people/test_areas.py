"""The tree of areas, found by code and by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import Book
from points.people import areas
from points.people.errors import UnknownArea
from tests.points.people.village import GUAN_HEPING, HEPING, LIUHE, NANBU, PINGSHAN, PINGSHAN_STREET


@pytest.mark.parametrize(
    "name", ["六和社区居委会", "六和社区", "六和居委会", "六和居民委员会", "六 和 社 区", "六和"]
)
def test_the_spellings_of_a_community_share_a_key(name: str) -> None:
    """Files say 社区 where the division codes say 社区居委会."""
    assert areas.key_of(name) == "六和"


def test_a_village_is_not_the_community_of_its_name() -> None:
    """东村 and 东社区 are two places."""
    assert areas.key_of("东村村委会") == "东村" != areas.key_of("东社区")


@given(st.text(max_size=12))
def test_a_key_is_its_own_key_and_never_lost(name: str) -> None:
    """A name that is nothing but an ending keeps it, so that no two nameless places meet."""
    key = areas.key_of(name)
    assert bool(key) == bool("".join(name.split()))


@pytest.mark.anyio
async def test_communities_under_an_area_are_its_own(book: Book) -> None:
    """A district has those of its streets, a community has itself, and no other district's are among them."""
    codes = [area.code for area in await areas.communities(book, PINGSHAN)]
    assert codes == [LIUHE, HEPING, NANBU]
    assert [area.code for area in await areas.communities(book, LIUHE)] == [LIUHE]


@pytest.mark.anyio
async def test_a_path_leads_from_the_root(book: Book) -> None:
    """It is what roles are matched against."""
    assert await areas.path(book, LIUHE) == f"/{PINGSHAN}/{PINGSHAN_STREET}/{LIUHE}/"
    assert areas.ancestors(await areas.path(book, LIUHE)) == [PINGSHAN, PINGSHAN_STREET, LIUHE]
    assert [area.code for area in await areas.children(book, PINGSHAN_STREET)] == [LIUHE, HEPING]


@pytest.mark.anyio
async def test_an_unknown_code_is_refused(book: Book) -> None:
    """Nothing is granted or counted in a place that is not there."""
    with pytest.raises(UnknownArea, match="999"):
        await areas.path(book, "999")


@pytest.mark.anyio
async def test_a_name_in_two_places_is_told_apart_by_street_or_district(book: Book) -> None:
    """Alone it is ambiguous; what else the file says decides, and `under` narrows the view."""
    places = await areas.gazetteer(book)
    assert {place.code for place in places.candidates("和平社区")} == {HEPING, GUAN_HEPING}
    assert [place.code for place in places.candidates("和平社区", street="固安镇")] == [GUAN_HEPING]
    assert [place.code for place in places.candidates("和平社区", district="坪山区")] == [HEPING]
    inside = await areas.gazetteer(book, under=PINGSHAN)
    assert [place.code for place in inside.candidates("和平")] == [HEPING]
    assert places.candidates("没有的社区") == []


def test_covering_looks_at_whole_codes() -> None:
    """A code that is the beginning of another does not contain it; no area means the whole book."""
    assert areas.covers("/440310000000/440310001000/", "440310001000")
    assert not areas.covers("/440310000000/440310001000/", "44031000100")
    assert areas.covers("/440310000000/", None)
