"""Which community a row means."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.imports import members
from points.events.imports.choices import Choices
from points.events.imports.communities import Communities
from points.events.imports.errors import ElsewhereCommunity, SeveralCommunities, UnknownCommunity
from points.events.imports.gathering import How
from points.people import areas
from points.people.areas import Place
from tests.points.events import paper
from tests.points.events.paper import MEMBERS
from tests.points.people.village import LIUHE

PEACE = ("440310001004", "131022100201")
"""和平社区 of two places."""


async def all_of(book: Book, **how: object) -> Communities:
    """Every community of the village."""
    return Communities(await areas.gazetteer(book), **how)  # type: ignore[arg-type]


@pytest.mark.anyio
@pytest.mark.parametrize("name", [LIUHE, "六和社区居委会", "六和社区", "六和居委会", "六和"])
async def test_a_community_is_found_by_code_and_by_name(book: Book, name: str) -> None:
    """With and without its endings."""
    found = (await all_of(book)).find(name)
    assert isinstance(found, Place)
    assert found.code == LIUHE


@pytest.mark.anyio
async def test_what_cannot_be_told_is_asked_with_what_it_may_mean(book: Book) -> None:
    """A name of several, and one that looks alike, the commonest first; each row is refused meanwhile."""
    places = await all_of(book)
    assert isinstance(places.find("和平社区"), SeveralCommunities)
    assert isinstance(places.find("六河社区"), UnknownCommunity)
    assert isinstance(places.find("六河社区"), UnknownCommunity)
    asked = {each.name: each for each in places.questions()}
    assert list(asked) == ["六河社区", "和平社区"]
    assert asked["六河社区"].rows == 2
    assert LIUHE in [place.code for place in asked["六河社区"].candidates]
    assert {place.code for place in asked["和平社区"].candidates} == set(PEACE)


@pytest.mark.anyio
async def test_what_was_said_before_is_believed(book: Book) -> None:
    """Only for a name that cannot be told otherwise."""
    places = await all_of(book, said={"和平社区": PEACE[1], "六和社区": PEACE[0]})
    for name, code in [("和平社区", PEACE[1]), ("六和社区", LIUHE)]:
        found = places.find(name)
        assert isinstance(found, Place)
        assert found.code == code


@pytest.mark.anyio
async def test_elsewhere_is_refused(book: Book) -> None:
    """Somebody in charge of one place brings nothing into another, and is offered nothing there."""
    places = await all_of(book, within=(PEACE[1],))
    assert isinstance(places.find("六和社区"), ElsewhereCommunity)
    assert isinstance(places.find("和平社区"), SeveralCommunities)
    assert [[p.code for p in asked.candidates] for asked in places.questions()] == [[PEACE[1]]]


@pytest.mark.anyio
async def test_a_plan_asks_and_takes_the_answer(book: Book, tmp_path: Path) -> None:
    """The same file with the answer has no question left."""
    path = paper.write(tmp_path, MEMBERS + "王军,10000900001,居民,六河社区,,,\n")
    plan = await members.plan(book, path)
    assert [asked.name for asked in plan.questions] == ["六河社区"]
    plan = await members.plan(book, path, how=How(Choices(places={"六河社区": LIUHE})))
    assert (plan.errors, plan.questions, len(plan.entries)) == ((), (), 1)


@pytest.mark.anyio
async def test_what_was_answered_for_another_district_is_asked_again(book: Book) -> None:
    """Answers are remembered for a source; one that leads out of somebody's areas does not stand in their way."""
    here = ["440310000000"]
    places = await all_of(book, said={"无名": PEACE[1]}, within=here)
    assert isinstance(places.find("无名"), UnknownCommunity)
    assert [question.name for question in places.questions()] == ["无名"]
    mine = (await all_of(book, said={"无名": PEACE[0]}, within=here)).find("无名")
    assert isinstance(mine, Place)
    assert mine.code == PEACE[0]
