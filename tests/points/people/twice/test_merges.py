"""Which number stands for which: also over several merges, and no longer once they were taken back."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people.errors import UnknownMember
from points.people.records import MemberMerge, MemberMergeUndo
from points.people.twice import merges
from points.people.twice.errors import MergedInto
from tests.points.people import village

pytestmark = pytest.mark.anyio


async def merged(book: Book, gone: str, kept: str, *, undone: bool = False) -> None:
    """A row as a merge leaves it."""
    key = f"{gone}{kept}{undone}"
    facts = {"merged_on": "2026-11-20", "merged_by": "S-0001", "reference": f"merge/{gone}/1"}
    async with book.write() as db:
        await MemberMerge.create(using_db=db, id=key, kept=kept, gone=gone, **facts)
        if undone:
            await MemberMergeUndo.create(
                using_db=db, merge=key, undone_on="2026-11-20", undone_by="S-0001", reference="merge/x/1"
            )


async def test_a_number_stands_for_all_that_led_to_it(book: Book) -> None:
    """One after another, side by side, and without those that were taken back."""
    await merged(book, "V-3", "V-2")
    await merged(book, "V-2", "V-1")
    await merged(book, "V-4", "V-1")
    await merged(book, "V-5", "V-1", undone=True)
    numbers = [f"V-{n}" for n in range(1, 6)]
    assert await merges.into(book, numbers) == {"V-2": "V-1", "V-3": "V-1", "V-4": "V-1"}
    assert await merges.stands_for(book, "V-5") == "V-5"
    assert sorted(await merges.group(book, "V-1")) == numbers[:4]
    assert await merges.names(book, ["V-2", "V-5"]) == {"V-2": "V-2", "V-3": "V-2", "V-5": "V-5"}
    assert {one.gone for one in await merges.of(book, "V-2")} == {"V-2", "V-3"}
    assert {one.gone for one in await merges.every(book)} == {"V-2", "V-3", "V-4"}


async def test_only_an_open_number_is_open(book: Book) -> None:
    """The sentence names where to go, at the end of the way."""
    await merged(book, "V-3", "V-2")
    await merged(book, "V-2", "V-1")
    await merges.require_open(book, "V-1")
    with pytest.raises(MergedInto, match="V-1"):
        await merges.require_open(book, "V-3")


async def test_a_member_is_somebody_with_an_open_number(book: Book) -> None:
    """Nobody's number is refused, and so is a closed one, with where to go; one whose merge was taken back is not."""
    first, second, third = [(await village.enrol(book, name)).number for name in ("王秀兰", "赵敏", "孙丽")]
    await merged(book, second, first)
    await merged(book, third, first, undone=True)
    for number in (first, third):
        await merges.require_member(book, number)
    with pytest.raises(MergedInto, match=first):
        await merges.require_member(book, second)
    with pytest.raises(UnknownMember):
        await merges.require_member(book, "V-999999")
