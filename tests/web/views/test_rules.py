"""How to earn: the rules for everybody, older versions, worked cases, and what one would get."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from points.awards import models, rule_books, rule_sentences, rule_text, worked_cases
from points.awards.rule_text import REPEAT
from tests.points.awards.said import DEFAULT
from tests.web.guests import Guests, links, words


def test_everybody_reads_every_rule_in_its_sentence(shared: Guests) -> None:
    """Each rule and the repeats with every part of their sentences, the caps, the digest, and nobody's name."""
    page = words(shared.stranger().get("/rules"))
    for name in (*(rule.id for rule in DEFAULT.rules), REPEAT):
        for part in rule_sentences.parts(DEFAULT, name):
            assert part in page, (name, part)
    for said in (
        "治理积分",
        "道德积分",
        "志愿时长",
        "上报 每人每天 10 分",
        "服务时长 每人每天 4 小时",
        "7 天，没有异议就可以用",
    ):
        assert said in page
    digest = shared.run(_in_force, shared.book).digest
    assert digest in page


def test_it_is_whole_in_english(shared: Guests) -> None:
    """The sentences of the other language, and the caps in words."""
    guest = shared.stranger()
    guest.client.cookies.set("language", "en")
    page = words(guest.get("/rules"))
    for name in (*(rule.id for rule in DEFAULT.rules), REPEAT):
        for part in rule_sentences.parts(DEFAULT, name, "en"):
            assert part in page, (name, part)
    assert "Reports a day for each member 10 points" in page
    assert "What would I get for what I did?" in page


def test_a_version_has_its_own_page_and_one_that_is_none_is_not_there(shared: Guests) -> None:
    """The first one says what the page of today says; others are 404, however large their number."""
    guest = shared.stranger()
    assert "上报消防、安全隐患" in words(guest.get("/rules/1"))
    for number in (0, 99, 10**30):
        guest.get(f"/rules/{number}", 404)


def test_an_older_and_a_coming_version_say_when_they_count(guests: Guests) -> None:
    """Tomorrow's version is linked and says from when; today's page still gives today's figures."""

    async def publish() -> None:
        book = guests.book
        day = book.today() + timedelta(days=1)
        text = (
            rule_text.default()
            .replace("2000-01-01", day.isoformat(), 1)
            .replace("points = 5\n", "points = 6\n")
        )
        row = models.RuleBook(
            version=2,
            in_force_from=day.isoformat(),
            text=text,
            digest="sm3:" + "0" * 64,
            published_on=book.today().isoformat(),
            reference="rules/test/2",
        )
        async with book.write() as db:
            await models.RuleBook.bulk_create([row], using_db=db)

    guests.run(publish)
    guest = guests.stranger()
    page = guest.get("/rules")
    assert "/rules/2" in links(page, "/rules/")
    assert "核实一次记 5 分" in words(page)
    coming = words(guest.get("/rules/2"))
    assert "核实一次记 6 分" in coming
    assert "起生效，在那以前的事看现在的细则" in coming
    assert "可以得 5 分" in words(guest.get("/rules/worth?deed=report&category=F"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_worked_cases_are_worked_out_by_the_book_in_force(shared: Guests, language: str) -> None:
    """Every one, in its order, with its points."""
    guest = shared.stranger()
    guest.client.cookies.set("language", language)
    page = words(guest.get("/rules/examples"))
    place = 0
    for each in worked_cases.read():
        said = each.zh if language == "zh" else each.en
        place = page.index(said, place)
        assert page[place:].startswith(f"{said} {each.points} {_unit(each.points, language)}"), said


ASKED: list[tuple[str, str, str]] = [
    ("deed=report&category=F&also=first", "可以得 7 分", "5 分；未诉先办 + 2 分 = 7 分"),
    ("deed=report&category=E&also=major", "可以得 20 分", "避免重大险情"),
    ("deed=report&category=E&repeat=2", "可以得 0 分", "重复上报"),
    ("deed=service&hours=1.5", "可以得 3 分 服务时长记 90 分钟。", "每小时 2 分 × 1.5 小时 = 3 分"),
    ("deed=service&hours=９&category=V", "可以得 8 分 服务时长记 4 小时。", "服务时长本日上限 4 小时"),
    ("deed=mediated&outcome=difficult&people=1", "可以得 15 分", "疑难共 30 分"),
    ("deed=decision&type_name=见义勇为", "可以得 200 分", "见义勇为"),
    ("deed=held&people=5", "可以得 0 分", "细则里没有这一项"),
    ("deed=report&kind=staff", "可以得 0 分", "工作人员履行职责"),
    ("deed=report&type_name=<b>&kind=%27&lane=%27", "可以得 2 分", "有效上报"),
]


@pytest.mark.parametrize(("query", "points", "how"), ASKED)
def test_a_stranger_learns_what_they_would_get(shared: Guests, query: str, points: str, how: str) -> None:
    """The points, the sum, the rule; what is left of one's caps is for those who sign in."""
    page = words(shared.stranger().get(f"/rules/worth?{query}"))
    assert points in page
    assert how in page
    assert "还可以得" not in page


def test_a_member_learns_what_is_left_of_their_caps(shared: Guests) -> None:
    """王秀兰 used some of this month's sixty; a repeat would draw on three caps."""
    page = words(shared.by("王秀兰").get("/rules/worth?deed=report&category=F&repeat=1"))
    assert "重复上报 每人每天最多 1 分，今天已用 0 分，还可以得 1 分" in page
    assert "上报 每人每月最多 60 分，这个月已用" in page
    assert "您是" not in page


def test_staff_are_told_what_they_earn_on_duty(shared: Guests) -> None:
    """A report of theirs is their work, whatever kind somebody writes in the address."""
    page = words(shared.by("李梅").get("/rules/worth?deed=report&kind=volunteer"))
    assert "可以得 0 分 工作人员履行职责" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("deed=service&hours=abc", "小时要填数字，例如 1.5。"),
        ("deed=service&hours=inf", "小时要填数字，例如 1.5。"),
        ("deed=service&hours=25", "做了几小时不能大于"),
        ("deed=held&people=201", "另外有几个人不能大于 200。"),
        ("deed=cook", "请在做了什么里选一项。"),
        ("deed=report&category=消防", "哪一类的格式不对"),
    ],
)
def test_what_cannot_be_answered_is_said(shared: Guests, query: str, said: str) -> None:
    """With the form as it was filled in, and no figure."""
    answer = shared.stranger().client.get(f"/rules/worth?{query}")
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert "可以得" not in words(answer.text)


def test_the_form_alone_answers_nothing(shared: Guests) -> None:
    """Before anything is asked; the second half is folded away until it says something."""
    guest = shared.stranger()
    page = guest.get("/rules/worth")
    assert "可以得" not in words(page)
    assert '<details class="sheet stack">' in page
    assert '<details class="sheet stack" open>' in guest.get("/rules/worth?deed=mediated&people=2")


def test_a_page_costs_the_same_whatever_is_asked(shared: Guests) -> None:
    """The rules are one statement, an answer to a member a few more, however many others take part."""
    stranger, member = shared.stranger(), shared.by("王秀兰")
    assert shared.statements(stranger, "/rules") <= 2
    costs = [shared.statements(member, f"/rules/worth?deed=held&people={n}") for n in (0, 200)]
    assert costs[0] == costs[1] <= 14


async def _in_force(book: Any) -> Any:
    return await rule_books.in_force(book, book.today())


def _unit(points: int, language: str) -> str:
    return "分" if language == "zh" else "point"
