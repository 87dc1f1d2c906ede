"""The register on pages: people are found, looked at and enrolled by those who answer for where they are."""

from __future__ import annotations

from typing import Any

import pytest

from points.people.models import Card, Member
from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in

NEW = "/members/new"
QIAN = {
    "name": "钱晓明",
    "phone": "10000980001",
    "born": "1990-05-06",
    "kind": "volunteer",
    "area": "六和社区",
    "language": "zh",
    "agrees": ["named"],
    "pin": "739164",
}


def sent(guest: Guest, path: str, **fields: Any) -> Any:
    """The answer to a form."""
    return guest.client.post(path, data={"csrf": token_in(guest.get(NEW)), **fields})


def test_enrolled_once_for_each_key_with_number_and_card(guests: Guests) -> None:
    """The number and the card are on the next page; the new member signs in with the PIN."""
    guest = guests.by("张强")
    page = guest.get(NEW)
    where = guest.press(page, NEW, key="k1", **QIAN)
    assert guest.press(page, NEW, key="k1", **QIAN) == where
    number = where.split("/")[2].split("?")[0]
    said = words(guest.get(where))
    assert f"登记好了 成员号 {number} 积分卡号" in said
    assert "公示时写出姓名 同意" in said
    resident = guests.stranger()
    fields = {"next": "/", "number": "10000980001", "secret": QIAN["pin"]}
    assert resident.press(resident.get("/signin"), "/signin", **fields) == "/"

    async def members() -> int:
        return await Member.filter(number=number).using_db(guests.book.reader).count()

    assert guests.run(members) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"phone": "12"}, "以 1 开头的 11 位数字"),
        ({"phone": "10000900001"}, "已经登记给另一位成员"),
        ({"born": "2999-01-01"}, "出生日期不对"),
        ({"born": "2019-01-01"}, "未满 14 岁，要监护人同意"),
        ({"kind": "staff"}, "请在类别里选一项"),
        ({"agrees": ["everything"]}, "请在"),
        ({"area": "月亮"}, "没有找到这个地方"),
        ({"pin": "123456"}, "太容易猜"),
    ],
)
def test_what_is_wrong_is_said_and_kept(shared: Guests, change: dict[str, Any], sentence: str) -> None:
    """422, with what was typed still there, but never the PIN."""
    answer = sent(shared.by("张强"), NEW, key="w1", **{**QIAN, **change})
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert 'value="1990-05-06"' in answer.text or "born" in change
    assert "739164" not in answer.text


def test_phones_and_cards_lead_to_one_person_and_a_name_to_a_list(shared: Guests) -> None:
    """What was typed is in no address; nobody found says what to do."""
    guest = shared.by("张强")
    for who in ("10000900001", "v1", "王秀兰"):
        assert sent(guest, "/members", who=who).headers["location"] == "/members/V-000001"
    listed = words(sent(guest, "/members", who="王").text)
    assert "王秀兰" in listed
    assert "王军" in listed
    assert "没有找到" in words(sent(guest, "/members", who="10000999999").text)


def test_a_members_page_says_what_is_known(shared: Guests) -> None:
    """Number, kind, place, phone, card, points; and what can be done."""
    said = words(shared.by("张强").get("/members/V-000001"))
    for part in (
        "王秀兰",
        "志愿服务人员",
        "六和社区居委会",
        "10000900001",
        "可以用的积分",
        "重设密码",
        "卡丢了",
    ):
        assert part in said, part
    walker = words(shared.by("刘洋").get("/members/V-000001"))
    assert "重设密码" not in walker


@pytest.mark.parametrize("name", ["王秀兰", "李梅", "周静", "马丽"])
def test_others_have_no_register(shared: Guests, name: str) -> None:
    """For them its pages are not there, nor for an unknown number."""
    guest = shared.by(name)
    for path in ("/members", NEW, "/members/V-000001", "/members/cards?member=V-000001"):
        guest.get(path, 404)
    shared.by("张强").get("/members/V-999999", 404)
    shared.by("刘洋").get("/members/cards?member=V-000001", 404)


def test_every_page_asks_a_constant_number_of_statements(guests: Guests) -> None:
    """With one more member it is not one more."""
    guest = guests.by("张强")
    before = [guests.statements(guest, path) for path in ("/members", "/members/V-000001")]
    assert max(before) <= 26
    for n in range(3):
        guest.press(guest.get(NEW), NEW, key=f"s{n}", **{**QIAN, "phone": f"1000098010{n}", "pin": ""})
    assert [guests.statements(guest, path) for path in ("/members", "/members/V-000001")] == before

    async def cards() -> int:
        return await Card.all().using_db(guests.book.reader).count()

    assert guests.run(cards) > 0
