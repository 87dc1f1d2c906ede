"""Applying by a poster on pages: without an account, decided by clerks, followed by the number."""

from __future__ import annotations

from typing import Any

from points.people.models import ApplicationText, Member, Person
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from web.views import public_reports

SAID = {"name": "孙骑手", "phone": "100 0097 0001", "born": "1995-03-04", "agrees": "named"}
AREA = "440310001002"


def hung(guests: Guests) -> str:
    """The code of a poster to apply by, that 马丽 made for 六和社区."""
    head = guests.by("马丽")
    where = head.press(head.get("/posters"), "/posters", key="e1", area=AREA, purpose="enrol")
    return where.removeprefix("/posters/")


def send(guest: Guest, code: str, **fields: str) -> Any:
    """Send the form of a poster."""
    said = {"csrf": token_in(guest.get(f"/e/{code}")), "key": "k1"} | SAID | fields
    return guest.client.post(f"/e/{code}", data=said)


def applied(guests: Guests, code: str, **fields: str) -> str:
    """The number of an application that a stranger sent."""
    answer = send(guests.stranger(), code, **fields)
    assert answer.status_code == 303, words(answer.text)
    return str(answer.headers["location"]).split("number=")[1].split("&")[0]


def texts(guests: Guests) -> int:
    """How many applications there are words of."""

    async def count() -> int:
        return await ApplicationText.all().using_db(guests.book.reader).count()

    found: int = guests.run(count)
    return found


def test_somebody_applies_is_accepted_and_follows_it(guests: Guests) -> None:
    """Twice is once; the number shows no word of theirs; 张强 accepts and prints the card; the words are gone."""
    code = hung(guests)
    assert f"/e/{code}" in words(guests.by("马丽").get(f"/posters/{code}"))
    number = applied(guests, code)
    assert applied(guests, code) == number
    page = guests.stranger().get(f"/follow?number={number}&new=1")
    assert "等社区核对" in words(page)
    assert "孙骑手" not in page
    clerk = guests.by("张强")
    assert links(clerk.get("/members"), "/members/applications")
    listed = clerk.get("/members/applications")
    assert [
        said
        for said in ("孙骑手", "10000970001", "1995-03-04", "公示时写出姓名")
        if said not in words(listed)
    ] == []
    path = f"/members/applications/{number}"
    where = clerk.press(listed, path, decision="accept")
    shown = clerk.get(where)
    assert "孙骑手" in words(shown)
    assert 'action="/card-printings"' in shown
    assert clerk.press(listed, path, decision="accept") == where.removesuffix("?new=1")
    assert where.split("/")[2].split("?")[0] in words(guests.stranger().get(f"/follow?number={number}"))
    assert texts(guests) == 0
    assert "现在没有人在等" in words(clerk.get("/members/applications"))


def test_somebody_is_declined_for_a_reason_they_can_read(guests: Guests) -> None:
    """A reason must be one of ours; then the words are gone, and deciding again leads back to the list."""
    code, clerk = hung(guests), guests.by("刘洋")
    number = applied(guests, code)
    listed, path = clerk.get("/members/applications"), f"/members/applications/{number}"
    assert "积分卡和密码在窗口办" in words(listed)
    answer = clerk.client.post(path, data={"csrf": token_in(listed), "decision": "refuse", "reason": "ugly"})
    assert (answer.status_code, texts(guests)) == (422, 1)
    for _ in range(2):
        assert clerk.press(listed, path, decision="refuse", reason="elsewhere") == "/members/applications"
    assert "没有通过：不在这一带活动" in words(guests.stranger().get(f"/follow?number={number}"))
    assert texts(guests) == 0


def test_what_is_missing_is_said_and_a_child_needs_a_guardian(guests: Guests) -> None:
    """What was typed stays; a guardian fills in for somebody under 14, and says that they agree."""
    code, stranger = hung(guests), guests.stranger()
    young = {"born": f"{guests.book.today().year - 8}-01-01"}
    named = young | {"guardian_name": "孙父亲", "guardian_phone": "10000970009"}
    for fields, sentence in (
        ({"name": ""}, "请填写姓名"),
        ({"phone": "12345"}, "手机"),
        ({"born": "2999-01-01"}, "出生日期不对"),
        (young, "要监护人自己来填"),
        (young | {"guardian_agrees": "yes"}, "要监护人同意"),
        (named, "要监护人自己来填"),
        (named | {"guardian_agrees": "yes", "guardian_phone": "123"}, "手机"),
    ):
        answer = send(stranger, code, **fields)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True), fields
        assert "孙骑手" in answer.text or not fields.get("name", "x")
    assert texts(guests) == 0
    applied(guests, code, **named, guardian_agrees="yes")
    assert "孙父亲，10000970009" in words(guests.by("张强").get("/members/applications"))


def test_a_phone_known_already_is_pointed_out_and_cannot_be_accepted(guests: Guests) -> None:
    """The stranger is told nothing of it; the clerk reads whose it is, and accepting says why not."""
    code, clerk = hung(guests), guests.by("张强")

    async def phone() -> str:
        return str((await Person.get(member="V-000001", using_db=guests.book.reader)).phone)

    number = applied(guests, code, phone=guests.run(phone))
    listed = clerk.get("/members/applications")
    assert "王秀兰（V-000001）用的是这个手机" in words(listed)
    answer = clerk.client.post(
        f"/members/applications/{number}", data={"csrf": token_in(listed), "decision": "accept"}
    )
    assert (answer.status_code, texts(guests)) == (422, 1)
    assert "V-000001" in links(answer.text, "/members/V-")[0]


def test_only_clerks_of_the_place_see_it(guests: Guests) -> None:
    """Others find no such page, nor an application; nor does a stranger by anything but its poster."""
    code = hung(guests)
    number = applied(guests, code)
    for name in ("马丽", "李梅", "周静", "王秀兰"):
        guest = guests.by(name)
        guest.get("/members/applications", 404)
        answer = guest.client.post(
            f"/members/applications/{number}",
            data={"csrf": token_in(guest.get("/points")), "decision": "accept"},
        )
        assert answer.status_code == 404
    clerk = guests.by("张强")
    answer = clerk.client.post(
        "/members/applications/AAAAA-AAAAA",
        data={"csrf": token_in(clerk.get("/members/applications")), "decision": "accept"},
    )
    assert answer.status_code == 404
    guests.stranger().get(f"/r/{code}", 404)

    async def special() -> int:
        return (
            await Member.filter(kind="special", enrolled_on=guests.book.today().isoformat())
            .using_db(guests.book.reader)
            .count()
        )

    assert guests.run(special) == 0


def test_an_address_applies_so_often(guests: Guests) -> None:
    """As often as it reports; then it waits, and nothing more is kept."""
    code, stranger = hung(guests), guests.stranger()
    for number in range(public_reports.REPORTS_AT_MOST):
        assert send(stranger, code, key=f"k{number}").status_code == 303
    assert send(stranger, code, key="more").status_code == 429
    assert texts(guests) == public_reports.REPORTS_AT_MOST


def test_the_pages_cost_a_constant_number_of_statements(guests: Guests) -> None:
    """The list with five as with one; the form, whoever looks."""
    code, clerk = hung(guests), guests.by("张强")
    applied(guests, code)
    few = guests.statements(clerk, "/members/applications")
    for number in range(4):
        applied(guests, code, key=f"m{number}", phone=f"1000097001{number}")
    assert guests.statements(clerk, "/members/applications") == few <= 16
    assert guests.statements(guests.stranger(), f"/e/{code}") <= 6
