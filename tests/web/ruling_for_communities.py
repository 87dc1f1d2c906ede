"""A rule book that rewards communities, published in the sample town; and the days after which it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger import encoding
from ledger.book import Book
from points.awards import rule_books, rule_text, rule_writing
from points.awards.rule import Rule

ADMIN, HEAD, KEEPER = "S-0001", "马丽", "孙丽"
BEST = Rule(
    "month-best", "月度考核优秀", "best month", frozenset(), points=300, earns="community", score_from=90
)


async def publish(book: Book, since: date | None = None) -> None:
    """The default rules and one more, in force from tomorrow, or since another day."""
    default, today = rule_text.parse(rule_text.default()), book.today()
    group = next(iter(default.groups), "")
    wanted = replace(
        default,
        in_force_from=since or today + timedelta(days=1),
        rules=(*default.rules, replace(BEST, group=group)),
    )
    text, version = rule_writing.write(wanted), len((await rule_books.shelf(book)).versions) + 1
    made = replace(rule_text.parse(text), version=version, digest=encoding.digest(text))
    await book.journal.post(rule_books.draft(book, made, text, facts={"by": ADMIN}, on=today))


def first_of(today: date, months: int) -> date:
    """The first day of a month so many months on."""
    months += today.month - 1
    return date(today.year + months // 12, months % 12 + 1, 1)


@contextmanager
def two_months_later(book: Book, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The days pass, until a whole month of these rules is over: which one that is."""
    real, today = Book.today, book.today()
    with monkeypatch.context() as patched:
        patched.setattr(Book, "today", lambda book: first_of(real(book), 2))
        yield f"{first_of(today, 1):%Y-%m}"
