"""How --help is written: in one language, in eighty columns, with nothing cut short and no option that says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from tests.typed import call
from tests.web.test_cli import every
from web.cli import CHAPTERS, COMMANDS, main
from web.commands.helping import Call, Named, either, filled, width

COLUMNS = 80
EVERY = every(main)


def helped(path: str, language: str) -> str:
    """What a command says of itself in a terminal of eighty columns."""
    command: click.Command = main
    context = Call(main, None, "jishan", terminal_width=COLUMNS)
    context.params["lang"] = language
    for name in path.split()[1:]:
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None
        command = found
        context = Call(command, context, name, terminal_width=COLUMNS)
    return command.get_help(context)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_a_terminal(language: str) -> None:
    """A Chinese character takes two columns: what is counted as one is broken anywhere by the terminal."""
    lines = [(path, line) for path, _ in EVERY for line in helped(path, language).splitlines()]
    assert len(lines) > 1000
    assert [(path, line) for path, line in lines if width(line) > COLUMNS] == []


def test_each_language_has_its_own_words() -> None:
    """Who reads Chinese is not told an option twice, and who reads English meets Chinese in examples alone."""
    said = helped("jishan fund pay", "zh")
    assert "哪个社区  [必须写]" in said
    assert "which community" not in said
    said = helped("jishan fund pay", "en")
    assert "which community  [required]" in said
    assert not re.search("[\u4e00-\u9fff]", said)


def test_every_option_says_what_it_is_for() -> None:
    """In both languages; a word that lists codes says what each of them means in Chinese."""
    options = [
        (path, option)
        for path, command in EVERY
        for option in command.params
        if isinstance(option, click.Option)
    ]
    assert [(path, option.opts) for path, option in options if " · " not in (option.help or "")] == []
    coded = [(option.help or "", option.type) for _, option in options if isinstance(option.type, Named)]
    assert len(coded) > 20
    assert all(word in said for said, named in coded for word in named.words.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_stands_in_one_chapter_and_is_not_cut_short(language: str) -> None:
    """A list of sixty names is read by its headings."""
    said = helped("jishan", language)
    listed = re.findall(r"(?m)^  ([a-z-]+)  +\S", said)
    assert sorted(name for name in listed if name in COMMANDS) == sorted(COMMANDS)
    assert sum(len(chapter) for chapter in CHAPTERS.values()) == len(COMMANDS)
    assert "..." not in said.split("\n", 1)[1]


def test_the_language_may_be_said_before_the_wish_for_help() -> None:
    """Or by the environment."""
    book = Path("/nowhere/book.db")
    assert "用法：jishan key" in call("key", "--help", book=book).out
    assert "Usage: jishan key" in call("--lang", "en", "key", "--help", book=book).out
    assert "Usage: jishan" in call("--lang", "en", "--help", book=book).out
    assert "Usage: jishan" in call("--help", book=book, env={"JISHAN_LANGUAGE": "en"}).out


def test_lines_break_between_chinese_characters_and_never_before_a_comma() -> None:
    """Signs stay with the character they belong to, words and bracketed remarks stay whole."""
    assert filled("一二三，四五", 6) == ["一二", "三，四", "五"]
    assert filled("ab cdef（一）", 7) == ["ab cdef", "（一）"]
    assert filled("[one|two|three]", 8) == ["[one|", "two|", "three]"]
    assert filled("", 8) == [""]


def test_what_click_adds_stays_behind_either_half() -> None:
    """That an option must be written, or what holds without it."""
    assert either("哪月 · which month  [required]", "zh") == "哪月  [必须写]"
    assert either("哪月 · which month  [default: 1; required]", "en") == "which month  [default: 1; required]"
    assert either("[required]", "zh") == "[必须写]"
