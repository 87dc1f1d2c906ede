"""Categories of events: the fourteen letters of the short list, and how other platforms' words map onto them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

OTHER = "Z"


@dataclass(frozen=True, slots=True)
class Category:
    """A letter with its names."""

    letter: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """Where an event's words lead. `by` is the word that decided; None: no line of the table names any of them."""

    letter: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table, as shipped: the categories, and the letter of each word at each of the three depths."""

    names: Mapping[str, Category]
    types: Mapping[str, str]
    maintypes: Mapping[str, str]
    subtypes: Mapping[str, str]


def of(type_name: str, main_type_name: str, subtype_name: str) -> Mapped:
    """The category of an event by its own words: the most exact line of the table decides; without one it is Z."""
    table = read()
    for words, word in (
        (table.subtypes, f"{main_type_name}/{subtype_name}"),
        (table.subtypes, subtype_name),
        (table.maintypes, main_type_name),
        (table.types, type_name),
    ):
        if word in words:
            return Mapped(words[word], word)
    return Mapped(OTHER, None)


def named(letter: str) -> Category:
    """A category by its letter."""
    return read().names[letter]


@cache
def read() -> Table:
    """The table shipped with the package, checked: known letters only, no word twice at one depth."""
    text = tomllib.loads(files("points.events").joinpath("categories.toml").read_text("utf-8"))
    names = {letter: Category(letter, name["zh"], name["en"]) for letter, name in text["names"].items()}
    return Table(names, *(_by_word(text[depth], names) for depth in ("types", "maintypes", "subtypes")))


def _by_word(letters: Mapping[str, list[str]], names: Mapping[str, Category]) -> dict[str, str]:
    by_word: dict[str, str] = {}
    for letter, words in letters.items():
        assert letter in names, f"categories.toml names no category {letter}"
        for word in words:
            assert word not in by_word, f"categories.toml has {word} twice"
            by_word[word] = letter
    return by_word
