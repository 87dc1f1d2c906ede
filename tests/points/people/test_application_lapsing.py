"""Applications that nobody answered: closed after sixty days, their words gone, and whoever asks is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import application_lapsing, application_list, applications
from points.people.application_lapsing import WAITS
from points.people.errors import AlreadyDecided, BadRefusal
from tests.points.people import clerks_of
from tests.points.people.test_applications import PEPPER, RIDER, hung, texts

pytestmark = pytest.mark.anyio


async def test_after_sixty_days_it_is_closed_and_nothing_is_left(book: Book) -> None:
    """On the sixtieth day it still waits; a day later it is closed, once, and nobody can accept it any more."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    number = await applications.ask(book, poster, RIDER, key="k")
    assert await application_lapsing.lapse(book, book.today() + WAITS) == []
    assert (await applications.follow(book, number)).state == "waiting"
    late = book.today() + WAITS + timedelta(days=1)
    assert await application_lapsing.lapse(book, late) == [number]
    told = await applications.follow(book, number)
    assert (told.state, told.reason, await texts(book)) == ("refused", "lapsed", 0)
    assert await application_list.waiting(book, [None]) == []
    assert await application_lapsing.lapse(book, late) == []
    with pytest.raises(AlreadyDecided):
        await applications.accept(book, number, by=by, pepper=PEPPER)


async def test_what_was_decided_stays_decided(book: Book) -> None:
    """One that was refused in time keeps its reason; and no clerk can say that one lapsed."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    number = await applications.ask(book, poster, RIDER, key="k")
    with pytest.raises(BadRefusal):
        await applications.refuse(book, number, "lapsed", by=by)
    await applications.refuse(book, number, "unreachable", by=by)
    assert await application_lapsing.lapse(book, book.today() + WAITS * 2) == []
    assert (await applications.follow(book, number)).reason == "unreachable"
