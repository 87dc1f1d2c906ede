"""A merchant undoes at its own till, and later asks the community."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.clock import Clock
from tests.web import barber
from tests.web.guests import words
from tests.web.views.test_merchant_till import Till, given, till

__all__ = ["till"]


def test_a_wrong_haircut_is_undone_at_the_till(till: Till) -> None:
    """Within a quarter of an hour alone: the receipt says so, and there is nothing left to undo."""
    till.guests.run(given, till.guests.book)
    done = till.guests.run(barber.cut, till.guests.book, till.shop)
    at = f"/merchant/{till.shop.shop}/redemptions/{done.receipt.position}"
    page = words(till.zhou.get(at + "/undo"))
    assert ("退回几件" in page, "王" in page) == (True, False)
    assert till.send(at + "/undo", key="u1", reason="other")[0] == 422
    assert till.send(at + "/undo", key="u1", reason="wrong_person") == (303, at)
    assert f"已更正 {done.receipt.position}R" in words(till.zhou.get(at))


def test_later_it_waits_for_the_community(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request, which who approves the merchants' months reads and answers, and a counter does not even see."""
    till.guests.run(given, till.guests.book)
    done = till.guests.run(barber.cut, till.guests.book, till.shop)
    at = f"/merchant/{till.shop.shop}/redemptions/{done.receipt.position}"
    now = Clock().now()
    monkeypatch.setattr(Clock, "now", lambda _clock: now + timedelta(minutes=16))
    later = replace(till, zhou=barber.signed_in(till.guests, till.shop.zhou))  # a till locks itself by then
    assert later.send(at + "/undo", key="u2", reason="wrong_person") == (303, at)
    assert "等社区的人看过再同意" in words(later.zhou.get(at))
    second = till.guests.by("郑义")
    found = re.search(r"(/undoings/\w{32})", second.get("/undoings"))
    assert found
    till.guests.by("张强").get(found[1], 404)
    digest = re.search(r'name="digest" value="([^"]+)"', second.get(found[1]))
    assert digest
    second.press(second.get(found[1]), found[1], digest=digest[1], decision="approve")
    assert f"已更正 {done.receipt.position}R" in words(later.zhou.get(at))
