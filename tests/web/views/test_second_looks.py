"""Second looks by pages: who has one sees the evidence and answers once; who audits sees the counts."""

from __future__ import annotations

import re

import pytest

from points.awards import drawing
from points.awards.look_records import SecondLook, SecondLookAnswer
from tests.web.guests import Guests, links, words
from tests.web.site import token_in

LOOKS = "/second-looks"


@pytest.fixture
def drawn(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> str:
    """何伟 has one to look at: 李梅 verified it; the path of its page."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)
    mei = guests.by("李梅")
    for path in links(mei.get("/verifications"), "/events/"):
        page = mei.get(path)
        ticked = re.findall(r'name="shown" value="(\w+)"', page)
        mei.press(page, path, shown=ticked, accept=ticked)
        found = links(guests.by("何伟").get(LOOKS), f"{LOOKS}/")
        if found:
            return found[-1]
    raise AssertionError("nothing was drawn for 何伟")


def test_who_looked_and_agrees_says_so_with_one_press(guests: Guests, drawn: str) -> None:
    """The evidence, what was given and why, never who gave it; then it has left the queue, and twice is once."""
    wei = guests.by("何伟")
    page = wei.get(drawn)
    said = words(page)
    assert all(each in said for each in ("证据", "记了什么", "标准", "算法"))
    assert "李梅" not in said.split("证据", 1)[1]
    assert wei.press(page, drawn, says="right") == drawn
    assert wei.press(page, drawn, says="right") == drawn
    assert "看过了，没有问题" in words(wei.get(drawn))
    assert drawn not in links(wei.get(LOOKS), f"{LOOKS}/")

    async def answers() -> list[tuple[str, bool]]:
        found = SecondLookAnswer.all().using_db(guests.book.reader)
        return [(row.verifier, bool(row.agrees)) for row in await found]

    assert guests.run(answers) == [("S-0006", True)]


def test_who_does_not_agree_asks_for_a_correction_with_a_reason(guests: Guests, drawn: str) -> None:
    """Without a reason nothing is written; with one there is a request that somebody else decides."""
    wei = guests.by("何伟")
    page = wei.get(drawn)
    answer = wei.client.post(drawn, data={"csrf": token_in(page), "says": "wrong"})
    assert answer.status_code == 422
    assert "请选一个哪里不对。什么都还没有记。" in words(answer.text)
    wei.press(page, drawn, says="wrong", reason="not_true", note="照片是去年的")
    assert "要另一个人看过同样的内容" in words(wei.get(drawn))

    async def asked() -> list[dict[str, str]]:
        sql = "SELECT reason, asked_by FROM awards_correction_request"
        found: list[dict[str, str]] = await guests.book.reader.execute_query_dict(sql)
        return found

    assert guests.run(asked) == [{"reason": "not_true", "asked_by": "S-0006"}]


def test_for_anyone_else_it_is_not_there(guests: Guests, drawn: str) -> None:
    """Not for who verified it, nor for what was never drawn; residents and counters find no such page."""
    guests.by("李梅").get(drawn, 404)
    guests.by("何伟").get(f"{LOOKS}/nothing", 404)
    guests.by("张强").get(drawn, 404)
    guests.by("王秀兰").get(LOOKS, 404)


def test_who_audits_sees_the_counts_of_each_verifier(guests: Guests, drawn: str) -> None:
    """Drawn, right, not right, corrected, waiting, late: they add up to the rows."""
    wei, jing = guests.by("何伟"), guests.by("周静")
    wei.press(wei.get(drawn), drawn, says="right")
    row = words(jing.get(f"{LOOKS}/counts")).split("李梅", 1)[1].split()[:6]

    async def of_mei() -> int:
        return await SecondLook.filter(verifier="S-0003").using_db(guests.book.reader).count()

    count, agreed, wrong, corrected, waiting, late = map(int, row)
    assert count == guests.run(of_mei) == agreed + wrong + corrected + waiting
    assert (agreed, wrong, corrected, late) == (1, 0, 0, 0)
    assert "这个月没有抽到的" in words(jing.get(f"{LOOKS}/counts?month=2001-01"))
    jing.get(f"{LOOKS}/counts?month=2001-13")
    wei.get(f"{LOOKS}/counts", 404)


def test_the_queue_asks_the_same_number_of_statements_however_long_it_is(guests: Guests, drawn: str) -> None:
    """Counted on the reader, before and after one left it."""
    wei = guests.by("何伟")
    before = guests.statements(wei, LOOKS)
    if len(links(wei.get(LOOKS), f"{LOOKS}/")) > 1:
        wei.press(wei.get(drawn), drawn, says="right")
        assert guests.statements(wei, LOOKS) == before
    assert before < 40
