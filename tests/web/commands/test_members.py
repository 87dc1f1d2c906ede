"""`jishan member`: the register by commands, with the same doors as on its pages."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

ADD = ("member", "add", "--name", "钱晓明", "--kind", "volunteer", "--area", "440310001002", "--by", "S-0004")
BORN = ("--born", "1990-05-06", "--phone", "10000980001")


def test_somebody_is_enrolled_found_shown_and_put_right(book: Path) -> None:
    """With PIN, card and consents; the same key is the same member."""
    words = (*ADD, *BORN, "--agrees", "named", "--pin", "--key", "k1", "-")
    first = call(*words[:-1], stdin="739164\n", book=book)
    assert first.status == 0, first
    number = first.out.split()[0]
    assert call("--json", *words[:-1], stdin="739164\n", book=book).data["number"] == number
    by = ("--by", "S-0004")
    assert [m["number"] for m in asked("member", "find", "钱晓", *by, book=book)["members"]] == [number]
    shown = asked("member", "show", "10000980001", *by, book=book)
    assert (shown["name"], shown["agrees"], shown["card"] is not None) == ("钱晓明", ["named"], True)
    asked("member", "mend", number, "name", "钱小明", *by, book=book)
    asked("member", "consent", number, "named", "--withdrawn", *by, book=book)
    asked("member", "lost", shown["card"], *by, book=book)
    shown = asked("member", "show", number, *by, book=book)
    assert (shown["name"], shown["agrees"], shown["card"]) == ("钱小明", [], None)
    assert len(asked("member", "card", number, *by, book=book)["card"]) == 8


def test_a_child_needs_a_guardian_and_only_clerks_keep_the_register(book: Path) -> None:
    """A sentence each, and nobody is enrolled."""
    said = call(*ADD, "--born", "2020-01-01", book=book)
    assert (said.status, "监护人" in said.err) == (1, True)
    refused = call(*ADD[:-1], "S-0003", *BORN, book=book)
    assert (refused.status, "S-0003" in refused.err) == (1, True)
    assert call("member", "show", "V-000001", "--by", "S-0003", book=book).status == 1
    assert asked("member", "find", "钱", "--by", "S-0004", book=book)["members"] == []
    assert asked("member", "find", "王秀兰", "--by", "S-0003", book=book)["members"] == []


def test_a_person_is_erased_by_two(book: Path) -> None:
    """Asked by one, approved by another; afterwards the number is there and the name is not."""
    assert call("member", "erase", "V-000003", "--by", "S-0001", book=book).status == 1
    asked("member", "erase", "V-000003", "--reason", "died", "--by", "S-0004", book=book)
    asked("member", "erase", "V-000003", "--by", "S-0001", book=book)
    shown = asked("member", "show", "V-000003", "--by", "S-0004", book=book)
    assert (shown["name"], shown["phone"], shown["birthday"]) == (None, None, None)
    assert call("audit", book=book).status == 0


def test_cards_are_printed_with_a_trace(book: Path) -> None:
    """Of members or of a place, once for each key; with neither or both it says which to write."""
    words = ("member", "print-cards", "V-000001", "--by", "S-0004", "--key", "k1")
    for _ in range(2):
        assert asked(*words, book=book) == {"printing": "k1", "cards": 1}
    place = ("member", "print-cards", "--area", "440310001002", "--by", "S-0004")
    waiting = asked(*place, book=book)["cards"]
    assert waiting > 1
    assert asked(*place, "--which", "all", book=book)["cards"] == waiting + 1
    assert call(*place, book=book).status == 1
    assert call("member", "print-cards", "V-000001", "--by", "S-0003", book=book).status == 1
    assert call("member", "print-cards", "--by", "S-0004", book=book).status == 2
