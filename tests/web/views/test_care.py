"""The care fund on its pages: everybody reads what it holds, its keepers ask, and another person decides."""

from __future__ import annotations

from points.market.giving import gifts
from points.sample.town import COMMUNITY
from tests.web.guests import Guests, links, words
from tests.web.site import token_in

WANG, MIN = "V-000001", "V-000002"
AT = f"/care/funds/{COMMUNITY}"


async def _filled(book: object) -> None:
    """王秀兰 gave 20 and did not want to be named."""
    await gifts.give(book, WANG, to="", points=20, by=WANG, key="k1")  # type: ignore[arg-type]


def test_two_people_give_and_nobody_else_reads_to_whom(guests: Guests) -> None:
    """孙丽 asks, cannot decide; 陈国强 agrees to what he sees; 赵敏 has it, and a neighbour reads the sum alone."""
    guests.run(_filled, guests.book)
    sun, chen = guests.by("孙丽"), guests.by("陈国强")
    page = sun.get(AT)
    said = {"member": MIN, "points": "7", "reason": "illness", "text": "骨折住院", "key": "k1"}
    where = sun.press(page, AT, **said)
    assert sun.press(page, AT, **said) == where
    assert "要另一个人来定" in words(sun.get(where))
    assert where in links(chen.get("/care/funds"), "/care/requests/")
    page = chen.get(where)
    assert "骨折住院" in words(page)
    digest = page.split('name="digest" value="')[1].split('"')[0]
    chen.press(page, where, digest=digest, decision="approve")
    assert "已给出" in words(chen.get(where))
    min_ = guests.by("赵敏")
    assert "社区关爱基金给的" in words(min_.get("/points"))
    read = words(guests.by("王秀兰").get("/care"))
    assert "现在有 13 分" in read
    assert "给了有困难的人 −7" in read
    assert MIN not in read
    assert "赵" not in read
    assert "王*兰" not in read


def test_what_may_not_be_is_said(guests: Guests) -> None:
    """More than there is, somebody who works here, nobody; what was typed is kept."""
    guests.run(_filled, guests.book)
    sun = guests.by("孙丽")
    page = sun.get(AT)
    said = {"member": MIN, "points": "7", "reason": "illness", "key": "k1", "csrf": token_in(page)}
    for wrong, sentence in (
        ({"points": "21"}, "基金里现在有 20 分"),
        ({"member": "S-0004"}, "工作人员"),
        ({"member": "V-999999"}, "V-999999"),
        ({"points": "x"}, "要填整数"),
        ({"reason": "x"}, "选一项"),
    ):
        answer = sun.client.post(AT, data=said | wrong)
        assert answer.status_code == 422
        assert sentence in words(answer.text)


def test_the_page_costs_the_same_however_much_was_given(guests: Guests) -> None:
    """The number of statements does not grow."""
    guests.run(_filled, guests.book)
    wang = guests.by("王秀兰")

    async def more(book: object, many: range) -> None:
        for n in many:
            await gifts.give(book, WANG, to="", points=1, by=WANG, key=f"m{n}", named=True)  # type: ignore[arg-type]

    guests.run(more, guests.book, range(1))
    few = guests.statements(wang, "/care")
    guests.run(more, guests.book, range(1, 5))
    assert guests.statements(wang, "/care") == few
