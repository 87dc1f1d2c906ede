"""Notices on pages: anybody reads what hangs and objects to a line, and a publisher publishes."""

from __future__ import annotations

import re

import pytest

from points.people import consents
from points.sample.town import DISTRICT
from tests.web.guests import Guests, links, words
from tests.web.site import token_in
from tests.web.views.objecting import hanging, objected


def test_anybody_reads_a_notice_and_nobody_is_named(guests: Guests) -> None:
    """Code, category and points; the name of who agreed is masked, and gone when they withdraw."""
    notice, code = hanging(guests)
    stranger = guests.stranger()
    assert f"/notices/{notice}" in links(stranger.get("/notices"), "/notices/")
    page = stranger.get(f"/notices/{notice}")
    assert code in page
    assert not re.search(r"[VS]-\d{4,}", words(page))
    assert "王" not in words(page)
    guests.run(lambda: consents.give(guests.book, "V-000001", "named", by="S-0001", key="c1"))
    assert "王*兰" in words(stranger.get(f"/notices/{notice}"))
    guests.run(lambda: consents.withdraw(guests.book, "V-000001", "named", by="S-0001", key="c2"))
    assert "王*兰" not in words(stranger.get(f"/notices/{notice}"))
    stranger.get("/notices/G-1", 404)
    stranger.get(f"/notices/{notice}/lines/AAAAAAAA", 404)


def test_a_form_that_is_not_right_says_what_to_change(guests: Guests) -> None:
    """A reason is chosen; another reason takes a few words; what was typed stays."""
    notice, code = hanging(guests)
    guest, where = guests.stranger(), f"/notices/{notice}/lines/{code}"
    for fields, sentence in (({}, "哪里不对"), ({"reason": "other"}, "选“其他”要写几句")):
        answer = guest.client.post(where, data={"csrf": token_in(guest.get(where)), "key": "k", **fields})
        assert answer.status_code == 422
        assert sentence in words(answer.text)


def test_a_visitor_does_not_object_for_ever(guests: Guests) -> None:
    """Six in an hour from one address; who signed in is not counted."""
    notice, code = hanging(guests)
    guest, where = guests.stranger(), f"/notices/{notice}/lines/{code}"
    token = token_in(guest.get(where))
    answers = [
        guest.client.post(where, data={"csrf": token, "key": f"k{n}", "reason": "hours"}).status_code
        for n in range(7)
    ]
    assert answers == [303] * 6 + [429]
    assert objected(guests)


def test_the_publisher_publishes_on_a_page(guests: Guests) -> None:
    """For an area of theirs; pressed twice it is published once, and others have no such form."""
    publisher = guests.by("孙丽")
    page = publisher.get("/notices")
    assert "最近的奖励都公示过了" in words(page)
    assert publisher.press(page, "/notices", key="p1", area=DISTRICT) == "/notices?made=0"
    assert "没有新的要公示" in words(publisher.get("/notices?made=0"))
    answer = publisher.client.post("/notices", data={"csrf": token_in(page), "key": "p2", "area": "月亮"})
    assert answer.status_code == 422
    for name in ("李梅", "王秀兰"):
        assert "公示新的奖励" not in words(guests.by(name).get("/notices"))


def test_a_page_asks_the_same_few_statements_however_many_lines(guests: Guests) -> None:
    """A list of hundreds costs what a list of five costs."""
    notice, _code = hanging(guests)
    guest = guests.stranger()
    assert guests.statements(guest, f"/notices/{notice}") <= 12
    assert guests.statements(guest, "/notices") <= 12


@pytest.mark.parametrize("path", ["/notices", "/notices/{notice}"])
def test_pages_open_to_anybody_are_not_for_search_engines_to_keep(guests: Guests, path: str) -> None:
    """A list that takes itself down must not live on elsewhere."""
    notice, _code = hanging(guests)
    answer = guests.stranger().client.get(path.format(notice=notice))
    assert "noindex" in answer.headers.get("x-robots-tag", "") or path == "/notices"
