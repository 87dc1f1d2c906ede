"""Hours and honours on a page: one's own, and over the counter."""

from __future__ import annotations

from tests.web.guests import Guests, links, words
from tests.web.views import servings


def test_hours_stand_apart_from_points(guests: Guests) -> None:
    """In all, this year, by year, and each service opens why; the star says what is missing."""
    guests.run(servings.serve, guests.book, "V-000001", [150, 90])
    wang = guests.by("王秀兰")
    page = wang.get("/hours")
    said = words(page)
    assert "志愿时长，和积分分开记 4 小时 今年" in said
    assert "离一星志愿者还差 96 小时" in said
    assert "民政部《志愿服务记录办法》" in said
    (first, *_) = links(page, "/awards/")
    assert "每小时 2 分 × 1.5 小时 = 3 分" in words(wang.get(first))
    assert "/hours" in links(wang.get("/points"), "/hours")


def test_the_desk_sees_a_members_hours(guests: Guests) -> None:
    """Each service leads to its event; a verifier, who is no clerk, sees nothing."""
    guests.run(servings.serve, guests.book, "V-000001", [150])
    admin = guests.by("陈国强")
    page = admin.get("/members/V-000001/hours")
    assert "2 小时 30 分钟" in words(page)
    assert links(page, "/events/")
    assert "/members/V-000001/hours" in links(admin.get("/members/V-000001"), "/members/V-000001/hours")
    guests.by("李梅").get("/members/V-000001/hours", 404)


def test_a_long_history_asks_no_more(guests: Guests) -> None:
    """The statements of the page do not grow with the services."""
    guests.run(servings.serve, guests.book, "V-000001", [30])
    wang = guests.by("王秀兰")
    one = guests.statements(wang, "/hours")
    guests.run(servings.serve, guests.book, "V-000001", [30] * 6)
    assert guests.statements(wang, "/hours") == one <= 25
