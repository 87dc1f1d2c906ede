"""Second screens as rows: digits that pair once, an agreement that is about one order alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ledger.book import Book
from points.people import damm
from tests.books import fresh
from web import screens
from web.models import Screen
from web.screens import UnknownScreen
from web.sessions import Jar

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.anyio


def asking(book: Book, cookies: dict[str, str] | None = None) -> Any:
    """A request as `screens` sees one."""
    state = {"jar": Jar(secure=False), "cookies": []}
    app = SimpleNamespace(state=SimpleNamespace(book=book, now=lambda: NOW))
    return cast("Any", SimpleNamespace(app=app, cookies=cookies or {}, scope={"state": state}))


async def begun(book: Book) -> Screen:
    """A new screen that waits."""
    return await screens.begin(asking(book))


async def test_digits_pair_once_and_carry_their_check(tmp_path: Any) -> None:
    """However they are grouped; not twice, and not after ten minutes."""
    async with fresh(tmp_path) as book:
        first, late = await begun(book), await begun(book)
        assert first.code
        assert damm.is_whole(first.code)
        await screens.pair(book, f"{first.code[:3]} {first.code[3:]}", till="t", shop=1, now=NOW)
        (there,) = await screens.beside(book, "t")
        assert (there.id, there.code, there.shop) == (first.id, None, 1)
        for code, now in ((first.code, NOW), (late.code, NOW + timedelta(minutes=10)), ("12", NOW)):
            with pytest.raises(UnknownScreen):
                await screens.pair(book, str(code), till="u", shop=1, now=now)


async def test_agreement_is_about_the_order_that_was_shown(tmp_path: Any) -> None:
    """Shown anew, it is to be given anew; it ends after ten minutes; and another till's is not this one's."""
    async with fresh(tmp_path) as book:
        one = await begun(book)
        await screens.pair(book, str(one.code), till="t", shop=1, now=NOW)
        await screens.turn(book, "t", now=NOW, shop=1, sealed="a")
        (before,) = await screens.beside(book, "t")
        assert await screens.agree(book, before, now=NOW)
        assert await screens.agreed_at(book, "t", "a", now=NOW) == NOW
        assert await screens.agreed_at(book, "t", "b", now=NOW) is None
        assert await screens.agreed_at(book, "u", "a", now=NOW) is None
        assert await screens.agreed_at(book, "t", "a", now=NOW + timedelta(minutes=11)) is None
        await screens.turn(book, "t", now=NOW, shop=1, sealed="b")
        assert not await screens.agree(book, before, now=NOW)
        assert await screens.agreed_at(book, "t", "b", now=NOW) is None


async def test_what_nobody_paired_in_time_is_swept_by_the_next(tmp_path: Any) -> None:
    """Rows of screens do not pile up; parting takes a till's own alone."""
    async with fresh(tmp_path) as book:
        await begun(book)
        kept = await begun(book)
        await screens.pair(book, str(kept.code), till="t", shop=1, now=NOW)
        later = asking(book)
        later.app.state.now = lambda: NOW + timedelta(minutes=11)
        await screens.begin(later)
        assert await Screen.all().using_db(book.reader).count() == 2
        assert await screens.part(book, till="u") == 0
        assert await screens.part(book, till="t") == 1
