"""Teams and studios by pages."""

from __future__ import annotations

from tests.web.guests import Guests, words


def test_a_team_is_registered_joined_led_and_left(guests: Guests) -> None:
    """By a grid head; a grid worker reads it and has no buttons."""
    head = guests.by("马丽")
    new = {"key": "k", "name": "清洁志愿队", "kind": "team", "area": "六和社区居委会"}
    made = [head.press(head.get("/teams"), "/teams", **new) for _ in range(2)]
    assert made == ["/teams/T-0001"] * 2
    page = head.get("/teams/T-0001")
    head.press(page, "/teams/T-0001", key="e", member="V-000001", act="enter")
    head.press(page, "/teams/T-0001", key="l", member="V-000001", act="lead")
    said = words(guests.by("刘洋").get("/teams/T-0001"))
    assert "王秀兰 V-000001" in said
    assert "负责人 王秀兰" in said
    assert "退队" not in said
    head.press(page, "/teams/T-0001", key="x", member="V-000001", act="leave")
    assert "还没有队员" in words(head.get("/teams/T-0001"))
    assert "清洁志愿队" in words(head.get("/teams"))
    head.get("/teams/T-0009", 404)
