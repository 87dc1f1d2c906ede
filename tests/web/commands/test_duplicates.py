"""`jishan member duplicates|apart|merge|unmerge`: the pages' way, by commands."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

BY, OTHER = ("--by", "S-0004"), ("--by", "S-0001")
ADD = ("member", "add", "--kind", "volunteer", "--area", "440310001002", *BY)


def twin(book: Path) -> tuple[str, str]:
    """Somebody, and the same once more with a slip in the name."""
    first = asked(*ADD, "--name", "钱晓明", "--born", "1950-05-06", book=book)["number"]
    return first, asked(*ADD, "--name", "钱小明", "--born", "1950-05-06", book=book)["number"]


def test_found_looked_at_merged_and_taken_back(book: Path) -> None:
    """A dry run says the figures and does nothing; a closed number is known by the kept one until it is taken back."""
    one, two = twin(book)
    found = asked("member", "duplicates", *BY, book=book)
    assert [one, two, ["name", "birthday"]] in found["pairs"]
    seen = asked("member", "merge", one, two, "--dry-run", *BY, book=book)
    assert (seen["spendable"], seen["second"]) == (0, False)
    assert asked("member", "show", two, *BY, book=book)["number"] == two
    done = asked("member", "merge", one, two, *BY, book=book)
    assert asked("member", "merge", one, two, *BY, book=book)["merge"] == done["merge"]
    assert asked("member", "show", two, *BY, book=book)["number"] == one
    assert asked("member", "duplicates", *BY, book=book)["pairs"] == []
    asked("member", "unmerge", two, *BY, book=book)
    assert asked("member", "show", two, *BY, book=book)["number"] == two
    asked("member", "apart", one, two, *BY, book=book)
    assert asked("member", "duplicates", *BY, book=book)["pairs"] == []
    assert call("audit", book=book).status == 0


def test_two_who_are_not_alike_take_two_people(book: Path) -> None:
    """The first command asks, the same again asks still, another person's carries it out."""
    one, _ = twin(book)
    words = ("member", "merge", one, "V-000020")
    assert call(*words, *BY, book=book).status == 1, "who lives in a household moves first"
    asked("household", "leave", "V-000020", *BY, book=book)
    for _again in range(2):
        assert asked(*words, *BY, book=book)["merge"] is None
    assert asked(*words, *OTHER, book=book)["merge"] is not None


def test_who_may_not_and_what_cannot_be(book: Path) -> None:
    """A verifier finds nobody and merges nobody; what nobody merged is not taken back."""
    one, two = twin(book)
    assert asked("member", "duplicates", "--by", "S-0003", book=book)["pairs"] == []
    for words in (("merge", one, two), ("apart", one, two)):
        assert call("member", *words, "--by", "S-0003", book=book).status == 1
    assert call("member", "unmerge", two, *BY, book=book).status == 1
