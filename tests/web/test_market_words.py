"""Shops and items in words: hours, whether a shop is open, limits, who may have something."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from points.market import opening_hours
from points.market.limits import Left
from points.market.opening_hours import State
from points.market.shop_changes import Standing
from points.market.terms import Limit, Terms
from web import i18n, market_words

NOON = datetime(2019, 1, 7, 12, tzinfo=UTC)


def said(language: str, what: object) -> str:
    """A sentence in a language."""
    with i18n.speaking(language):
        return str(what)


def test_a_week_is_said_in_the_language_of_the_page() -> None:
    """Days that are the same are one line; closed days are left out; what says no week is shown as it was written."""
    shop = Standing(1, "驿站", "station", "周一至周五 9:00–17:00；周日 10:00–12:00")
    told = [[said(language, line) for line in market_words.hours(shop)] for language in ("zh", "en")]
    assert told == [
        ["周一至周五 9:00–17:00", "周日 10:00–12:00"],
        ["Monday to Friday 9:00–17:00", "Sunday 10:00–12:00"],
    ]
    assert market_words.hours(Standing(1, "驿站", "station", "看门口")) == ["看门口"]
    assert market_words.hours(Standing(1, "驿站", "station", "")) == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State(True, until="17:00"), "现在开着，到 17:00"),
        (State(False, opens=NOON.replace(hour=14)), "现在关着，今天 14:00 开"),
        (State(False, opens=NOON.replace(day=8)), "现在关着，明天 12:00 开"),
        (State(False, opens=NOON.replace(day=10)), "现在关着，1月10日 12:00 开"),
        (State(False), "现在关着"),
    ],
)
def test_whether_it_is_open_and_until_when(state: State, words: str) -> None:
    """Today, tomorrow, on a day, or nobody knows when."""
    assert said("zh", market_words.state(state, NOON)) == words
    assert market_words.state(None, NOON) is None


def test_limits_are_said_with_what_is_left() -> None:
    """Of whom, in which period, how many there are still; and when there is more."""
    limit = Limit(7, "household", "month", 2)
    assert said("zh", market_words.left(Left(limit, 1))) == "每户每月限 2，本月还可换 1"
    assert (
        said("en", market_words.left(Left(limit, 1)))
        == "at most 2 a month for a household, 1 left this month"
    )
    assert (
        said("zh", market_words.spent(Left(limit, 0), date(2019, 1, 7)))
        == "每户每月限 2，换满了，2月1日起可以再换"
    )


def test_who_may_have_it_is_said_in_a_few_words() -> None:
    """Kinds, places and ages; nothing where everybody may."""
    asked = Terms(kinds=frozenset({"resident"}), areas=("1",), least=60, oldest=80)
    assert [said("zh", each) for each in market_words.audience(asked, {"1": "六和社区"})] == [
        "居民", "六和社区", "60 岁起", "到 80 岁",
    ]  # fmt: skip
    assert market_words.audience(Terms(), {}) == []


def test_every_change_has_a_name_and_a_value_to_read() -> None:
    """A single day is its date; codes are words."""
    assert [said("zh", market_words.changed(what)) for what in ("hours", "2019-02-05")] == [
        "开放时间",
        "2019-02-05",
    ]
    assert [said("zh", market_words.term(what)) for what in ("limit:member:week", "ages")] == [
        "每周每人",
        "几岁到几岁",
    ]
    told = [
        ("backing", "company"),
        ("kind", "unmanned"),
        ("photo", "x"),
        ("about", ""),
        ("hours", "每天 9:00–10:00"),
    ]
    assert [said("zh", market_words.value(*each)) for each in told] == [
        "企业捐赠", "无人站", "有", "—", "每天 9:00–10:00",
    ]  # fmt: skip


def test_days_that_are_over_are_not_told() -> None:
    """The holidays to come, in order."""
    spans = opening_hours.spans_of("9:00-12:00") or ()
    days = {date(2019, 2, 5): (), date(2019, 1, 1): (), date(2019, 1, 12): spans}
    shop = Standing(1, "驿站", "station", "", days=days)
    told = [(day, said("zh", times)) for day, times in market_words.special(shop, date(2019, 1, 7))]
    assert told == [(date(2019, 1, 12), "9:00–12:00"), (date(2019, 2, 5), "不开")]


def test_a_request_is_said_as_it_stands() -> None:
    """Each state has its word."""
    assert [said("zh", market_words.state_of(each)) for each in ("open", "approved", "refused", "lapsed")] == [
        "等另一人审批", "已经批准", "没有批准", "过期了",
    ]  # fmt: skip
