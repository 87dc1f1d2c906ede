"""What is done on a member's page, and that nobody does it elsewhere."""

from __future__ import annotations

import pytest

from points.events.models import Contribution
from points.keys import new_key
from points.people import cards, lookup
from points.people.errors import CardStopped
from tests.points.events.photographs import photo
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from tests.web.views.test_attachments import send
from tests.web.views.test_steps import filed

WANG = "/members/V-000001"


def test_a_field_is_put_right_and_a_wrong_value_said(guests: Guests) -> None:
    """The new name is on the page; what cannot be leaves the old one."""
    guest = guests.by("张强")
    page = guest.get(WANG)
    assert guest.press(page, WANG + "/mendings", key="m1", field="name", value="王秀蓝") == WANG
    assert "王秀蓝" in words(guest.get(WANG))
    wrong = guest.client.post(
        WANG + "/mendings", data={"csrf": token_in(page), "key": "m2", "field": "phone", "value": "12"}
    )
    assert (wrong.status_code, "11 位数字" in words(wrong.text)) == (422, True)
    assert "10000900001" in words(guest.get(WANG))


def test_consents_are_given_and_withdrawn_apart(guests: Guests) -> None:
    """By the grid worker too."""
    guest = guests.by("刘洋")
    page = guest.get(WANG)
    guest.press(page, WANG + "/consents", key="c1", what="named", agrees="yes")
    guest.press(page, WANG + "/consents", key="c2", what="board", agrees="yes")
    guest.press(page, WANG + "/consents", key="c3", what="named", agrees="no")
    said = words(guest.get(WANG))
    assert "公示时写出姓名 不同意" in said
    assert "上光荣榜 同意" in said


def test_a_pin_set_anew_signs_out_and_opens_the_lock(guests: Guests) -> None:
    """The old session is away, fifteen wrong tries are forgotten, the new PIN opens."""
    wang = guests.by("王秀兰")
    stranger = guests.stranger()
    page = stranger.get("/signin")
    wrong = {"next": "/", "number": "10000900001", "secret": "111222", "csrf": token_in(page)}
    for _ in range(5):
        last = stranger.client.post("/signin", data=wrong)
    assert stranger.client.post("/signin", data=wrong).status_code == 429, last.status_code
    clerk = guests.by("张强")
    clerk.press(clerk.get(WANG), WANG + "/pin", key="p1", pin="739164")
    wang.get("/points", 303)
    right = {**wrong, "secret": "739164"}
    assert stranger.client.post("/signin", data=right).headers["location"] == "/"


def found_by(guests: Guests, card: str) -> str | None:
    """Whom a card finds at the counter."""

    async def find() -> str | None:
        try:
            (one,) = await lookup.find(guests.book, card)
        except CardStopped:
            return None
        return one.member

    return guests.run(find)  # type: ignore[no-any-return]


def usable(guests: Guests, member: str) -> str:
    """The card of a member."""

    async def of() -> str:
        card = await cards.of(guests.book, member)
        assert card is not None
        return card.number

    return guests.run(of)  # type: ignore[no-any-return]


def test_a_card_lost_finds_nobody_and_a_new_one_does(guests: Guests) -> None:
    """At once, and pressing twice prints one."""
    guest, old = guests.by("张强"), usable(guests, "V-000001")
    page = guest.get(WANG)
    guest.press(page, WANG + "/lost-cards", key="l1", card=old)
    assert found_by(guests, old) is None
    guest.press(page, WANG + "/cards", key="n1")
    new = usable(guests, "V-000001")
    guest.press(page, WANG + "/cards", key="n1")
    assert (usable(guests, "V-000001"), found_by(guests, new)) == (new, "V-000001")
    assert "印 1 张" in words(guest.get("/members/cards?member=V-000001"))


def test_another_members_card_is_not_stopped_from_here(guests: Guests) -> None:
    """A card belongs to one page."""
    guest, other = guests.by("张强"), usable(guests, "V-000002")
    fields = {"csrf": token_in(guest.get(WANG)), "key": "l1", "card": other}
    assert guest.client.post(WANG + "/lost-cards", data=fields).status_code == 404
    assert found_by(guests, other) == "V-000002"


@pytest.mark.parametrize("name", ["王秀兰", "李梅", "周静", "刘洋"])
def test_pins_and_cards_are_for_the_counter(shared: Guests, name: str) -> None:
    """Nobody else sets one, whatever they may look at."""
    guest = shared.by(name)
    token = token_in(guest.get("/points" if name == "王秀兰" else "/catalogue"))
    for path in ("/pin", "/cards"):
        answer = _post(guest, WANG + path, token)
        assert answer == 404, (name, path)


def _post(guest: Guest, path: str, token: str) -> int:
    return int(guest.client.post(path, data={"csrf": token, "key": "x1", "pin": "739164"}).status_code)


def test_a_person_is_erased_by_two_on_pages(guests: Guests) -> None:
    """The counter asks, the admin approves; who asked cannot, and the page says when and why."""
    clerk, admin, one = guests.by("张强"), guests.by("陈国强"), "/members/V-000003"
    clerk.press(clerk.get(one), one + "/erasure-requests", key="e1", reason="died")
    assert (
        clerk.client.post(one + "/erasure", data={"csrf": token_in(clerk.get(one)), "key": "e2"}).status_code
        == 404
    )
    assert "批准删除" in words(admin.get(one))
    where = _photographed(guests, "V-000003")
    for page in (admin.get(one), clerk.get(one)):
        assert (where in page) == (page.count("批准删除") > 0)
    assert "删除一个附件" in words(admin.get(where))
    admin.press(admin.get(one), one + "/erasure", key="e3")
    said = words(admin.get(one))
    assert "个人信息已在" in said
    assert "王军" not in said
    assert "可能有这个人的照片和文件" in said


def _photographed(guests: Guests, member: str) -> str:
    """A photo beside an event that a member took part in; the address at which it is looked at and erased."""
    path = filed(guests)
    guests.run(_took_part, guests, path.split("/")[2], member)
    send(guests.by("刘洋"), path, photo())
    (where,) = links(guests.by("陈国强").get(path), path + "/attachments/0")[:1]
    return where + "/erasure"


async def _took_part(guests: Guests, event: str, member: str) -> None:
    taken = Contribution(id=new_key(), event=event, member=member, role="participant")
    async with guests.book.write() as db:
        await Contribution.bulk_create([taken], using_db=db)
