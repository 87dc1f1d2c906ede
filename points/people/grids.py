"""What is known of grids: kind, households served, who heads and who walks them; the latest note counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.book import Book
from ledger.transactions import Draft
from points.evidence import acts
from points.keys import new_key
from points.people import areas, members, roles
from points.people.errors import BadGridKind, BadHouseholds, NoGrid
from points.people.records import GridProfile

KINDS = {"unit": "单位型", "estate": "小区型", "lane": "街巷型"}
"""Every kind of grid with its Chinese name."""
HOUSEHOLDS_AT_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a grid; `head` and `worker` are member numbers, None is not known."""

    kind: str | None = None
    households: int | None = None
    head: str | None = None
    worker: str | None = None
    noted_on: str | None = None


async def of(book: Book, codes: Iterable[str]) -> dict[str, Profile]:
    """The latest note of each grid, by code; a grid nobody noted anything of is absent. One statement."""
    rows = GridProfile.filter(area__in=sorted(set(codes))).using_db(book.reader).order_by("noted_on", "id")
    return {
        row.area: Profile(row.kind, row.households, row.head, row.worker, row.noted_on) for row in await rows
    }


async def note(
    book: Book,
    code: str,
    *,
    kind: str | None,
    households: int | None,
    head: str | None,
    worker: str | None,
    by: str,
    key: str,
) -> Profile:
    """Note what is known of a grid now, by an admin or the head of a grid there; the same again writes nothing.

    Raises UnknownArea, NoGrid, BadGridKind, BadHouseholds, UnknownMember, NotAllowed.
    """
    area = await areas.find(book, code)
    if not await roles.holds(book, by, "grid_head", area.path, book.today()):
        await roles.require(book, by, "admin", area.path, book.today())
    if area.level != "grid":
        raise NoGrid(name=area.name)
    if kind is not None and kind not in KINDS:
        raise BadGridKind(kind=kind)
    if households is not None and not (type(households) is int and 0 <= households <= HOUSEHOLDS_AT_MOST):
        raise BadHouseholds
    on = book.today().isoformat()
    numbers = [(await members.find(book, each)).number if each else None for each in (head, worker)]
    wanted = Profile(kind, households, numbers[0], numbers[1], on)
    before = (await of(book, [code])).get(code)
    if before and (before.kind, before.households, before.head, before.worker) == (
        wanted.kind,
        wanted.households,
        wanted.head,
        wanted.worker,
    ):
        return before
    await book.journal.post(_draft(book, code, wanted, by=by, key=key))
    return wanted


def _draft(book: Book, code: str, noted: Profile, *, by: str, key: str) -> Draft:
    on = book.today()
    facts = {
        "area": code,
        "head": noted.head or "",
        "households": noted.households if noted.households is not None else "",
        "kind": noted.kind or "",
        "worker": noted.worker or "",
    }
    row = GridProfile(
        id=new_key(),
        area=code,
        kind=noted.kind,
        households=noted.households,
        head=noted.head,
        worker=noted.worker,
        noted_on=on.isoformat(),
        noted_by=by,
    )
    about, request = ("grid", f"{code}/{key}"), {**facts, "verb": "note a grid"}
    return acts.draft(book, f"grid/{on}/{key}", about, {**facts, "by": by}, [row], request=request)
