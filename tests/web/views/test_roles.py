"""Roles by pages: asked for by one, approved by another."""

from __future__ import annotations

from tests.web.guests import Guests, links, words


def test_a_role_of_two_people_is_asked_for_and_approved_on_two_pages(guests: Guests) -> None:
    """陈国强 asks for 李梅 and cannot approve it himself; 郑义 approves; from the next request on she holds it."""
    admin, second = guests.by("陈国强"), guests.by("郑义")
    asked = {"key": "k", "member": "S-0003", "role": "fund_keeper", "area": "坪山街道"}
    request = [admin.press(admin.get("/roles"), "/roles", **asked) for _ in range(2)]
    assert request[0] == request[1]
    assert "要另一人审批" in words(admin.get(request[0]))
    assert request[0] in links(second.get("/roles"), "/roles/requests/")
    page = second.get(request[0])
    digest = page.split('name="digest" value="', 1)[1].split('"', 1)[0]
    for _ in range(2):
        second.press(page, request[0], digest=digest, decision="approve")
    said = words(second.get("/roles?member=S-0003"))
    assert "李梅 · 资金管理员" in said
    assert "陈国强授予" in said
    assert "郑义审批" in said
    guests.by("刘洋").get("/roles", 404)


def test_a_role_taken_back_is_gone_at_the_next_request(guests: Guests) -> None:
    """何伟 reads his queue, his role is taken back, and the queue is not there any more."""
    admin, verifier = guests.by("陈国强"), guests.by("何伟")
    verifier.get("/verifications")
    page = admin.get("/roles?member=S-0006")
    (path,) = links(page.replace("action=", "href="), "/roles/0")
    for _ in range(2):
        answer = admin.client.post(
            path, data={"csrf": page.split('name="csrf" value="', 1)[1].split('"', 1)[0]}
        )
        assert answer.status_code in (303, 404)
    verifier.get("/verifications", 404)


def test_the_list_is_filtered_by_role_place_and_person(shared: Guests) -> None:
    """And says so when nothing fits."""
    audit = shared.by("周静")
    assert "刘洋 · 网格员" in words(audit.get("/roles?role=grid_worker"))
    assert "李梅 · 核实人" not in words(audit.get("/roles?role=grid_worker"))
    assert "何伟 · 核实人" in words(audit.get("/roles?area=440310001002"))
    assert "没有这样的职责" in words(audit.get("/roles?member=S-0999"))
    assert "授予职责" not in words(audit.get("/roles"))
