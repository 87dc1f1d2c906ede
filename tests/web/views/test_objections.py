"""Objections on pages: whoever has no part in it rules, the member is told, and nobody reads who objected."""

from __future__ import annotations

from tests.web.guests import Guests, links, words
from tests.web.site import token_in
from tests.web.views.objecting import objected

STATEMENT = "/statement"


def test_an_objection_goes_from_the_notice_to_its_answer(guests: Guests) -> None:
    """A neighbour objects, the member reads that there is one and not by whom, the publisher dismisses it."""
    number = objected(guests)
    member, publisher = guests.by("王秀兰"), guests.by("孙丽")
    told = words(member.get(STATEMENT))
    assert "有异议，冻结中" in told
    assert "赵敏" not in told
    assert "有异议，冻结中" in words(member.get("/points"))
    queue = publisher.get("/objections")
    assert f"/objections/{number}" in links(queue, "/objections/")
    page = publisher.get(f"/objections/{number}")
    assert "那天没有看到人" in words(page)
    where = f"/objections/{number}/ruling"
    for _ in range(2):
        publisher.press(page, where, key="r1", decision="dismissed", text="查过签到表")
    assert "查过签到表" in words(guests.by("赵敏").get(f"/objections/{number}"))
    assert "有异议，冻结中" not in words(member.get(STATEMENT))
    assert f"/objections/{number}" not in links(publisher.get("/objections"), "/objections/")


def test_an_upheld_objection_takes_the_points_back(guests: Guests) -> None:
    """The line is corrected, and another answer is refused in words."""
    number = objected(guests, by="")
    publisher = guests.by("孙丽")
    page, where = publisher.get(f"/objections/{number}"), f"/objections/{number}/ruling"
    publisher.press(page, where, key="r1", decision="upheld", text="确实没有")
    said = {"csrf": token_in(publisher.get("/notices")), "key": "r2", "decision": "dismissed", "text": "再看"}
    answer = publisher.client.post(where, data=said)
    assert answer.status_code == 422
    assert "已经答复过了" in words(answer.text)
    assert "积分已经收回" in words(guests.stranger().get(f"/objections/{number}"))


def test_who_only_has_the_number_reads_nothing_but_how_far_it_is(guests: Guests) -> None:
    """Not the words, not the award behind it; and who does not publish there cannot answer."""
    number = objected(guests)
    for who in (guests.stranger(), guests.by("王秀兰"), guests.by("李梅")):
        page = who.get(f"/objections/{number}")
        assert "那天没有看到人" not in words(page)
        assert "/awards/" not in page
    for name in ("李梅", "王秀兰", "周静", "陈国强"):
        guest = guests.by(name)
        said = {"csrf": token_in(guest.get("/notices")), "key": "r", "decision": "dismissed", "text": "不对"}
        assert guest.client.post(f"/objections/{number}/ruling", data=said).status_code == 404


def test_a_clerk_at_the_desk_writes_it_down_and_does_not_answer_it(guests: Guests) -> None:
    """孙丽 publishes here; what she wrote down herself is for another to answer."""
    number = objected(guests, by="孙丽", visitor="yes", contact="010-5555")
    page = guests.by("孙丽").get(f"/objections/{number}")
    assert "在窗口记下" in words(page)
    assert "请换一位公示员" in words(page)
    assert f"/objections/{number}/ruling" not in page
