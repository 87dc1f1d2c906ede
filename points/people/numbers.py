"""Member numbers: the next free ones. They say nothing about a person but the order of enrolment."""

from __future__ import annotations

from tortoise.backends.base.client import BaseDBAsyncClient

from points.people import words
from points.people.kinds import STAFF
from points.people.models import Member


def letter_of(kind: str) -> str:
    """S for the staff, V for everybody else."""
    return "S" if kind == STAFF else "V"


async def last(db: BaseDBAsyncClient, letter: str) -> int:
    """The ordinal of the newest number with this letter, 0 before the first; one look at the end of an index."""
    inside = Member.filter(number__gte=f"{letter}-", number__lt=f"{letter}.").using_db(db)
    newest = await inside.order_by("-number").first()
    return int(newest.number[2:]) if newest else 0


async def following(db: BaseDBAsyncClient, letter: str) -> str:
    """The number after the newest one. If another writer takes it first, the key refuses ours and we ask again."""
    return words.of_ordinal(letter, await last(db, letter) + 1)
