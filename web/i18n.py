"""Two languages: Chinese is the text itself, English comes from the catalogue `locale/en/LC_MESSAGES/en.po`."""

from __future__ import annotations

import functools
import gettext as gnu
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import HTTPConnection

LANGUAGES = ("zh", "en")
CATALOGUE = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES" / "en.po"
_spoken: ContextVar[str] = ContextVar("jishan_language", default="zh")


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is shown."""
    return msgid


def language() -> str:
    """The language being written now: zh or en."""
    return _spoken.get()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Everything written inside is in this language."""
    token = _spoken.set(chosen if chosen in LANGUAGES else LANGUAGES[0])
    try:
        yield
    finally:
        _spoken.reset(token)


def choose(cookie: str | None, accepted: str | None) -> str:
    """The language for a browser: what it chose here, else what it accepts most, else Chinese."""
    if cookie in LANGUAGES:
        return cookie
    wishes = [_wish(part) for part in (accepted or "")[:200].split(",")]
    known = [
        (weight, -place, tag) for place, (tag, weight) in enumerate(wishes) if tag in LANGUAGES and weight > 0
    ]
    return max(known)[2] if known else LANGUAGES[0]


def chosen(request: HTTPConnection) -> str:
    """zh or en, by what the browser that asks chose here or accepts."""
    return choose(request.cookies.get("language"), request.headers.get("accept-language"))


def gettext(msgid: str) -> str:
    """The sentence in the language being written."""
    return _catalogue(language()).gettext(msgid)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for n things in the language being written."""
    return _catalogue(language()).ngettext(singular, plural, n)


class Say:
    """A sentence with its facts, translated when it is shown: `Say("还可以试 {left} 次。", left=4)`."""

    def __init__(self, msgid: str, **facts: Any) -> None:
        self.msgid = msgid
        self.facts = facts

    def __str__(self) -> str:
        text = gettext(self.msgid)
        return text.format(**self.facts) if self.facts else text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Say) and (self.msgid, self.facts) == (other.msgid, other.facts)

    def __hash__(self) -> int:
        return hash(self.msgid)

    def __repr__(self) -> str:
        return f"Say({self.msgid!r}, {self.facts!r})"


@functools.cache
def _catalogue(chosen: str) -> gnu.NullTranslations:
    """Chinese needs none. The English text file is compiled in memory, so there is no build step to forget."""
    if chosen == LANGUAGES[0]:
        return gnu.NullTranslations()
    compiled = io.BytesIO()
    with CATALOGUE.open("rb") as source:
        write_mo(compiled, read_po(source, locale=chosen))
    compiled.seek(0)
    return gnu.GNUTranslations(compiled)


def _wish(part: str) -> tuple[str, float]:
    """One part of Accept-Language as (zh|en|other, weight 0–1); what cannot be read weighs nothing."""
    tag, _, quality = part.strip().partition(";")
    tag = tag.strip().lower().partition("-")[0]
    digits = quality.strip().lower().removeprefix("q=").strip()
    if not quality:
        return tag, 1.0
    whole, _, fraction = digits.partition(".")
    if whole not in ("0", "1") or not (fraction == "" or (fraction.isascii() and fraction.isdigit())):
        return tag, 0.0
    return tag, min(1.0, float(f"{whole}.{fraction or 0}"))
