"""Corrections on pages: one press for what is small, two people who see the same lines for what is not."""

from __future__ import annotations

import re

import pytest

from points.awards import correction_rights
from tests.web.guests import Guest, Guests, links, words


def an_award(guest: Guest) -> str:
    """Where 王秀兰's first award is told."""
    return links(guest.get("/statement"), "/awards/")[0]


def test_one_person_corrects_what_is_small(guests: Guests) -> None:
    """From the award to the form, which shows what will move; then it is corrected, once."""
    wang, he = guests.by("王秀兰"), guests.by("何伟")
    path = an_award(wang)
    form = links(he.get(path), path + "/")[0]
    page = he.get(form)
    assert "可以用的积分，用到" in words(page)
    assert "的积分资金" in words(page)
    said = {"key": "k1", "reason": "wrong_hours", "note": "只做了一小时"}
    assert he.press(page, form, **said) == path
    assert "更正：时长不对" in words(wang.get(path))
    assert "已经更正过：时长不对" in words(he.get(form))
    assert he.press(page, form, **said) == path
    answer = he.client.post(form, data={"csrf": _token(page), **said, "reason": "wrong_sum"})
    assert answer.status_code == 422
    assert "已经更正过了" in words(answer.text)


def test_a_form_without_a_reason_or_a_note_says_so(guests: Guests) -> None:
    """Nothing is written; "other" wants a line."""
    he, path = guests.by("何伟"), an_award(guests.by("王秀兰"))
    page = he.get(f"{path}/correction")
    for fields, told in (({"key": "k"}, "请填写原因"), ({"key": "k", "reason": "other"}, "请写一句说明")):
        answer = he.client.post(f"{path}/correction", data={"csrf": _token(page), **fields})
        assert (answer.status_code, told in words(answer.text)) == (422, True)


def test_two_people_correct_what_is_large(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """何伟 asks, the queue shows it, he cannot approve it, 郑义 who sees the same check code does."""
    monkeypatch.setattr(correction_rights, "ALONE_AT_MOST", 1)
    he, zheng = guests.by("何伟"), guests.by("郑义")
    path = an_award(guests.by("王秀兰"))
    page = he.get(f"{path}/correction")
    assert "等第二个人看过同样的数字" in words(page)
    where = he.press(page, f"{path}/correction", key="k1", reason="wrong_sum", note="多写了")
    assert "不能做第二个人" in words(he.get(where))
    assert where in links(zheng.get("/corrections"), "/corrections/")
    seen = zheng.get(where)
    digest = _digest(seen)
    assert digest[-12:] in words(he.get(where))
    assert guests.statements(zheng, where) < 60
    assert zheng.press(seen, where, digest=digest, decision="approve") == where
    assert "已经批准" in words(zheng.get(where))
    assert links(zheng.get("/corrections"), "/corrections/") == []


def test_what_moved_meanwhile_must_be_asked_anew(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another digest than what stands now approves nothing; refusing closes the request."""
    monkeypatch.setattr(correction_rights, "ALONE_AT_MOST", 1)
    he, zheng = guests.by("何伟"), guests.by("郑义")
    path = an_award(guests.by("王秀兰"))
    where = he.press(he.get(f"{path}/correction"), f"{path}/correction", key="k1", reason="wrong_sum")
    page = zheng.get(where)
    said = {"csrf": _token(page), "digest": "sha256:" + "0" * 64, "decision": "approve"}
    answer = zheng.client.post(where, data=said)
    assert (answer.status_code, "请再看一眼，重新申请" in words(answer.text)) == (422, True)
    assert zheng.press(page, where, digest=_digest(page), decision="refuse") == where
    assert "没有批准" in words(he.get(where))


def test_strangers_find_nothing(guests: Guests) -> None:
    """Neither a resident nor a keeper of goods sees a form, a queue or a request."""
    path = an_award(guests.by("王秀兰"))
    for name in ("王秀兰", "吴娟"):
        guest = guests.by(name)
        for address in (f"{path}/correction", "/corrections", "/corrections/none"):
            guest.get(address, status=404)
    guests.by("何伟").get("/awards/none/correction", status=404)
    guests.by("何伟").get("/corrections/none", status=404)


def _token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def _digest(page: str) -> str:
    found = re.search(r'name="digest" value="([^"]+)"', page)
    assert found is not None
    return found[1]
