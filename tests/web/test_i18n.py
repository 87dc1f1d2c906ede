"""Every sentence is in the catalogue, with the same facts, and a browser is answered in its language."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import normalize, read_po

import ledger
import points
from ledger.errors import LedgerError
from points.errors import PointsError
from web import i18n
from web.i18n import Say, choose, gettext, speaking

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
FACTS = re.compile(r"%\(\w+\)s|%%|\{\w*[^}]*\}")
HAN = r"[\u4e00-\u9fff]"
HALF_WIDTH = re.compile(rf"{HAN}[,;:?!()]|[,;?!(]{HAN}|{HAN}\.(?!\d)")


@cache
def sentences() -> dict[str, str]:
    """Every Chinese sentence that can be shown, and where it is written."""
    with (ROOT / "web/locale/babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ROOT), methods, options, KEYWORDS)
    shown: dict[str, str] = {}
    for file, line, message, _comments, _context in found:
        for one in (message,) if isinstance(message, str) else message:
            shown.setdefault(one, f"{file}:{line}")
    return shown | {kind.__doc__.strip(): kind.__qualname__ for kind in errors() if kind.__doc__}


def errors() -> Iterator[type[Exception]]:
    """Every class of error that a person can meet."""
    for floor in (ledger, points):
        for module in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if module.name.endswith("errors"):
                importlib.import_module(module.name)
    kinds: list[type[Exception]] = [LedgerError, PointsError]
    while kinds:
        kind = kinds.pop()
        yield kind
        kinds += kind.__subclasses__()


@cache
def english() -> dict[str, str]:
    """The catalogue as it is written."""
    with i18n.CATALOGUE.open("rb") as source:
        return {str(m.id): str(m.string) for m in read_po(source, locale="en") if m.id}


def test_every_sentence_is_in_english() -> None:
    """Nothing is left in Chinese on an English page; what is missing is printed as it goes into en.po."""
    missing = [(text, place) for text, place in sentences().items() if not english().get(text)]
    stanzas = [f'#: {place}\nmsgid {normalize(text)}\nmsgstr ""\n' for text, place in missing]
    if stanzas:
        pytest.fail("\n".join(stanzas), pytrace=False)


def test_the_catalogue_holds_nothing_else() -> None:
    """A sentence that is no longer said leaves the catalogue."""
    assert sorted(set(english()) - set(sentences())) == []


def test_a_translation_has_the_facts_of_its_sentence() -> None:
    """{left} and %(left)s stand in both, so no page breaks in one language only."""
    wrong = [a for a, b in english().items() if set(FACTS.findall(a)) != set(FACTS.findall(b))]
    assert wrong == []


def test_english_is_english() -> None:
    """No Han character in a translation, except inside an example of what to type."""
    assert [b for b in english().values() if re.search(HAN, re.sub(r"\d+ . \d\d-\d\d", "", b))] == []


def test_punctuation_between_han_is_full_width() -> None:
    """，。（） and not ,.() beside a Han character."""
    assert [text for text in sentences() if HALF_WIDTH.search(text)] == []


@pytest.mark.parametrize("word", ["核销", "区块链", "哈希", "token", "黑榜", "暂无数据"])
def test_residents_never_read_these_words(word: str) -> None:
    """The glossary's “never say”, over everything the pages can say."""
    pages = [text for text, place in sentences().items() if place.startswith("web/templates")]
    assert [text for text in pages if word in text] == []


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (None, None, "zh"),
        ("en", "zh-CN", "en"),
        ("xx", "en-GB,en;q=0.9", "en"),
        (None, "fr, en;q=0.3, zh-TW;q=0.5", "zh"),
        (None, "en;q=0, fr", "zh"),
        (None, "en;q=nan, zh;q=1e9", "zh"),
        (None, "en;q=²", "zh"),
        (None, ",;=,q=;" * 500, "zh"),
    ],
)
def test_the_language_is_the_one_asked_for(cookie: str | None, accepted: str | None, language: str) -> None:
    """What was chosen here, else what the browser likes most, else Chinese; nonsense is not an error."""
    assert choose(cookie, accepted) == language


def test_a_sentence_is_translated_when_it_is_shown() -> None:
    """The same Say is Chinese and English, facts included, and Say inside Say follows."""
    said = Say("请填写{label}。", label=Say("密码"))
    assert str(said) == "请填写密码。"
    with speaking("en"):
        assert str(said) == "Fill in: PIN."
        assert gettext("登录") == "Sign in"
