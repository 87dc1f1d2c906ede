"""Paid duty: what a grid worker or liaison does in their area in office is their work and earns nothing redeemable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.book import Book
from points.people import areas, grants
from points.people.roles import Grant

WORK = frozenset({"reporter", "handler", "mediator"})
"""What is done in office. Who joins an activity or a meeting does so like everybody else, in their own time."""


@dataclass(frozen=True, slots=True)
class Rota:
    """Every grant of paid duty of some people, each with the day it was revoked."""

    grants: tuple[tuple[Grant, str | None], ...] = ()

    def on_duty(self, member: str, role: str, path: str, day: str) -> str:
        """The duty by which somebody did this, there on that day; empty when it was none of theirs."""
        if role not in WORK:
            return ""
        for grant, revoked in self.grants:
            mine = grant.member == member and areas.covers(path, grant.area)
            begun = grant.from_on <= day and (grant.until_on is None or day <= grant.until_on)
            if mine and begun and (revoked is None or day < revoked):
                return grant.role
        return ""


async def read(book: Book, members: Iterable[str]) -> Rota:
    """The paid duties of some people. One statement for each 500."""
    wanted = sorted(set(members))
    found: list[tuple[Grant, str | None]] = []
    for start in range(0, len(wanted), 500):
        found += await grants.duties(book, wanted[start : start + 500])
    return Rota(tuple(found))
