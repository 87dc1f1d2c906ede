"""`jishan fund`: one allocates, two go over, the line is shown and paid."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

COMMUNITY = "440310001002"
MONTH = ("--month", "2031-01")
SAID = ("--under", COMMUNITY, *MONTH, "--points", "50", "--by", "S-0002")


def test_going_over_takes_a_request_and_another_person(book: Path, tmp_path: Path) -> None:
    """Refused to one, asked for, not decided by the asker, approved by another; the fund says it all."""
    first = asked("fund", "allocate", *SAID, "--sponsor", "company", "--name", "坪山超市", book=book)
    assert (first["shares"], first["repeated"]) == ({COMMUNITY: 50}, False)
    assert call("fund", "allocate", *SAID, "--key", "2", book=book).status == 1
    request = asked("fund", "ask", *SAID, "--key", "2", "--yuan", "20", book=book)
    assert (request["state"], request["fen"]) == ("open", 2_000)
    assert [each["id"] for each in asked("fund", "requests", book=book)["requests"]] == [request["id"]]
    decide = ("fund", "decide", request["id"], "--digest", request["digest"])
    assert call(*decide, "--by", "S-0002", book=book).status == 1
    done = asked(*decide, "--by", "S-0011", book=book)
    assert done["shares"] == {COMMUNITY: 50}
    sheet = tmp_path / "fund.xlsx"
    shown = asked("fund", "show", "--community", COMMUNITY, *MONTH, "--xlsx", str(sheet), book=book)
    assert (shown["allocated"], shown["left"], shown["in_line"], sheet.exists()) == (100, 100, 0, True)


def test_an_empty_line_is_said(book: Path) -> None:
    """Nobody waits, nothing is paid, and it is no error."""
    place = ("--community", COMMUNITY, *MONTH)
    assert asked("fund", "line", *place, book=book) == {"line": []}
    assert asked("fund", "pay", *place, book=book) == {"awards": 0, "points": 0, "nothing": 0}
    assert "没有人在等" in call("fund", "line", *place, book=book).out
