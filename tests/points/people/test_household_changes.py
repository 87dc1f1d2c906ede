"""Households change by one act each, and each can be taken back while nobody has moved again."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.paging import Turn
from points.people import household_changes as changes
from points.people import households
from points.people.errors import (
    ChangedSince,
    NoHousehold,
    NotAllowed,
    NotOneHousehold,
    OwnHousehold,
    SameHousehold,
    UnknownChange,
    UnknownHousehold,
)
from points.people.records import HouseholdChange
from tests.points.people import clerks_of, village

pytestmark = pytest.mark.anyio


async def family(book: Book, count: int = 3) -> tuple[str, list[str]]:
    """A clerk, and so many people without a household."""
    by = await clerks_of.staff(book, "counter")
    return by, [(await village.enrol(book, f"家人{n}")).number for n in range(count)]


async def homes(book: Book, people: list[str]) -> list[str | None]:
    """Where they live."""
    return list((await households.of(book, people)).values())


async def test_join_leave_split_and_merge_and_each_undone(book: Book) -> None:
    """After each change everybody lives where it says, and after its undoing where they lived before."""
    by, people = await family(book)
    a, b, c = people
    home = await changes.join(book, a, None, by=by, key="k1")
    assert await changes.join(book, a, None, by=by, key="k1") == home
    for key, member in (("k2", b), ("k3", c)):
        await changes.join(book, member, home, by=by, key=key)
    assert await homes(book, people) == [home] * 3
    new = await changes.split(book, home, [c], by=by, key="k4")
    assert await homes(book, people) == [home, home, new]
    assert not households.same_side(a, c, await households.of(book, people))
    await changes.merge(book, new, into=home, by=by, key="k5")
    assert await homes(book, people) == [home] * 3
    await changes.leave(book, b, by=by, key="k6")
    assert await homes(book, people) == [home, None, home]
    assert await households.members_of(book, home) == [a, c]
    expected: list[list[str | None]] = [[home] * 3, [home, home, new], [home] * 3]
    for n, wanted in enumerate(expected):
        past = [p for p in await changes.history(book, home) if not p.undone and p.change.what != "undone"]
        await changes.undo(book, past[0].change.id, by=by, key=f"u{n}")
        await changes.undo(book, past[0].change.id, by=by, key=f"v{n}")
        assert await homes(book, people) == wanted


async def test_what_was_followed_by_another_move_is_not_undone(book: Book) -> None:
    """The later one first; its sentence names who moved."""
    by, (a, b, _) = await family(book)
    home = await changes.join(book, a, None, by=by, key="k1")
    await changes.join(book, b, home, by=by, key="k2")
    (second, first) = await changes.history(book, home)
    await changes.merge(book, home, into=await changes.join(book, b, None, by=by, key="k3"), by=by, key="k4")
    for each in (first, second):
        with pytest.raises(ChangedSince):
            await changes.undo(book, each.change.id, by=by, key=f"u{each.change.id[:5]}")


async def test_what_happened_is_turned_by_keys(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest first, there and back; who ever lived there is known on every page."""
    by, (a, b, _) = await family(book)
    home = await changes.join(book, a, None, by=by, key="k1")
    await changes.join(book, b, home, by=by, key="k2")
    await changes.leave(book, b, by=by, key="k3")
    monkeypatch.setattr(changes, "A_PAGE", 2)
    first = await changes.history(book, home)
    assert [[line.member for line in past.lines] for past in first] == [[b], [b]]
    second = await changes.history(book, home, Turn(before=first.on or ""))
    assert ([[line.member for line in past.lines] for past in second], second.on) == ([[a]], None)
    assert list(await changes.history(book, home, Turn(after=second.back or ""))) == list(first)
    assert await changes.ever(book, home) == {a, b}


async def test_away_and_back_is_still_a_move(book: Book) -> None:
    """Who left and came again lives where the first change said, but it is not the last word on them."""
    by, (a, *_) = await family(book)
    home = await changes.join(book, a, None, by=by, key="k1")
    (first,) = await changes.history(book, home)
    await changes.leave(book, a, by=by, key="k2")
    await changes.join(book, a, home, by=by, key="k3")
    with pytest.raises(ChangedSince):
        await changes.undo(book, first.change.id, by=by, key="u1")


async def test_what_cannot_be_is_refused_and_nobody_moves(book: Book) -> None:
    """Unknown and own households, nobody to part, from another street; an undoing is not undone."""
    by, people = await family(book)
    a, b, _ = people
    home = await changes.join(book, a, None, by=by, key="k1")
    far = await clerks_of.staff(book, "counter", area=village.LONGTIAN)
    refusals = [
        (changes.join(book, b, "H9", by=by, key="r1"), UnknownHousehold),
        (changes.join(book, b, home, by=far, key="r2"), NotAllowed),
        (changes.join(book, by, home, by=by, key="r3"), OwnHousehold),
        (changes.leave(book, b, by=by, key="r4"), NoHousehold),
        (changes.split(book, home, [a], by=by, key="r5"), NotOneHousehold),
        (changes.split(book, home, [b], by=by, key="r6"), NotOneHousehold),
        (changes.merge(book, home, into=home, by=by, key="r7"), SameHousehold),
        (changes.undo(book, "nothing", by=by, key="r8"), UnknownChange),
    ]
    for work, error in refusals:
        with pytest.raises(error):
            await work
    assert await homes(book, people) == [home, None, None]
    assert await HouseholdChange.all().using_db(book.reader).count() == 1
