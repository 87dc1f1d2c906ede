"""Requests: one asks, another sees the very same and decides, within 72 hours and once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.keys import new_key
from points.market.undo_records import Undoing, UndoRequest
from points.market.undoing import requests, undone
from points.market.undoing.errors import (
    UndoneOtherwise,
    UndoNotSecond,
    UndoRequestChanged,
    UndoRequestDecided,
    UndoRequestLapsed,
    UnknownUndoRequest,
)
from points.market.undoing.requests import Wanted
from tests import meanwhile
from tests.points.market.conftest import Town
from tests.points.market.test_counter import redeem
from tests.points.market.undoing.test_undone import NEXT_YEAR

pytestmark = pytest.mark.anyio


async def wanted(town: Town, reason: str = "拿错", **more: Any) -> Wanted:
    """张强 asks that what 王秀兰 had be undone."""
    await town.give(town.wang, 30, NEXT_YEAR)
    await town.stock(洗衣液=2)
    done = await redeem(town, "洗衣液x2")
    asked = {"by": town.counter, "key": new_key()} | more
    return await requests.ask(town.book, str(done.receipt.reference), reason, **asked)


async def test_what_two_people_saw_is_what_happens(town: Town) -> None:
    """Asked by one, approved by another: the entry, the decision and both names stand together."""
    asked = await wanted(town, "其他", note="颜色不对")
    assert (asked.state, asked.note) == ("open", "颜色不对")
    assert [each.id for each in await requests.waiting(town.book, [town.shop.number])] == [asked.id]
    assert not await requests.waiting(town.book, [town.shop.number + 1])
    more: dict[str, Any] = {"approved": True, "digest": asked.digest, "by": town.admin}
    assert (await requests.decide(town.book, asked.id, **more)).state == "approved"
    assert (await requests.decide(town.book, asked.id, **more)).state == "approved"
    row = await Undoing.get(using_db=town.book.reader)
    assert (row.undone_by, row.approved_by) == (town.counter, town.admin)
    told = (await undone.of(town.book, [asked.redemption]))[asked.redemption]
    assert told.note == "颜色不对"
    assert await statements.balance(town.book.reader, chart.until(town.wang, NEXT_YEAR)) == 30
    assert not await requests.waiting(town.book, [town.shop.number])
    with pytest.raises(UndoRequestDecided):
        await requests.decide(town.book, asked.id, **more | {"approved": False})


async def test_a_part_is_asked_for_and_approved_as_a_part(town: Town) -> None:
    """What stays is in the digest, and is handed over when the second person agrees."""
    await town.give(town.wang, 30, NEXT_YEAR)
    await town.stock(洗衣液=2)
    done = await redeem(town, "洗衣液x2")
    more: dict[str, Any] = {"by": town.counter, "key": "k1", "stays": [(done.lines[0].item, 1)]}
    asked = await requests.ask(town.book, str(done.receipt.reference), "坏了", **more)
    assert await requests.ask(town.book, str(done.receipt.reference), "坏了", **more) == asked
    with pytest.raises(ReferenceConflict):
        await requests.ask(town.book, str(done.receipt.reference), "坏了", **more | {"stays": []})
    await requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=town.admin)
    assert await statements.balance(town.book.reader, chart.taken(town.shop.number)) == 15


async def test_a_refusal_moves_nothing_and_stands(town: Town) -> None:
    """The request is answered; whoever still wants it asks again."""
    asked = await wanted(town)
    more: dict[str, Any] = {"approved": False, "digest": asked.digest, "by": town.admin}
    assert (await requests.decide(town.book, asked.id, **more)).state == "refused"
    with pytest.raises(UndoRequestDecided):
        await requests.decide(town.book, asked.id, **more | {"approved": True})
    assert await undone.of(town.book, [asked.redemption]) == {}


async def test_ones_own_request_another_text_and_an_old_one_are_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is their own second; what was not seen is not agreed to; after 72 hours it is asked anew."""
    asked = await wanted(town)
    more: dict[str, Any] = {"approved": True, "digest": asked.digest, "by": town.admin}
    with pytest.raises(UndoNotSecond):
        await requests.decide(town.book, asked.id, **more | {"by": town.counter})
    with pytest.raises(UndoRequestChanged):
        await requests.decide(town.book, asked.id, **more | {"digest": "sha256:0"})
    with pytest.raises(UnknownUndoRequest):
        await requests.decide(town.book, "x" * 33, **more)
    monkeypatch.setattr("points.people.requests.LAPSES_AFTER", timedelta(0))
    assert (await requests.find(town.book, asked.id)).state == "lapsed"
    with pytest.raises(UndoRequestLapsed):
        await requests.decide(town.book, asked.id, **more)
    assert await undone.of(town.book, [asked.redemption]) == {}


async def test_yes_and_no_at_once_have_one_winner(town: Town) -> None:
    """Two second people press at the same time: one decision, and the other is told."""
    asked = await wanted(town)
    more: dict[str, Any] = {"digest": asked.digest, "by": town.admin}
    answers = await asyncio.gather(
        *(requests.decide(town.book, asked.id, approved=yes, **more) for yes in (True, False) * 3),
        return_exceptions=True,
    )
    assert {type(each) for each in answers} == {Wanted, UndoRequestDecided}
    state = (await requests.find(town.book, asked.id)).state
    assert bool(await undone.of(town.book, [asked.redemption])) == (state == "approved")


async def test_who_undid_it_meanwhile_leaves_nothing_to_approve(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """张强 undoes it himself while it is looked at: it is undone once, and the request was overtaken."""
    asked = await wanted(town)

    async def himself() -> None:
        await undone.undo(town.book, asked.redemption, "坏了", by=town.counter, key=new_key())

    meanwhile.after(monkeypatch, requests, "asked_for", himself)
    with pytest.raises(UndoRequestDecided):
        await requests.decide(town.book, asked.id, approved=True, digest=asked.digest, by=town.admin)
    assert (await requests.find(town.book, asked.id)).state == "overtaken"
    assert await Undoing.all().using_db(town.book.reader).count() == 1
    with pytest.raises(UndoneOtherwise):
        await requests.ask(town.book, asked.redemption, "拿错", by=town.counter, key=new_key())
    assert await UndoRequest.all().using_db(town.book.reader).count() == 1
