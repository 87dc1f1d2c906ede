"""Notices and objections on pages: anybody reads and objects, whoever has no part in it rules, the member is told."""

from __future__ import annotations

import re

import pytest

from points.openness.models import Notice, NoticeLine
from points.people import consents
from points.sample.town import DISTRICT
from tests.web.guests import Guests, links, words
from tests.web.site import token_in

STATEMENT = "/statement"


def hanging(guests: Guests, member: str = "V-000001") -> tuple[str, str]:
    """A notice that hangs today, and the code of a line of a member's on it."""

    async def find() -> tuple[str, str]:
        book = guests.book
        open_ = Notice.filter(closes_on__gt=book.today().isoformat()).using_db(book.reader)
        numbers = {row.id: row.number for row in await open_}
        mine = NoticeLine.filter(notice__in=list(numbers), member=member).using_db(book.reader)
        line = await mine.order_by("award").first()
        assert line is not None
        return numbers[line.notice], line.code

    found: tuple[str, str] = guests.run(find)
    return found


def objected(guests: Guests, by: str = "赵敏", **fields: str) -> str:
    """The number of an objection to a line of 王秀兰's."""
    notice, code = hanging(guests)
    who = guests.by(by) if by else guests.stranger()
    where = f"/notices/{notice}/lines/{code}"
    said = {"key": "k1", "reason": "nothing", "text": "那天没有看到人"} | fields
    answer = who.press(who.get(where), where, **said)
    return answer.removeprefix("/objections/").removesuffix("?new=1")


def test_anybody_reads_a_notice_and_nobody_is_named(guests: Guests) -> None:
    """Code, category and points; the name of who agreed is masked, and gone when they withdraw."""
    notice, code = hanging(guests)
    stranger = guests.stranger()
    assert f"/notices/{notice}" in links(stranger.get("/notices"), "/notices/")
    page = stranger.get(f"/notices/{notice}")
    assert code in page
    assert not re.search(r"[VS]-\d{4,}", words(page))
    assert "王" not in words(page)
    guests.run(lambda: consents.give(guests.book, "V-000001", "named", by="S-0001", key="c1"))
    assert "王*兰" in words(stranger.get(f"/notices/{notice}"))
    guests.run(lambda: consents.withdraw(guests.book, "V-000001", "named", by="S-0001", key="c2"))
    assert "王*兰" not in words(stranger.get(f"/notices/{notice}"))
    stranger.get("/notices/G-1", 404)
    stranger.get(f"/notices/{notice}/lines/AAAAAAAA", 404)


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


def test_a_form_that_is_not_right_says_what_to_change(guests: Guests) -> None:
    """A reason is chosen; another reason takes a few words; what was typed stays."""
    notice, code = hanging(guests)
    guest, where = guests.stranger(), f"/notices/{notice}/lines/{code}"
    for fields, sentence in (({}, "哪里不对"), ({"reason": "other"}, "选“其他”要写几句")):
        answer = guest.client.post(where, data={"csrf": token_in(guest.get(where)), "key": "k", **fields})
        assert answer.status_code == 422
        assert sentence in words(answer.text)


def test_a_visitor_does_not_object_for_ever(guests: Guests) -> None:
    """Six in an hour from one address; who signed in is not counted."""
    notice, code = hanging(guests)
    guest, where = guests.stranger(), f"/notices/{notice}/lines/{code}"
    token = token_in(guest.get(where))
    answers = [
        guest.client.post(where, data={"csrf": token, "key": f"k{n}", "reason": "hours"}).status_code
        for n in range(7)
    ]
    assert answers == [303] * 6 + [429]
    assert objected(guests)


def test_the_publisher_publishes_on_a_page(guests: Guests) -> None:
    """For an area of theirs; pressed twice it is published once, and others have no such form."""
    publisher = guests.by("孙丽")
    page = publisher.get("/notices")
    assert "最近的奖励都公示过了" in words(page)
    assert publisher.press(page, "/notices", key="p1", area=DISTRICT) == "/notices?made=0"
    assert "没有新的要公示" in words(publisher.get("/notices?made=0"))
    answer = publisher.client.post("/notices", data={"csrf": token_in(page), "key": "p2", "area": "月亮"})
    assert answer.status_code == 422
    for name in ("李梅", "王秀兰"):
        assert "公示新的奖励" not in words(guests.by(name).get("/notices"))


def test_a_page_asks_the_same_few_statements_however_many_lines(guests: Guests) -> None:
    """A list of hundreds costs what a list of five costs."""
    notice, _code = hanging(guests)
    guest = guests.stranger()
    assert guests.statements(guest, f"/notices/{notice}") <= 12
    assert guests.statements(guest, "/notices") <= 12


@pytest.mark.parametrize("path", ["/notices", "/notices/{notice}"])
def test_pages_open_to_anybody_are_not_for_search_engines_to_keep(guests: Guests, path: str) -> None:
    """A list that takes itself down must not live on elsewhere."""
    notice, _code = hanging(guests)
    answer = guests.stranger().client.get(path.format(notice=notice))
    assert "noindex" in answer.headers.get("x-robots-tag", "") or path == "/notices"
