"""`jishan repeats`: the same verbs as on the pages, in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.typed import call

LI_MEI, COUNTER = "S-0003", "S-0004"


def listed(book: Path) -> list[list[dict[str, Any]]]:
    """The clusters among what waits for 李梅."""
    data = call("repeats", "list", "--by", LI_MEI, "--json", book=book).data
    clusters: list[list[dict[str, Any]]] = data["clusters"]
    return clusters


def test_a_cluster_is_listed_confirmed_and_split(book: Path) -> None:
    """The first is first; the word shows in the list, and what was split is not listed."""
    one = listed(book)[0]
    assert [each["first"] for each in one] == [True] + [False] * (len(one) - 1)
    assert all(each["why"] == ["place"] for each in one[1:])
    first, second = one[0]["number"], one[1]["number"]
    numbers = [each["number"] for each in one]
    assert (
        f"记在 {first} 名下" in call("repeats", "confirm", *reversed(numbers), "--by", LI_MEI, book=book).out
    )
    assert {each["confirmed"] for each in listed(book)[0][1:]} == {True}
    table = call("repeats", "list", "--by", LI_MEI, book=book).out
    assert "最先" in table
    assert "说过是同一件事" in table
    english = call("--lang", "en", "repeats", "list", "--by", LI_MEI, book=book).out
    assert "Said to be the same thing" in english
    others = [number for number in numbers if number != second]
    said = call("repeats", "split", second, *others, "--by", LI_MEI, book=book)
    assert f"{second} 是另一件事" in said.out
    assert second not in {each["number"] for cluster in listed(book) for each in cluster}


def test_only_verifiers_are_answered(book: Path) -> None:
    """Whoever does not verify is told so, and nothing is written; an unknown number is named."""
    first, second = (each["number"] for each in listed(book)[0][:2])
    for arguments in (("list",), ("confirm", first, second)):
        refused = call("repeats", *arguments, "--by", COUNTER, book=book)
        assert refused.status
        assert COUNTER in refused.err
    unknown = call("repeats", "confirm", first, "E-1999-000001", "--by", LI_MEI, book=book)
    assert unknown.status
    assert "E-1999-000001" in unknown.err
    assert listed(book)[0][1]["confirmed"] is False
