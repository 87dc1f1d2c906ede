"""Going over takes two: who asks, who approves, what both see, and what it pays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ledger.errors import ReferenceConflict
from points import chart
from points.awards import fund_requests, funds, sponsors
from points.awards.errors import AllocatedBefore, AllocatedOtherwise, BeyondMoney, NotFundSecond
from points.awards.fund_records import SponsorName
from points.awards.fund_requests import Asked
from points.awards.sponsors import Backing
from points.people import roles
from points.people.errors import (
    NotAllowed,
    RequestChanged,
    RequestDecided,
    RequestLapsed,
    UnknownRequest,
)
from points.people.roles import Grant
from tests.points.awards.town import (
    ADMIN,
    DISTRICT,
    FAR,
    KEEPER,
    LAID_OUT,
    LIUHE,
    OTHER_STREET,
    PUBLISHER,
    SHAHU,
    VERIFIER,
    Town,
    both_have_seen,
)

pytestmark = pytest.mark.anyio
GIFT = Backing("company", 12_345, "坪山超市")


async def ask(town: Town, **said: Any) -> Asked:
    """The keeper asks for 100 more points in the district, with a company's money that does not cover them."""
    asked = {
        "under": DISTRICT,
        "month": "2018-07",
        "points": 100,
        "by": KEEPER,
        "key": "2",
        "backing": GIFT,
        **said,
    }
    return await fund_requests.ask(town.book, **asked)


async def approve(town: Town, asked: Asked, **said: Any) -> funds.Allocation | None:
    """The administrator approves what they see."""
    decision = {"approved": True, "digest": asked.digest, "by": ADMIN, **said}
    return await fund_requests.decide(town.book, asked.id, **decision)


async def test_what_goes_over_is_refused_to_one(town: Town) -> None:
    """A first allocation with the money behind it is one person's; a second, or one beyond the money, is not."""
    book = town.book
    said: Any = {"under": LIUHE, "month": "2018-07", "points": 5, "by": KEEPER, "on": LAID_OUT}
    with pytest.raises(BeyondMoney) as beyond:
        await funds.allocate(book, **said, backing=Backing("unit", 499))
    assert beyond.value.facts == {"points": 5, "needed": 5, "there": "4.99"}
    await funds.allocate(book, **said, backing=Backing("unit", 500))
    for money in (None, Backing("unit", 10_000)):
        with pytest.raises(AllocatedBefore):
            await funds.allocate(book, **said, key="2", backing=money)
    with pytest.raises(AllocatedBefore):  # the district's reaches a community that was given points
        await funds.allocate(book, **{**said, "under": DISTRICT})
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 5


async def test_approved_it_is_allocated_with_its_sponsor(town: Town) -> None:
    """Each gets the share both saw; the decision names the asker, its backing the request."""
    asked = await ask(town)
    assert (asked.state, asked.shares) == ("open", ((LIUHE, 34), (SHAHU, 33), (FAR, 33)))
    done = await approve(town, asked)
    assert done is not None
    assert (done.shares, done.backing) == (asked.shares, GIFT)
    assert await town.points(chart.fund(FAR, "2018-07")) == 33
    (row,) = await town.rows("SELECT decided_by, request FROM awards_fund_decision, awards_fund_backing")
    assert (row["decided_by"], row["request"]) == (KEEPER, asked.id)
    assert (await fund_requests.find(town.book, asked.id)).state == "approved"
    head = await town.head()
    assert await approve(town, asked) == replace(done, repeated=True)
    assert await town.head() == head


async def test_refused_nothing_is_allocated(town: Town) -> None:
    """And it stays refused."""
    asked = await ask(town)
    assert await approve(town, asked, approved=False) is None
    with pytest.raises(RequestDecided):
        await approve(town, asked)
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 0
    assert not await fund_requests.waiting(town.book, [None])


async def test_nobody_approves_their_own_or_their_households(town: Town) -> None:
    """Nor somebody without a role there, nor one who keeps another street's funds."""
    asked = await ask(town, under=LIUHE)
    await town.household("H-1", KEEPER, ADMIN)
    given = Grant("k", PUBLISHER, "fund_keeper", OTHER_STREET, LAID_OUT.isoformat(), None)
    await town.insert(roles.grant_row(given, "grant/k", by=ADMIN))
    for by in (KEEPER, ADMIN, VERIFIER, PUBLISHER):
        with pytest.raises(NotFundSecond):
            await approve(town, asked, by=by)
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 0


async def test_only_a_keeper_asks(town: Town) -> None:
    """An administrator approves; they keep no funds."""
    with pytest.raises(NotAllowed):
        await ask(town, by=ADMIN)


async def test_another_digest_is_not_approved(town: Town) -> None:
    """What was seen is what is decided; a sponsor who was renamed meanwhile is something else."""
    asked = await ask(town)
    with pytest.raises(RequestChanged):
        await approve(town, asked, digest="sha256:" + "0" * 64)
    async with town.book.write() as db:
        await SponsorName.filter(id=asked.id).using_db(db).delete()
    with pytest.raises(RequestChanged):
        await approve(town, asked)


async def test_it_lapses(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 72 hours it must be asked for again."""
    asked = await ask(town)
    monkeypatch.setattr("points.people.requests.LAPSES_AFTER", timedelta(0))
    with pytest.raises(RequestLapsed):
        await approve(town, asked)
    assert not await fund_requests.waiting(town.book, [None])


async def test_the_same_key_is_one_request(town: Town) -> None:
    """Asked twice it is one; another sum under that key is refused, and so is a key that allocated."""
    first = await ask(town)
    assert await ask(town) == first
    with pytest.raises(ReferenceConflict):
        await ask(town, points=101)
    await town.fund(3, under=LIUHE)
    with pytest.raises(AllocatedOtherwise):
        await ask(town, under=LIUHE, key="1")
    with pytest.raises(UnknownRequest):
        await fund_requests.find(town.book, "0" * 32)


async def test_two_who_decide_at_once_allocate_once(town: Town) -> None:
    """One approves while another refuses: one of them is told that it was decided."""
    asked = await ask(town, under=LIUHE)
    given = Grant("k", PUBLISHER, "approver", None, LAID_OUT.isoformat(), None)
    await town.insert(roles.grant_row(given, "grant/k", by=ADMIN))
    both = await asyncio.gather(
        approve(town, asked), approve(town, asked, approved=False, by=PUBLISHER), return_exceptions=True
    )
    assert sum(isinstance(each, RequestDecided) for each in both) == 1
    now = await fund_requests.find(town.book, asked.id)
    assert await town.points(chart.fund(LIUHE, "2018-07")) == (100 if now.state == "approved" else 0)


async def test_two_keepers_at_once_give_a_month_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen an empty month before either writes: the second is told that it goes over."""
    both_have_seen(monkeypatch, funds, "goes_over")
    said: Any = {"under": LIUHE, "month": "2018-07", "points": 5, "by": KEEPER, "on": LAID_OUT}
    answers = await asyncio.gather(
        *(funds.allocate(town.book, **said, key=key) for key in ("a", "b")), return_exceptions=True
    )
    assert sum(isinstance(each, AllocatedBefore) for each in answers) == 1
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 5


async def test_an_approved_request_pays_the_line(town: Town) -> None:
    """Who waited is paid at once."""
    await town.event(("V-1", "reporter"))
    await town.verify()
    done = await approve(town, await ask(town, under=LIUHE, backing=sponsors.covering(100)))
    assert done is not None
    assert (done.paid.awards, await town.points(chart.noticed("V-1"))) == (1, 2)
