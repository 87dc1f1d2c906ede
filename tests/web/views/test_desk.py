"""The desk: what waits for whoever works here, and the way to what is done seldom."""

from __future__ import annotations

import re

import pytest

from tests.web.guests import Guests, links, words
from tests.web.views.objecting import objected


def waiting(page: str) -> dict[str, int]:
    """By label, how many wait; what does not wait is left out."""
    found = re.findall(r'<span class="what">([^<]+)</span><span class="amount">(\d+)', page)
    return {label: int(count) for label, count in found}


@pytest.mark.parametrize(
    ("name", "stands", "hidden"),
    [
        ("陈国强", ["/roles", "/rule-books", "/imports", "/years", "/funds"], ["/second-looks"]),
        ("李梅", ["/second-looks", "/corrections"], ["/roles", "/rule-books", "/imports", "/years"]),
        ("张强", ["/members/applications"], ["/corrections", "/funds", "/roles"]),
    ],
)
def test_everybody_finds_their_own_doors_and_no_others(
    guests: Guests, name: str, stands: list[str], hidden: list[str]
) -> None:
    """All of them open."""
    page = guests.by(name).get("/desk")
    there = set(links(page, "/"))
    assert set(stands) <= there
    assert not there & set(hidden)
    for path in stands:
        guests.by(name).get(path)


def test_what_waits_comes_first_with_its_number_and_goes_when_it_is_done(guests: Guests) -> None:
    """An objection: those who answer see it, the counter does not."""
    assert waiting(guests.by("孙丽").get("/desk")) == {}
    assert "现在没有等您办的" in words(guests.by("孙丽").get("/desk"))
    number = objected(guests)
    publisher = guests.by("孙丽")
    page = publisher.get("/desk")
    assert waiting(page) == {"异议": 1}
    assert page.index('class="what">异议') < page.index('class="what">年终结算')
    assert waiting(guests.by("张强").get("/desk")) == {}
    answer = {"key": "r1", "decision": "dismissed", "text": "查过签到表"}
    publisher.press(publisher.get(f"/objections/{number}"), f"/objections/{number}/ruling", **answer)
    assert waiting(publisher.get("/desk")) == {}


def test_residents_have_no_desk(guests: Guests) -> None:
    """As if it were not there."""
    guests.by("王秀兰").get("/desk", 404)
