"""The draft on its page: figures beside the text, nothing typed is lost, and what it changes is read afterwards."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from web.text import dated
from web.views import rule_drafts

DRAFT = "/rule-books/draft"


def shown(page: str) -> dict[str, str]:
    """Every field of the form as it stands on the page."""
    fields = re.findall(r'<input[^>]* name="([a-z_.-]+)"[^>]* value="([^"]*)"', page)
    text = page.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    return {name: unescape(value) for name, value in fields} | {"text": unescape(text)}


def sent(guest: Guest, page: str, **changed: str) -> tuple[int, str]:
    """The form of a page with some fields changed (`__` for a full stop); the answer."""
    fields = shown(page) | {name.replace("__", "."): value for name, value in changed.items()}
    answer = guest.client.post(DRAFT, data={**fields, "csrf": token_in(page)})
    return int(answer.status_code), str(answer.headers.get("location", answer.text))


def tomorrow(guests: Guests) -> str:
    """The first day a draft may begin."""
    return (guests.book.today() + timedelta(days=1)).isoformat()


def test_a_changed_figure_is_written_into_the_text_and_read_as_a_difference(guests: Guests) -> None:
    """Two figures and a day; the comments of the text stay; the page afterwards says what was and what it becomes."""
    admin = guests.by("陈国强")
    page = admin.get(DRAFT)
    changes = {"rules__report__points": "３", "notice__days": "10", "in_force_from": tomorrow(guests)}
    status, where = sent(admin, page, **changes)
    assert (status, where) == (303, DRAFT + "/difference")
    said = words(admin.get(where))
    for part in ("有效上报 改动", "2 → 3", "7 → 10", f"2000年1月1日 → {dated(tomorrow(guests))}"):
        assert part in said
    text = shown(admin.get(DRAFT))["text"]
    assert "days = 10 # 0 to 30;" in text
    assert "points = 3\n" in text


def test_nothing_that_was_typed_is_lost(guests: Guests) -> None:
    """A slip in a figure, in the text, in both: each is told, the draft is as before, and the form as it was typed."""
    admin = guests.by("陈国强")
    page = admin.get(DRAFT)
    text = shown(page)["text"]
    worse = text.replace('id = "report"\n', 'id = "report"\npiont = 1\n')
    for changes, told in (
        ({"rules__report__points": "三"}, "几分要填整数"),
        ({"in_force_from": "明天"}, "要填日期"),
        ({"title__zh": " "}, "请填写中文名称"),
        ({"text": worse}, "report：不认识 piont"),
        ({"text": "[title\n"}, "不是 TOML"),
        (
            {"text": text.replace('id = "report"', 'id = "other"'), "rules__report__points": "3"},
            "rules.report.points",
        ),
    ):
        status, answer = sent(admin, page, **changes)
        assert status == 422
        assert told in words(answer)
        kept = shown(answer)
        for name, value in changes.items():
            assert kept[name.replace("__", ".")].strip() == value.strip()
    assert shown(admin.get(DRAFT))["text"] == text
    status, _ = sent(admin, page, text=worse.replace("piont = 1\n", ""), rules__report__points="4")
    assert status == 303


def test_who_saves_over_another_ones_save_is_told_what_it_would_change(guests: Guests) -> None:
    """Both opened the same page; the second is told, reads what another press would do, and may press again."""
    admin = guests.by("陈国强")
    page = admin.get(DRAFT)
    assert sent(admin, page, rules__report__points="3")[0] == 303
    status, answer = sent(admin, page, rules__hazard__points="7")
    assert status == 422
    said = words(answer)
    assert "陈国强 在您打开以后保存过草稿" in said
    assert "3 → 2" in said
    assert "5 → 7" in said
    assert sent(admin, answer)[0] == 303
    text = shown(admin.get(DRAFT))["text"]
    assert "points = 7\n" in text
    assert sent(admin, page, point="nonsense")[0] == 400


def test_only_who_answers_for_the_whole_book_reads_it(shared: Guests) -> None:
    """An approver and an auditor read what it changes and write nothing; a verifier finds nothing there."""
    for name in ("郑义", "周静"):
        reader = shared.by(name)
        assert "没有不同" in words(reader.get(DRAFT + "/difference"))
        assert DRAFT not in links(reader.get("/rule-books"), DRAFT)
        reader.get(DRAFT, 404)
    shared.by("李梅").get("/rule-books", 404)


@pytest.mark.parametrize("path", [DRAFT, DRAFT + "/difference", "/rule-books", "/rule-books/1"])
def test_a_page_asks_the_same_few_statements(shared: Guests, path: str) -> None:
    """However many saves there are."""
    assert shared.statements(shared.by("陈国强"), path) < 30


def test_a_figure_is_called_by_its_key() -> None:
    """The end of a path, without what it is a figure of."""
    assert rule_drafts.rule_key("rules.mediation.outcomes.oral") == "outcomes.oral"
    assert rule_drafts.rule_key("caps.report-day.limit") == "limit"
    assert rule_drafts.rule_key("notice.days") == "notice.days"
