"""Posters with a QR."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.paging import Turn
from points.people import posters
from points.people.errors import NotAllowed, UnknownPoster
from points.people.records import Poster
from tests.points.awards.town import DISTRICT, FAR, LIUHE, STREET
from tests.points.awards.town import fresh as fresh_town
from tests.points.events.hands import HEAD, WORKER, key, staffed

pytestmark = pytest.mark.anyio


async def test_a_poster_opens_until_it_is_taken_down(tmp_path: Path) -> None:
    """Made once for each key; for its own purpose only; taken down it opens nothing."""
    async with fresh_town(tmp_path) as town:
        await staffed(town)
        made = [await posters.make(town.book, "report", LIUHE, by=HEAD, key="k") for _ in range(2)]
        assert made[0] == made[1]
        assert (await posters.find(town.book, made[0], "report")).area == LIUHE
        with pytest.raises(UnknownPoster):
            await posters.find(town.book, made[0], "enrol")
        for _ in range(2):
            await posters.take_down(town.book, made[0], by=HEAD, key="d")
        with pytest.raises(UnknownPoster):
            await posters.find(town.book, made[0], "report")
        assert not await posters.hanging(town.book, [None])


async def test_only_who_heads_the_place_makes_and_takes_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A grid worker does not, nor a head elsewhere; and each sees those of their own places, by pages."""
    async with fresh_town(tmp_path) as town:
        await staffed(town)
        for by, area in ((WORKER, LIUHE), (HEAD, FAR)):
            with pytest.raises(NotAllowed):
                await posters.make(town.book, "report", area, by=by, key=key())
        code = await posters.make(town.book, "report", LIUHE, by=HEAD, key=key())
        with pytest.raises(NotAllowed):
            await posters.take_down(town.book, code, by=WORKER, key=key())
        assert [each.code for each in await posters.hanging(town.book, [STREET])] == [code]
        assert [each.code for each in await posters.hanging(town.book, [DISTRICT])] == [code]
        assert not await posters.hanging(town.book, [FAR])
        others = [await posters.make(town.book, "report", LIUHE, by=HEAD, key=key()) for _ in range(2)]
        monkeypatch.setattr(posters, "A_PAGE", 2)
        first = await posters.hanging(town.book, [STREET])
        second = await posters.hanging(town.book, [STREET], Turn(before=first.on or ""))
        assert {row.code for row in (*first, *second)} == {code, *others}
        assert (len(first), len(second), second.on) == (2, 1, None)
        assert list(await posters.hanging(town.book, [STREET], Turn(after=second.back or ""))) == list(first)


async def test_codes_cannot_be_guessed_or_misread() -> None:
    """Twelve letters of thirty: 59 bits; none of 0 O 1 I L U."""
    assert len(posters.ALPHABET) ** posters.CODE_LETTERS > 2**58
    assert not set("01OILU") & set(posters.ALPHABET)
    assert Poster._meta.fields_map["code"].max_length >= posters.CODE_LETTERS  # type: ignore[attr-defined]
