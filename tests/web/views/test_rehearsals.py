"""Rehearsals on their page: long work with a row of its own, and figures that hold."""

from __future__ import annotations

import time
from datetime import timedelta

from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in
from tests.web.views.test_rule_drafts import DRAFT, sent

AT = DRAFT + "/rehearsals"


def rehearsed(admin: Guest, page: str, **days: str) -> str:
    """Asked for twice with one key, and waited for."""
    draft = page.split('name="draft" value="', 1)[1].split('"', 1)[0]
    found = {admin.press(page, AT, key="k", draft=draft, **days) for _ in range(2)}
    assert len(found) == 1
    where = found.pop()
    latest = time.monotonic() + 120
    while time.monotonic() < latest:
        if 'data-state="done"' in (said := admin.get(where)) or 'data-state="failed"' in said:
            return where
        time.sleep(0.1)
    raise AssertionError("the rehearsal did not end")


def test_a_draft_is_played_and_everybody_in_charge_may_look(guests: Guests) -> None:
    """Reports at 4 instead of 2: more points, somebody gains, nobody loses; the funds and the ledger stand beside."""
    admin = guests.by("陈国强")
    sent(admin, admin.get(DRAFT), rules__report__points="4")
    today = guests.book.today()
    days = {"first": (today - timedelta(days=200)).isoformat(), "last": today.isoformat()}
    where = rehearsed(admin, admin.get(AT), **days)
    said = words(admin.get(where))
    assert "按草稿要花" in said
    assert "0 人少了，共少 0 分" in said
    assert "拨付的资金" in said
    assert said == words(guests.by("周静").get(where))
    assert where in admin.get(AT)
    guests.by("李梅").get(where, 404)
    admin.get("/rule-books/rehearsals/0", 404)


def test_days_that_cannot_be_played_are_told(guests: Guests) -> None:
    """The wrong way round before anything begins; days on which nothing happened when the work looked."""
    admin = guests.by("陈国强")
    page = admin.get(AT)
    wrong = {"csrf": token_in(page), "key": "w", "draft": "", "first": "2020-02-01", "last": "2020-01-01"}
    answer = admin.client.post(AT, data=wrong)
    assert (answer.status_code, "要先早后晚" in words(answer.text)) == (422, True)
    assert admin.client.post(AT, data={**wrong, "first": "now"}).status_code == 422
    where = rehearsed(admin, page, first="2001-01-01", last="2001-01-31")
    assert "没有核实过的事" in words(admin.get(where))
