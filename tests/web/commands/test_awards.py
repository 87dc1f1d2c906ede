"""`jishan fund`, `verify`, `notice`, `sweep`, `correct`: what they say of what they did."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.typed import asked, call

FUND = ("fund", "allocate", "--under", "440310000000", "--month", "2018-07", "--by", "S-0002")


def one(book: Path, query: str) -> tuple[object, ...]:
    """The first row of a query on the file."""
    with closing(sqlite3.connect(book)) as file:
        row: tuple[object, ...] = file.execute(query).fetchone()
    return row


def test_an_allocation_shows_every_communitys_share(book: Path) -> None:
    """In all what was asked for, each within one of the others; again it says so and allocates nothing."""
    said = asked(*FUND, "--points", "100", book=book)
    assert sum(said["shares"].values()) == 100
    assert max(said["shares"].values()) - min(said["shares"].values()) <= 1
    again = call(*FUND, "--points", "100", book=book)
    assert "已经这样拨付过" in again.out
    assert asked(*FUND, "--points", "100", book=book)["repeated"] is True
    other = call(*FUND, "--points", "101", book=book)
    assert (other.status, "101" in other.err) == (1, True)
    over = call(*FUND, "--points", "101", "--key", "2", book=book)
    assert (over.status, "要两个人" in over.err) == (1, True)
    shown = asked("fund", "show", "--community", "440310001002", "--month", "2018-07", book=book)
    mine = said["shares"]["440310001002"]
    assert (shown["allocated"], shown["awarded"], shown["left"]) == (mine, 0, mine)


def test_shares_stand_in_columns(book: Path) -> None:
    """Every line as wide as the others, in Chinese characters of two columns."""
    lines = call(*FUND, "--points", "100000", book=book).out.splitlines()[1:]
    widths = {sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in lines}
    assert len(lines) > 3
    assert len(widths) == 1


def test_a_verifier_accepts_what_waits_and_then_nothing_does(book: Path) -> None:
    """What is said is what was written; the second time nothing waits, and it is said."""
    said = asked("verify", "--source", "sample", "--by", "S-0003", book=book)
    assert said["verified"] == said["awarded"] + said["worth_nothing"] > 0
    again = call("verify", "--source", "sample", "--by", "S-0003", book=book)
    assert again.status == 0
    assert "没有等您核实的了" in again.out


def test_what_was_awarded_is_published_noticed_and_vests(book: Path) -> None:
    """A notice for each place with its number and end; nothing twice; a sweep says what became usable."""
    asked("verify", "--source", "sample", "--by", "S-0003", book=book)
    publish = ("notice", "publish", "--under", "440310000000", "--by", "S-0002", "--days", "0")
    notices = asked(*publish, book=book)["notices"]
    assert notices
    assert all(notice["number"].startswith("G-") for notice in notices)
    assert "没有要公示的" in call(*publish, book=book).out
    swept = asked("sweep", book=book)
    assert swept["vested"] > 0
    assert swept["points"] > 0
    assert asked("sweep", book=book)["vested"] == 0


def test_an_award_is_corrected_once(book: Path) -> None:
    """Its points are gone; the same again says so and takes nothing more; the reason stands in the book."""
    query = "SELECT v.reference, v.member, v.points FROM awards_verification AS v WHERE v.points > 0 ORDER BY 1 LIMIT 1"
    reference, member, points = one(book, query)
    before = asked("balance", str(member), book=book)
    words = ("correct", str(reference), "--reason", "情况不实", "--by", "S-0002")
    assert asked(*words, book=book)["repeated"] is False
    after = asked("balance", str(member), book=book)
    assert before["honour"] - after["honour"] == points
    assert asked(*words, book=book)["repeated"] is True
    assert "已经更正过" in call(*words, book=book).out
    assert asked("balance", str(member), book=book) == after
    assert one(book, "SELECT reason FROM awards_correction") == ("not_true",)
    assert call("audit", book=book).status == 0
