"""`jishan assessment`: scored by one, decided by another; what cannot be is said."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import call


def test_what_cannot_be_scored_is_said(book: Path) -> None:
    """A month that no rule rewards, one that goes on, who may not, and an assessment there is none of."""
    for given, words in (
        (("score", COMMUNITY, "2020-01", "95", "--by", "S-0009"), "没有奖励 95 分"),
        (("score", COMMUNITY, "2099-01", "95", "--by", "S-0009"), "还没有过完"),
        (("score", COMMUNITY, "2020-01", "95", "--by", "S-0003"), "不能考核"),
        (("decide", "0" * 32, "--by", "S-0002"), ""),
    ):
        said = call("assessment", *given, book=book)
        assert said.status == 1, given
        assert words in said.err
