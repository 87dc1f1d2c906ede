"""What somebody else does between the look of a verb and its writing: what makes it wrong, at that moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from points.events import taking
from points.people import household_changes, roles
from points.people.models import RoleGrant
from tests.points.awards.town import ADMIN, DISTRICT, LAID_OUT, VERIFIER, Town

Deed = Callable[[Town, str], Awaitable[None]]
"""Something that is done about an event (by its key) or about who verifies it."""
ONE, OTHER = "V-000001", "V-000002"


async def found_false(town: Town, event: str) -> None:
    """It was found that it is not so."""
    await taking.take(town.book, event, "found_false", by=VERIFIER, key="f")


async def role_ends(town: Town, _event: str) -> None:
    """Who verifies is no verifier any more, from today."""
    book = town.book
    held = await RoleGrant.get(member=VERIFIER, role="verifier", using_db=book.reader)
    await roles.revoke(book, grant=held.id, by=ADMIN, on=book.today())


async def household_forms(town: Town, _event: str) -> None:
    """Who verifies goes to live with who took part."""
    home = await household_changes.join(town.book, ONE, None, by=ADMIN, key="h1")
    await household_changes.join(town.book, VERIFIER, home, by=ADMIN, key="h2")


DEEDS: dict[str, tuple[Deed, str]] = {
    "found_false": (found_false, "WasFalse"),
    "role_ends": (role_ends, "NotVerifier"),
    "household_forms": (household_forms, "OwnHousehold"),
}
"""Each with the refusal that is to be said."""


def once_before(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, work: Callable[[], Awaitable[None]]
) -> None:
    """Let something happen before the first call of a function that comes after the reading."""
    real: Any = getattr(module, name)
    happened: list[bool] = []

    async def later(*given: Any, **named: Any) -> Any:
        if not happened:
            happened.append(True)
            await work()
        return await real(*given, **named)

    monkeypatch.setattr(module, name, later)


async def an_event(town: Town, *, minutes: int | None = None) -> str:
    """A report of two people to verify, with a fund; or a service of some minutes, worth nothing when they are few."""
    await town.fund(100)
    await roles.grant(town.book, member=VERIFIER, role="grid_head", area=DISTRICT, by=ADMIN, on=LAID_OUT)
    doing = ("participant", minutes) if minutes else ("reporter",)
    return await town.event((ONE, *doing), (OTHER, *doing))


async def awarded(town: Town, event: str) -> list[int]:
    """The positions of what was awarded for an event."""
    rows = await town.rows(
        "SELECT x.position FROM awards_verification AS v JOIN ledger_transaction AS x ON x.reference = v.reference"
        " WHERE v.event = ? AND v.decision = 'accepted'",
        event,
    )
    return sorted(row["position"] for row in rows)


async def stepped(town: Town, event: str, name: str) -> int:
    """The position of a step that was taken by hand; 0 when it was not."""
    begins = f"step/{event}/{name}/"
    rows = await town.rows(
        "SELECT position FROM ledger_transaction WHERE reference >= ? AND reference < ?", begins, begins + "~"
    )
    return int(rows[0]["position"]) if rows else 0
