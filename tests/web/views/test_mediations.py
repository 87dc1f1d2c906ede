"""A mediator's pages: one's cases, a new one, its result, and looking again."""

from __future__ import annotations

from datetime import timedelta

from points.events.assignments import verifier_of
from points.events.mediations import Case, find
from points.people import members, roles, signin
from points.sample.town import COMMUNITY
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in

NEW = "/mediations/new"
CANARIES = ("卡那利甲", "10000987001", "卡那利乙", "阳台漏水淹了卡那利")
SAID = {
    "dispute": "neighbour",
    "area": COMMUNITY,
    "on": "2026-01-05",
    "at": "9:30",
    "who": f"{CANARIES[0]} {CANARIES[1]}\r\n{CANARIES[2]}",
    "about": CANARIES[3],
}
RESULT = {
    "outcome": "difficult",
    "agreement": "written",
    "mediators": "V-000004 ６０％\r\n S-0012 40",
}


def filed(guests: Guests, guest: Guest, key: str = "k1") -> str:
    """The page of a mediation that was just written down."""
    return guest.press(guest.get(NEW), NEW, key=key, **SAID)


def case(guests: Guests, path: str) -> Case:
    """It, from the book."""
    found: Case = guests.run(find, guests.book, path.split("/")[2])
    return found


def settled(guests: Guests, guest: Guest, key: str = "k1") -> str:
    """The page of one whose result was recorded."""
    path, on = filed(guests, guest, key), guests.book.today() + timedelta(days=30)
    return guest.press(guest.get(f"{path}/outcome"), f"{path}/outcome", key=key, follow_up_on=on, **RESULT)


def test_from_the_quarrel_to_looking_again(guests: Guests) -> None:
    """Written down and sealed, settled in agreed shares, given to a verifier, looked at again."""
    zhao = guests.by("赵德海")
    assert "我的调解" in words(zhao.get("/mediations"))
    path = filed(guests, zhao)
    page = zhao.get(path)
    assert "封存" in words(page)
    assert "邻里纠纷" in words(page)
    assert not any(word in page for word in CANARIES)
    assert f"{path}/outcome" in links(page, path)
    on = guests.book.today() + timedelta(days=30)
    for _ in range(2):
        zhao.press(zhao.get(f"{path}/outcome"), f"{path}/outcome", key="r", follow_up_on=on, **RESULT)
    assert case(guests, path).shares == {"V-000004": 60, "S-0012": 40}
    assert guests.run(verifier_of, guests.book, path.split("/")[2]) in ("S-0003", "S-0006")
    page = zhao.get(path)
    assert "占 60%" in words(page)
    assert "还没有回访" in words(page)
    zhao.press(page, f"{path}/follow-ups", key="f", held="yes")
    assert "履行得好" in words(zhao.get(path))
    assert path in links(zhao.get("/mediations"), "/mediations/")


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(guests: Guests) -> None:
    """Nothing of it is written down."""
    zhao = guests.by("赵德海")
    form = zhao.get(NEW)
    for field, value, sentence in (
        ("who", "", "请填写当事人。"),
        ("area", "火星", "没有找到这个地方"),
        ("on", "2099-01-01", "还没到那个时候"),
        ("dispute", "war", "没有“war”这一类纠纷"),
    ):
        sent = {"csrf": token_in(form), "key": "w", **SAID, field: value}
        answer = zhao.client.post(NEW, data=sent)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True), field
        assert SAID["about"] in answer.text
    path = filed(guests, zhao)
    form = zhao.get(f"{path}/outcome")
    for wrong, sentence in (
        ({"mediators": "V-000004 60"}, "加起来要正好 100"),
        ({"mediators": "V-000004 60\nS-0012"}, "要么每位都写份额"),
        ({"mediators": "V-777777"}, "V-777777"),
        ({"agreement": "none"}, "调成了就有书面或口头协议"),
        ({"studio": "T-0001"}, "没有编号是 T-0001 的调解室"),
    ):
        on = guests.book.today().isoformat()
        sent = {"csrf": token_in(form), "key": "w", "follow_up_on": on, **RESULT, **wrong}
        answer = zhao.client.post(f"{path}/outcome", data=sent)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True), wrong
    assert case(guests, path).result is None


def test_who_sees_that_it_is_there(guests: Guests) -> None:
    """Its mediator, the head, the admin and the auditor; a colleague, the verifier and all others read 404."""
    zhao = guests.by("赵德海")
    path = settled(guests, zhao)
    event = path.replace("mediations", "events")
    for name in ("马丽", "陈国强", "周静"):
        guest = guests.by(name)
        assert path in guest.get(event)
        page = guest.get(path)
        assert "封存" in words(page)
        assert ("记在账上并打开" in page) is (name == "周静")
        assert f"{path}/outcome" not in page
    for name in ("李梅", "何伟", "刘洋", "王秀兰", "张强", "高峰"):
        guests.by(name).get(path, 404)
    assert "封存" in words(guests.by("李梅").get(event))
    assert path not in guests.by("李梅").get(event)
    guests.run(colleague, guests)
    other = guests.stranger()
    form = other.get("/signin/staff")
    other.press(form, "/signin/staff", next="/", number="S-0013", secret="tongshi-5120")
    assert path not in other.get("/mediations")
    token = token_in(other.get(NEW))
    for tail in ("", "/outcome"):
        other.get(path + tail, 404)
    for tail in ("/outcome", "/follow-ups", "/openings"):
        said = {"csrf": token, "key": "x", "reason": "audit", "held": "yes", **RESULT}
        assert other.client.post(path + tail, data=said).status_code == 404


async def colleague(guests: Guests) -> None:
    """Another mediator of the same community."""
    book, today = guests.book, guests.book.today()
    await members.enrol(
        book, name="同事", kind="staff", area=COMMUNITY, by="S-0001", on=today, key="colleague"
    )
    await roles.grant(book, member="S-0013", role="mediator", area=COMMUNITY, by="S-0001", on=today)
    pepper = guests.app.state.settings.pepper()
    await signin.set_password(book, "S-0013", "tongshi-5120", by="S-0013", pepper=pepper)


def test_what_is_due_is_shown_to_mediator_and_head(guests: Guests) -> None:
    """On the day in one's list, and in the week of whoever heads the grid."""
    zhao = guests.by("赵德海")
    path, on = filed(guests, zhao), guests.book.today().isoformat()
    zhao.press(zhao.get(f"{path}/outcome"), f"{path}/outcome", key="r", follow_up_on=on, **RESULT)
    assert "今天回访" in words(zhao.get("/mediations"))
    week = guests.by("马丽").get("/week")
    assert "该回访的调解" in words(week)
    assert path.replace("mediations", "events") in week
    head = guests.by("马丽")
    head.press(head.get(path), f"{path}/follow-ups", key="f", held="no")
    assert "没有履行" in words(head.get(path))
    assert "今天回访" not in words(zhao.get("/mediations"))


def test_a_list_and_a_case_cost_the_same_however_many_there_are(guests: Guests) -> None:
    """A constant number of statements."""
    zhao = guests.by("赵德海")
    path = settled(guests, zhao)
    few = guests.statements(zhao, "/mediations"), guests.statements(zhao, path)
    for n in range(3):
        settled(guests, zhao, key=f"more{n}")
    assert (guests.statements(zhao, "/mediations"), guests.statements(zhao, path)) == few
    assert max(few) <= 40
