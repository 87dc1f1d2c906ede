"""What options take, and what they say to everything else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from tests.typed import call
from web.commands.options import Day, File, Month, Platform, Whole, read_digest

TAKEN: list[tuple[click.ParamType[Any], str, object]] = [
    (Day(), "2018-12-31", date(2018, 12, 31)),
    (Day(), "2024-02-29", date(2024, 2, 29)),
    (Month(), "2018-07", "2018-07"),
    (Whole(), "-5", -5),
    (Whole(1, 3), "3", 3),
    (Platform(), "pingshan", "pingshan"),
    (Platform(), "常闻民声", "常闻民声"),
]
REFUSED: list[tuple[click.ParamType[Any], str]] = [
    *[
        (Day(), text)
        for text in (
            "2018-02-30",
            "2018-2-3",
            "20180203",
            "2018-W05-1",
            "0001-01-01",
            "9999-12-31",
            "",
            "今天",
        )
    ],
    *[(Day(), text) for text in ("２０１８-12-31", "2018-12-31 ", "2018-12-31T00:00")],
    *[(Month(), text) for text in ("2018-13", "2018-00", "2018-7", "201807", "2018-07-01", "9999-12", "")],
    *[(Whole(), text) for text in ("abc", "1.5", "1e3", "", "１", "9" * 31, "0x10", "1_000")],
    *[(Whole(1, 3), text) for text in ("0", "4", "-1", "9" * 30)],
    *[(Platform(), text) for text in ("", "a b", "a\nb", "x" * 41, "\u202eabc")],
]


@pytest.mark.parametrize(("kind", "text", "value"), TAKEN)
def test_what_is_well_written_is_read(kind: click.ParamType[Any], text: str, value: object) -> None:
    """As the value that was meant."""
    assert kind.convert(text, None, None) == value


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_what_is_not_is_refused_and_named(kind: click.ParamType[Any], text: str) -> None:
    """With what was given in the sentence."""
    with pytest.raises(click.BadParameter) as refused:
        kind.convert(text, None, None)
    assert text in str(refused.value.message)


def test_a_file_must_be_there_and_be_one(tmp_path: Path) -> None:
    """A folder is none, and the refusal says which of the two it is."""
    there = tmp_path / "a.csv"
    there.touch()
    assert File().convert(str(there), None, None) == there
    for wrong, why in ((tmp_path, "文件夹"), (tmp_path / "b.csv", "没有文件")):
        with pytest.raises(click.BadParameter) as refused:
            File().convert(str(wrong), None, None)
        assert why in str(refused.value.message)
        assert str(wrong) in str(refused.value.message)


@pytest.mark.parametrize(("language", "sentence"), [("zh", "不是日期"), ("en", "is not a date")])
def test_the_refusal_speaks_the_language_that_was_asked_for(
    quiet_book: Path, language: str, sentence: str
) -> None:
    """Though the option is read before anybody speaks."""
    said = call("--lang", language, "balance", "V-000001", "--on", "2018-02-30", book=quiet_book)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err
    assert "2018-02-30" in said.err
    assert "--on" in said.err


def test_people_were_born_before_1970() -> None:
    """A day that somebody was born on may be earlier than any that is reckoned with."""
    born = Day(since=date(1900, 1, 1))
    assert born.convert("1938-05-06", None, None) == date(1938, 5, 6)
    for kind, text in ((born, "1899-12-31"), (Day(), "1938-05-06")):
        with pytest.raises(click.BadParameter):
            kind.convert(text, None, None)


def test_twelve_last_digits_stand_for_a_digest() -> None:
    """Fewer, or others, stand for nothing: the verb reads them as they were given, and refuses."""
    digest = "sha256:" + "0123456789abcdef" * 4
    assert read_digest(digest[-12:], digest) == digest
    assert read_digest(digest, digest) == digest
    for said in (digest[-11:], "0" * 12, ""):
        assert read_digest(said, digest) == said
