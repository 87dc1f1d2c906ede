"""Alliances on pages: founded, joined and left, by the admins of their area alone."""

from __future__ import annotations

import re

from points.market import alliances
from points.people import roles
from points.sample.town import COMMUNITY, DISTRICT
from tests.web import barber
from tests.web.guests import Guests, words
from tests.web.site import token_in

HE_WEI = "S-0006"


def test_an_admin_founds_an_alliance_and_lets_join_and_leave(guests: Guests) -> None:
    """By the name of the place, from a list of what lies there."""
    chen = guests.by("陈国强")
    page = chen.get("/alliances")
    at = chen.press(page, "/alliances", name="红色信用联盟", kind="alliance", area="440310000000")
    page = chen.get(at)
    assert 'value="shop/1"' in page
    chen.press(page, at + "/members", who="community/440310001002")
    chen.press(page, at + "/members", who="shop/1")
    page = chen.get(at)
    assert "六和社区" in words(page)
    membership = re.search(r'name="membership" value="([^"]+)"', page)
    assert membership
    for _ in range(2):
        chen.press(page, at + "/leaves", membership=membership[1])
    assert "退出了的" in words(chen.get(at))
    assert "红色信用联盟" in words(chen.get("/alliances"))


def test_what_cannot_be_founded_is_said_and_what_was_typed_stays(guests: Guests) -> None:
    """A place that is none, a name that another has; the very same once more is the same alliance."""
    chen = guests.by("陈国强")
    page = chen.get("/alliances")
    typed = {"name": "红色信用联盟", "kind": "alliance", "area": DISTRICT}
    at = chen.press(page, "/alliances", **typed)
    assert chen.press(page, "/alliances", **typed) == at
    for change, why, stays in (
        ({"area": "月亮街道"}, "没有找到这个地方", "月亮街道"),
        ({"kind": "demonstration"}, "这个名字已经有了（第 1 号）", "红色信用联盟"),
        ({"name": ""}, "#name", "坪山区"),
    ):
        answer = chen.client.post("/alliances", data={"csrf": token_in(page), **typed, **change})
        problems, _, below = answer.text.partition('id="errors"')[2].partition("</div>")
        assert (answer.status_code, why in problems, stays in below) == (422, True, True), change


def test_only_its_area_looks_and_only_its_admins_change(guests: Guests) -> None:
    """何伟 audits one community: the district's alliance is not there for him. 周静 audits all: she only reads."""
    number, elsewhere = guests.run(_found, guests)
    he, zhou, chen = guests.by("何伟"), guests.by("周静"), guests.by("陈国强")
    at = f"/alliances/{number}"
    he.get(at, 404)
    assert "红色信用联盟" not in words(he.get("/alliances"))
    page = zhou.get(at)
    assert "六和社区" in words(page)
    assert 'name="membership"' not in page
    token = token_in(page)
    for path, fields in (("/members", {"who": "shop/1"}), ("/leaves", {"membership": elsewhere})):
        assert zhou.client.post(at + path, data={"csrf": token, **fields}).status_code == 404
    csrf = {"csrf": token_in(chen.get(at))}
    assert chen.client.post(at + "/leaves", data={**csrf, "membership": elsewhere}).status_code == 404
    outside = chen.client.post(at + "/members", data={**csrf, "who": "shop/99"})
    assert (outside.status_code, "99" in words(outside.text)) == (422, True)
    chen.get("/alliances/99", 404)


async def _found(guests: Guests) -> tuple[int, str]:
    """The number of the district's alliance with a community, and the key of a membership of another alliance."""
    book, said = guests.book, {"by": barber.ADMIN, "on": guests.book.today()}
    await roles.grant(book, member=HE_WEI, role="auditor", area=COMMUNITY, **said)
    joined = []
    for name in ("红色信用联盟", "另一个联盟"):
        one = await alliances.found(book, name, kind="alliance", area=DISTRICT, **said)
        joined.append(await alliances.join(book, one.number, kind="community", who=COMMUNITY, **said))
    return joined[0].alliance, joined[1].id
