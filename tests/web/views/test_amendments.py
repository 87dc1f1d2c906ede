"""Placing an event on a page."""

from __future__ import annotations

from points.events import events
from tests.web.guests import Guests, links, words
from tests.web.site import token_in


def test_an_event_without_a_community_gets_one(guests: Guests) -> None:
    """It leaves the list of those without, and waits for a verifier of its place; twice is once."""
    guest = guests.by("陈国强")
    before = links(guest.get("/events?unplaced=1"), "/events/")
    path = before[0]
    page = guest.get(path + "/amendment")
    for _ in range(2):
        fields = {"key": "p1", "area": "六和社区", "category": "F", "severity": "ordinary"}
        assert guest.press(page, path + "/amendment", **fields) == path
    assert path not in links(guest.get("/events?unplaced=1"), "/events/")
    assert "六和社区" in words(guest.get(path))

    async def whole() -> events.Whole:
        return await events.find(guests.book, path.split("/")[2])

    assert guests.run(whole).event.category == "F"


def test_what_cannot_be_amended_is_said(guests: Guests) -> None:
    """An unknown place, or nothing to change; and it is not there for those who may not."""
    guest = guests.by("陈国强")
    path = links(guest.get("/events?unplaced=1"), "/events/")[0] + "/amendment"
    token = token_in(guest.get(path))
    for area, sentence in (("月亮", "没有找到这个地方"), ("", "没有社区的事先定社区")):
        fields = {"csrf": token, "key": "p2", "area": area, "category": "F", "severity": "ordinary"}
        answer = guest.client.post(path, data=fields)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)
    for name in ("李梅", "刘洋", "周静"):
        guests.by(name).get(path, 404)
