"""Accounts that a correction touches are called what people call them, in both languages."""

from __future__ import annotations

import pytest

from ledger.transactions import Posting
from web import correction_words
from web.i18n import speaking


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        ("member/V-000001/noticed", "公示中的积分", "Points on notice"),
        (
            "member/V-000001/until/2027-12-31",
            "可以用的积分，用到 2027年12月31日",
            "Usable points, until 31 Dec 2027",
        ),
        ("member/V-000001/owed", "已经用掉的：记作待补", "Spent already: to be made up"),
        ("member/V-000001/cap/service-day:240/2018-07-04", "可以再得的上限", "Limit to be earned again"),
        ("fund/440310001001/2018-07", "六和社区 2018年7月的积分资金", "Fund of 六和社区, Jul 2018"),
        ("system/expired", "已经到期的积分", "Expired points"),
        ("team/T-0001/points", "team/T-0001/points", "team/T-0001/points"),
    ],
)
def test_an_account_in_words(address: str, zh: str, en: str) -> None:
    """One that has no word yet is shown as it is."""
    for language, told in (("zh", zh), ("en", en)):
        with speaking(language):
            assert str(correction_words.place(address, {"440310001001": "六和社区"})) == told


def test_lines_and_their_communities() -> None:
    """Amount, unit, from, to; the codes of the funds are found on either side."""
    postings = [Posting("member/V-000001/noticed", "fund/440310001001/2018-07", 8, "points")]
    assert correction_words.communities(postings) == ["440310001001"]
    (line,) = correction_words.lines(postings, {})
    assert (line.amount, str(line.unit), str(line.target)) == (8, "分", "440310001001 2018年7月的积分资金")


def test_a_form_offers_what_somebody_chooses() -> None:
    """Not what only verbs give."""
    assert [code for code, _label in correction_words.options()][-1] == "other"
    assert "event_false" not in dict(correction_words.options())
