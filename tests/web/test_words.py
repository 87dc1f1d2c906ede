"""Words that are said when they are shown, in the language of the page."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from points.awards.models import Verification
from web import words
from web.i18n import Say, speaking


def test_a_day_shows_its_year_only_when_it_is_another() -> None:
    """11月18日 this year, 2018年11月18日 in any other, and in English in English."""
    today = date(2026, 11, 21)
    assert str(words.day(date(2026, 11, 18), today)) == "11月18日"
    then = words.day(date(2018, 11, 18), today)
    assert str(then) == "2018年11月18日"
    with speaking("en"):
        assert str(then) == "18 Nov 2018"
        assert str(Say("公示到 {day}", day=then)) == "On notice until 18 Nov 2018"


def test_what_somebody_did_is_a_sentence() -> None:
    """With hours only where hours were given."""
    assert str(words.did("reporter", "您", "消防通道堵塞", 0)) == "您上报了“消防通道堵塞”"
    assert str(words.did("participant", "王*兰", "清理整治", 90)) == "王*兰参加了“清理整治”1.5 小时"
    with speaking("en"):
        assert str(words.did("mediator", Say("您"), "邻里纠纷", 0)) == "You mediated “邻里纠纷”"


def test_a_category_is_named_in_both_languages() -> None:
    """F is 消防隐患 and Fire hazards."""
    named = words.category("F")
    assert str(named) == "消防隐患"
    with speaking("en"):
        assert str(named) == "Fire hazards"


def test_a_reason_comes_apart_into_reason_and_note() -> None:
    """The reason is translated, the note is the verifier's own."""
    with speaking("en"):
        before = Verification(contribution="c", reason="时长不对：少了午休")
        assert [str(part) for part in words.returned(before, {})] == ["Wrong hours", "少了午休"]
        now = Verification(contribution="c", reason="时长不对")
        assert [str(part) for part in words.returned(now, {"c": "少了午休"})] == ["Wrong hours", "少了午休"]


def test_who_reported_comes_first() -> None:
    """Then those who handled, mediated and took part, as they were entered."""
    roles = ("participant", "mediator", "reporter", "participant")
    doings = [SimpleNamespace(id=str(n), role=role) for n, role in enumerate(roles)]
    assert [each.id for each in sorted(doings, key=words.by_role)] == ["2", "1", "0", "3"]
