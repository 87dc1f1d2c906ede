"""`jishan household`: the changes of the page, by commands."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

BY = ("--by", "S-0004")


def test_a_household_is_formed_parted_and_put_back(book: Path) -> None:
    """What `show` names can be undone."""
    home = asked("household", "join", "V-000020", *BY, book=book)["number"]
    asked("household", "join", "V-000021", "--into", home, *BY, book=book)
    asked("household", "split", home, "V-000021", *BY, book=book)
    shown = asked("household", "show", home, *BY, book=book)
    assert shown["members"] == ["V-000020"]
    asked("household", "undo", shown["changes"][0]["id"], *BY, book=book)
    assert asked("household", "show", home, *BY, book=book)["members"] == ["V-000020", "V-000021"]
    other = asked("household", "join", "V-000022", *BY, book=book)["number"]
    asked("household", "merge", other, home, *BY, book=book)
    asked("household", "leave", "V-000020", *BY, book=book)
    assert asked("household", "show", home, *BY, book=book)["members"] == ["V-000021", "V-000022"]


def test_nobody_else_changes_households(book: Path) -> None:
    """A verifier is refused, an unknown number is said."""
    assert call("household", "join", "V-000020", "--by", "S-0003", book=book).status == 1
    said = call("household", "show", "H-99", *BY, book=book)
    assert (said.status, "H-99" in said.err) == (1, True)
