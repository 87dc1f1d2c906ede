"""The care fund gives by two people, to a member in need, once, and never more than it has."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points import statement
from points.keys import new_key
from points.market.giving import care, care_requests
from points.market.giving.care_requests import Asked
from points.market.giving.errors import (
    BadCare,
    CareElsewhere,
    CareForOwn,
    CareForStaff,
    CareShort,
    NotCareSecond,
)
from points.market.giving.records import CareText
from points.people import households
from points.people.errors import NotAllowed, RequestChanged, RequestDecided, RequestLapsed
from tests import meanwhile
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, ON, enrol
from tests.points.market.giving.conftest import Home

pytestmark = pytest.mark.anyio
WHY = "骨折住院，家里没有人"


async def asked(home: Home, member: str, points: int = 12, *, key: str = "", text: str = WHY) -> Asked:
    """孙丽 asks."""
    return await care_requests.ask(
        home.book,
        COMMUNITY,
        member,
        points,
        reason="illness",
        text=text,
        by=home.keeper,
        key=key or new_key(),
    )


async def decided(home: Home, one: Asked, *, approved: bool = True, by: str = "", digest: str = "") -> Asked:
    """郑义 decides."""
    by, digest = by or home.approver, digest or one.digest
    return await care_requests.decide(home.book, one.id, approved=approved, digest=digest, by=by)


async def test_what_two_people_agreed_on_moves_once_and_keeps_its_day(home: Home) -> None:
    """The earliest first; agreeing twice changes nothing; it stands in the statement of who received."""
    li = await enrol(home.book, "李强")
    await home.gift(35, "")
    one = await asked(home, li, 32)
    assert list(await care_requests.waiting(home.book, [COMMUNITY])) == [one]
    assert not await care_requests.waiting(home.book, ["no such place"])
    done = await decided(home, one)
    assert (done.state, done.decided_by) == ("approved", home.approver)
    assert await decided(home, one) == done
    assert await home.points(f"member/{li}/") == {f"until/{home.soon}": 30, f"until/{home.later}": 2}
    assert await home.points(f"care/{COMMUNITY}/") == {f"until/{home.later}": 3}
    today = home.book.today()
    told = await statement.between(home.book, li, today, today)
    assert [(each.kind, each.amount) for each in told.lines] == [("care", 32)]
    assert not await care_requests.waiting(home.book, [COMMUNITY])


async def test_the_same_key_asks_once(home: Home) -> None:
    """Other words under the same key are refused, and so is another amount."""
    li = await enrol(home.book, "李强")
    await home.gift(35, "")
    assert await asked(home, li, key="k") == await asked(home, li, key="k")
    for other in ({"points": 13}, {"text": "别的原因"}):
        with pytest.raises(ReferenceConflict):
            await asked(home, li, **{"key": "k", **other})  # type: ignore[arg-type]


async def test_it_is_another_person_who_agrees_and_nobody_gives_to_their_own(home: Home) -> None:
    """Neither who asked, nor who lives with them or with who receives, nor who has no such role."""
    li = await enrol(home.book, "李强")
    await home.gift(35, "")
    one = await asked(home, li)
    for by in (home.keeper, home.town.counter, home.town.wang):
        with pytest.raises(NotCareSecond):
            await decided(home, one, by=by)
    await households.join(home.book, "H-000007", li, on=ON)
    await households.join(home.book, "H-000007", home.approver, on=ON)
    with pytest.raises(NotCareSecond):
        await decided(home, one)
    await households.join(home.book, "H-000007", home.keeper, on=ON)
    with pytest.raises(CareForOwn):
        await asked(home, li)
    with pytest.raises(NotAllowed):
        await care_requests.ask(
            home.book, COMMUNITY, li, 1, reason="other", text="", by=home.approver, key="n"
        )


async def test_only_a_member_of_the_community_who_does_not_work_here(home: Home) -> None:
    """And a reason, and an amount."""
    await home.gift(35, "")
    other = await enrol(home.book, "钱进", area=ELSEWHERE)
    with pytest.raises(CareElsewhere):
        await asked(home, other)
    with pytest.raises(CareForStaff):
        await asked(home, home.town.counter)
    for points, text in ((0, ""), (10_001, ""), (1, "长" * 401)):
        with pytest.raises(BadCare):
            await asked(home, home.town.zhao, points, text=text)


async def test_a_fund_never_gives_more_than_it_has(home: Home) -> None:
    """Two requests that only one can be paid of, agreed to at once."""
    li = await enrol(home.book, "李强")
    await home.gift(20, "")
    with pytest.raises(CareShort, match="20 分"):
        await asked(home, li, 21)
    wanted = [await asked(home, li, 15) for _ in range(2)]
    answers = await asyncio.gather(*(decided(home, one) for one in wanted), return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["Asked", "CareShort"]
    assert sum((await home.points(f"care/{COMMUNITY}/")).values()) == 5


async def test_two_who_decide_at_once_decide_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reads that it is decided, whatever they wanted."""
    li = await enrol(home.book, "李强")
    await home.gift(20, "")
    one = await asked(home, li)

    async def refuses() -> None:
        await decided(home, one, approved=False)

    meanwhile.after(monkeypatch, care, "left", refuses)
    with pytest.raises(RequestDecided):
        await decided(home, one)
    assert await home.points(f"member/{li}/") == {}


async def test_what_was_not_seen_is_not_agreed_to_and_lapses(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another digest, words that were erased since, or 72 hours."""
    li = await enrol(home.book, "李强")
    await home.gift(20, "")
    one = await asked(home, li)
    async with home.book.write() as db:
        await CareText.filter(request=one.id).using_db(db).delete()
    with pytest.raises(RequestChanged):
        await decided(home, one)
    now = home.book.now() + timedelta(hours=73)
    monkeypatch.setattr(type(home.book), "now", lambda _book: now)
    with pytest.raises(RequestLapsed):
        await decided(home, await care_requests.find(home.book, one.id))
