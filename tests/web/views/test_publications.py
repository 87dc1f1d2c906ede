"""Publication on pages: asked by one with the minutes, published by another who reads the same."""

from __future__ import annotations

import re

from tests.web import ruling
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from tests.web.views.test_rule_drafts import DRAFT, sent, tomorrow


def asked(guests: Guests, admin: Guest) -> str:
    """A draft, a meeting, and the request for it."""
    number = guests.run(ruling.meeting, guests.book, guests.app.state.settings)
    sent(admin, admin.get(DRAFT), rules__report__points="3", in_force_from=tomorrow(guests))
    page = admin.get(DRAFT + "/publication")
    assert number in words(page)
    draft = page.split('name="draft" value="', 1)[1].split('"', 1)[0]
    found = {
        admin.press(page, "/rule-books/requests", key="k", draft=draft, meeting=number) for _ in range(2)
    }
    assert len(found) == 1
    return found.pop()


def decided(guest: Guest, path: str, *, decision: str, digest: str = "") -> tuple[int, str]:
    """The form of a request, sent."""
    page = guest.get(path)
    seen = re.search(r'name="digest" value="([^"]*)"', page)
    said = {"csrf": token_in(page), "digest": digest or (seen[1] if seen else "x"), "decision": decision}
    answer = guest.client.post(path, data=said)
    return int(answer.status_code), words(answer.text) if answer.status_code == 422 else ""


def test_two_people_publish_and_the_version_shows_the_meeting(guests: Guests) -> None:
    """陈国强 asks and cannot publish it; 郑义 reads the same codes and does; twice is once; the text can be kept."""
    admin, second = guests.by("陈国强"), guests.by("郑义")
    request = asked(guests, admin)
    assert "要另一位管理员或审批人发布" in words(admin.get(request))
    status, said = decided(admin, request, decision="publish")
    assert (status, "自己申请的" in said) == (422, True)
    assert request in links(second.get("/rule-books"), "/rule-books/requests/")
    page = words(second.get(request))
    assert "细则议事会" in page
    assert "2 → 3" in page
    (paper,) = links(second.get(request), f"{request}/papers/")
    assert second.client.get(paper).content.startswith(b"%PDF")
    second.get(f"{request}/papers/{'0' * 32}", 404)
    guests.by("李梅").get(paper, 404)
    status, said = decided(second, request, decision="publish", digest="sha256:other")
    assert (status, "和您看到的不一样了" in said) == (422, True)
    for _ in range(2):
        assert decided(second, request, decision="publish")[0] in (303, 422)
    assert "已发布" in words(second.get(request))
    version = words(admin.get("/rule-books/2"))
    for part in ("将要生效", "细则议事会", "郑义", "陈国强", "2 → 3", "sha256:"):
        assert part in version
    text = admin.client.get("/rule-books/2/rules.toml")
    assert "points = 3\n" in text.text
    assert "jishan-rules-2.toml" in text.headers["content-disposition"]
    assert "第 2 版 将要生效" in words(admin.get("/rule-books"))
    admin.get("/rule-books/3", 404)
    admin.get("/rule-books/99999999999", 404)


def test_a_refusal_publishes_nothing(guests: Guests) -> None:
    """郑义 does not agree, and says so; nobody is offered the button any more."""
    admin, second = guests.by("陈国强"), guests.by("郑义")
    request = asked(guests, admin)
    assert decided(second, request, decision="maybe")[0] == 422
    assert decided(second, request, decision="refuse")[0] == 303
    assert "没有同意" in words(admin.get(request))
    admin.get("/rule-books/2", 404)
    assert 'name="decision"' not in second.get(request)


def test_what_cannot_be_asked_for_is_told_beside_the_field(guests: Guests) -> None:
    """No draft, no meeting, a day that is too early; a request that is none."""
    admin = guests.by("陈国强")
    page = admin.get(DRAFT + "/publication")
    assert "还没有保存过草稿" in words(page)
    said = {"csrf": token_in(page), "key": "k", "draft": "", "meeting": "E-1999-000001"}
    answer = admin.client.post("/rule-books/requests", data=said)
    assert (answer.status_code, "一字不差" in words(answer.text)) == (422, True)
    sent(admin, admin.get(DRAFT), rules__report__points="3")
    page = admin.get(DRAFT + "/publication")
    draft = page.split('name="draft" value="', 1)[1].split('"', 1)[0]
    answer = admin.client.post("/rule-books/requests", data={**said, "draft": draft})
    assert (answer.status_code, "2000-01-01 太早" in words(answer.text)) == (422, True)
    sent(admin, admin.get(DRAFT), in_force_from=tomorrow(guests))
    page = admin.get(DRAFT + "/publication")
    draft = page.split('name="draft" value="', 1)[1].split('"', 1)[0]
    answer = admin.client.post("/rule-books/requests", data={**said, "draft": draft})
    assert (answer.status_code, "找不到会议" in words(answer.text)) == (422, True)
    assert admin.client.post("/rule-books/requests", data={"csrf": said["csrf"]}).status_code == 422
    admin.get("/rule-books/requests/0", 404)
