"""A PIN set anew ends sessions and opens locks, however the number was typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web.guests import Guests, visiting
from web import limits, pins
from web.models import Session


@pytest.fixture
def guests(tmp_path: Path) -> Iterator[Guests]:
    """A town of one's own."""
    with visiting(tmp_path) as opened:
        yield opened


def test_sessions_end_and_number_and_phone_may_be_tried_again(guests: Guests) -> None:
    """Both spellings were locked, both are open; nobody is signed in as them any more."""
    guests.by("王秀兰")

    async def live() -> tuple[int, list[int], int]:
        book, now = guests.book, datetime.now(UTC)
        names = ("resident V-000001", "resident 10000900001")
        for name in names:
            for _ in range(limits.TRIES):
                await limits.attempt(book, name, now=now)
        before = await Session.filter(member="V-000001").using_db(book.reader).count()
        await pins.let_in(book, "V-000001")
        left = [(await limits.attempt(book, name, now=now)).left for name in names]
        return before, left, await Session.filter(member="V-000001").using_db(book.reader).count()

    assert guests.run(live) == (1, [limits.TRIES - 1] * 2, 0)
