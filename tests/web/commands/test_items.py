"""`jishan item`, `jishan price`: the catalogue is kept at the command line by the verbs of the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from tests.typed import asked, call

BY = ("--by", "S-0007")


def test_an_item_is_put_in_edited_limited_and_taken_out(book: Path, tmp_path: Path) -> None:
    """What is left out of an edit stays; the list says price, limit and what is out."""
    said = ("--english", "Tea", "--cost", "1800", "--points", "18")
    number = asked("item", "add", "茶叶", *said, *BY, book=book)["item"]
    asked(
        "item", "edit", "茶叶", "--about", "半斤", "--backing", "company", "--donor", "茶行", *BY, book=book
    )
    assert asked("item", "edit", "茶叶", "--name", "绿茶", *BY, book=book)["name"] == "绿茶"
    assert asked("item", "limit", "绿茶", "--most", "2", *BY, book=book)["item"] == number
    assert (
        asked("item", "who", "绿茶", "--kind", "resident", "--from-age", "60", *BY, book=book)["ages"]
        == "60-"
    )
    Image.new("RGB", (300, 200), "green").save(tmp_path / "tea.jpg")
    assert asked("item", "photo", "绿茶", str(tmp_path / "tea.jpg"), *BY, book=book)["photo"]
    assert asked("item", "photo", "绿茶", *BY, book=book)["photo"] is None
    asked("item", "out", "绿茶", *BY, book=book)
    (row,) = (each for each in asked("item", "list", book=book)["items"] if each["item"] == number)
    assert (row["name"], row["points"], row["out_on"] is not None) == ("绿茶", 18, True)
    assert "不换了" in call("item", "list", book=book).out
    assert asked("item", "out", "绿茶", "--back", *BY, book=book)["out"] is False
    assert call("item", "out", "绿茶", "--by", "S-0004", book=book).status == 1


def test_a_price_is_set_from_a_day_and_a_deep_cut_takes_two(book: Path) -> None:
    """Refused alone, with what to do; asked for, and decided by another who names what was seen."""
    day = str((datetime.now(UTC) + timedelta(days=3)).date())
    alone = call("price", "set", "香皂", "1", "--from", day, *BY, book=book)
    assert alone.status == 1
    assert "要另一个人批" in alone.err
    request = asked("price", "set", "香皂", "1", "--from", day, "--ask", *BY, book=book)
    assert asked("price", "requests", book=book)["requests"][0]["request"] == request["request"]
    seen = ("--digest", request["digest"])
    decide = ("price", "decide", request["request"], "--approve", *seen)
    assert call(*decide, *BY, book=book).status == 1
    assert asked(*decide, "--by", "S-0011", book=book)["state"] == "approved"
    assert asked("price", "set", "毛巾", "6", "--from", day, *BY, book=book)["position"]
    told = asked("price", "history", "香皂", book=book)["prices"]
    assert (told[0]["from_on"], told[0]["points"]) == (day, 1)
