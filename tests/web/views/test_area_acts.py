"""Changing areas by pages."""

from __future__ import annotations

import pytest

from points.people.models import Area
from points.people.records import AreaChange
from points.sample.town import COMMUNITY, STREET
from tests.web.guests import Guests, words


def test_an_admin_sets_up_a_grid_notes_it_prints_its_card_and_renames_the_community(guests: Guests) -> None:
    """Twice pressed is once; the new name stands everywhere, the old one under “以前”; the card says who serves."""
    admin = guests.by("陈国强")
    page = admin.get(f"/areas/{COMMUNITY}/edit")
    new = {"key": "k1", "below": "第一网格", "level": "grid"}
    grid = [admin.press(page, f"/areas/{COMMUNITY}/below", **new) for _ in range(2)]
    assert grid == [f"/areas/{COMMUNITY}001"] * 2
    noted = {"key": "k2", "kind": "lane", "households": "320", "head": "S-0009", "worker": "V-000001"}
    admin.press(page, f"{grid[0]}/profile", **noted)
    said = words(admin.get(grid[0]))
    for part in ("街巷型", "320 户", "马丽"):
        assert part in said
    card = words(admin.get(f"{grid[0]}/card"))
    assert "马丽" in card
    assert "王*兰" in card
    assert "王秀兰" not in card
    admin.get(f"/areas/{COMMUNITY}/card", 404)
    admin.press(page, f"/areas/{COMMUNITY}/name", key="k3", name="六合社区居委会")
    assert "六合社区居委会" in words(admin.get(f"/areas/{STREET}"))
    assert "改名为“六合社区居委会”，原来叫“六和社区居委会”" in words(admin.get(f"/areas/{COMMUNITY}"))


def test_a_merged_community_is_found_below_the_other(guests: Guests) -> None:
    """Chosen by name; afterwards its page says so, and it is merged once."""
    admin = guests.by("陈国强")
    page = admin.get(f"/areas/{COMMUNITY}/edit")
    for _ in range(2):
        gone = admin.press(page, f"/areas/{COMMUNITY}/merger", key="m", into="六联社区居委会")
        assert gone == "/areas/440310001001"
    said = words(admin.get(f"/areas/{COMMUNITY}"))
    assert "六联社区居委会（原六和社区居委会）" in said
    assert "这里已经合并或关闭" in said

    async def merges() -> int:
        return await AreaChange.filter(what="merged").using_db(guests.book.reader).count()

    assert guests.run(merges) == 1
    assert words(guests.by("刘洋").get("/events"))


@pytest.mark.parametrize(
    ("what", "said", "expected"),
    [
        ("name", {"name": ""}, "请填写新名字"),
        ("merger", {"into": "没有这里"}, "没有区划"),
        ("closing", {}, "没有改"),
        ("below", {"below": "x"}, "哪一级"),
        ("grouping", {"number": "B-0099"}, "没有党支部"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_done(
    shared: Guests, what: str, said: dict[str, str], expected: str
) -> None:
    """The page comes again with the reason."""
    admin = shared.by("陈国强")
    place = STREET if what == "closing" else COMMUNITY
    token = admin.get(f"/areas/{place}/edit").split('name="csrf" value="', 1)[1].split('"', 1)[0]
    answer = admin.client.post(f"/areas/{place}/{what}", data={"csrf": token, "key": "x", **said})
    assert answer.status_code == 422
    assert expected in words(answer.text)

    async def grids() -> int:
        return await Area.filter(level="grid").using_db(shared.book.reader).count()

    assert shared.run(grids) == 0
