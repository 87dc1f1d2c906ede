"""`jishan give` and `jishan care`: a gift, taken back, and one from the fund by two people."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY
from tests.typed import asked, call

WANG, JUN, SUN, CHEN = "V-000001", "V-000003", "S-0002", "S-0001"


def test_a_gift_is_made_once_and_taken_back(book: Path) -> None:
    """The same key is the same gift; what is left of the month is said."""
    words = ("give", "points", "--member", WANG, "--to", JUN, "--points", "3", "--key", "k1", "--by", WANG)
    first, again = asked(*words, book=book), asked(*words, book=book)
    assert (first["repeated"], again["repeated"], again["gift"]) == (False, True, first["gift"])
    assert first["left"] == 97
    refused = call(
        "give", "points", "--member", WANG, "--to", "V-000002", "--points", "1", "--by", WANG, book=book
    )
    assert (refused.status, "住在一起" in refused.err) == (1, True)
    assert "收回了" in call("give", "back", first["gift"], "--by", WANG, book=book).out


def test_the_fund_gives_by_two_people(book: Path) -> None:
    """孙丽 asks and cannot agree; 陈国强 does, with the digest that was seen."""
    asked("give", "points", "--member", WANG, "--points", "5", "--by", WANG, book=book)
    said = ("--member", "V-000002", "--points", "4", "--reason", "illness", "--by", SUN)
    one = asked("care", "ask", "--community", COMMUNITY, *said, book=book)
    (waits,) = asked("care", "waiting", book=book)["requests"]
    assert waits == one
    words = ("care", "decide", one["id"], "--approve", "--digest", one["digest"])
    refused = call(*words, "--by", SUN, book=book)
    assert (refused.status, "另一个人" in refused.err) == (1, True)
    assert asked(*words, "--by", CHEN, book=book)["state"] == "approved"
    shown = asked("care", "show", "--community", COMMUNITY, book=book)
    assert (shown["came_in"], shown["went_out"], shown["left"]) == (5, 4, 1)
