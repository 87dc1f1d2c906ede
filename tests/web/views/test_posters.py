"""Posters on pages: made, printed, taken down."""

from __future__ import annotations

from tests.web.guests import Guests, links, words
from tests.web.site import token_in


def made(guests: Guests) -> str:
    """The code of a poster that 马丽 made for 六和社区."""
    head = guests.by("马丽")
    page = head.get("/posters")
    where = head.press(page, "/posters", key="p1", area="440310001002")
    assert head.press(page, "/posters", key="p1", area="440310001002") == where
    return where.removeprefix("/posters/")


def test_a_poster_is_made_printed_and_taken_down(guests: Guests) -> None:
    """Its sheet shows where the QR leads; afterwards it leads nowhere."""
    code = made(guests)
    head, stranger = guests.by("马丽"), guests.stranger()
    assert "/posters" in links(head.get("/events"), "/posters")
    sheet = head.get(f"/posters/{code}")
    assert f"http://localhost/r/{code}" in words(sheet)
    assert "<svg" in sheet
    assert "六和社区" in words(stranger.get(f"/r/{code}"))
    for _ in range(2):
        assert head.press(sheet, f"/posters/{code}/end", key="e1") == "/posters"
    stranger.get(f"/r/{code}", 404)
    head.get(f"/posters/{code}", 404)
    assert "还没有海报" in words(head.get("/posters"))


def test_only_those_who_head_the_place(guests: Guests) -> None:
    """Others find no such page, and an unknown place is said."""
    code = made(guests)
    for name in ("刘洋", "李梅", "周静", "王秀兰"):
        guests.by(name).get("/posters", 404)
        guests.by(name).get(f"/posters/{code}", 404)
    head = guests.by("马丽")
    answer = head.client.post(
        "/posters", data={"csrf": token_in(head.get("/posters")), "key": "p2", "area": "月亮"}
    )
    assert (answer.status_code, "没有找到这个地方" in words(answer.text)) == (422, True)
