"""Requests: how far one is, whether it was decided so before, and whether it may be decided as it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import requests
from points.people.errors import RequestChanged, RequestDecided, RequestLapsed


@dataclass(frozen=True)
class Asked:
    """A request as both see it."""

    state: str
    decided_by: str | None = None
    digest: str = "d"


@pytest.mark.anyio
async def test_it_lapses_after_three_days_unless_it_was_decided(book: Book) -> None:
    """To the second; what was decided stays decided."""
    now, last = book.now(), timedelta(hours=72)
    assert requests.state(book, now, None) == "open"
    assert requests.state(book, now - last, None) == "lapsed"
    assert requests.state(book, now - last + timedelta(minutes=1), None) == "open"
    assert requests.state(book, now - last, True) == "approved"
    assert requests.state(book, now, False) == "refused"


@pytest.mark.parametrize(
    ("state", "approved", "by", "before"),
    [
        ("open", True, "S-1", False),
        ("lapsed", False, "S-1", False),
        ("approved", True, "S-1", True),
        ("refused", False, "S-1", True),
        ("approved", False, "S-1", None),
        ("refused", True, "S-1", None),
        ("approved", True, "S-2", None),
        ("refused", False, "S-2", None),
    ],
)
def test_only_the_same_decision_is_the_same(state: str, approved: bool, by: str, before: bool | None) -> None:
    """Of the same person, and the same word; anything else after a decision is told that it was decided."""
    asked = Asked(state, "S-1" if state in ("approved", "refused") else None)
    if before is None:
        with pytest.raises(RequestDecided):
            requests.was_decided(asked, approved=approved, by=by)
    else:
        assert requests.was_decided(asked, approved=approved, by=by) is before


def test_what_is_decided_was_seen_and_has_not_lapsed() -> None:
    """That it lapsed is said first."""
    requests.require_open(Asked("open"), "d")
    with pytest.raises(RequestChanged):
        requests.require_open(Asked("open"), "e")
    with pytest.raises(RequestLapsed):
        requests.require_open(Asked("lapsed"), "e")
