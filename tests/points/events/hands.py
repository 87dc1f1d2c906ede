"""Who writes events down and handles them, for the tests: a grid worker, a grid head, and one who answers for units."""

from __future__ import annotations

from itertools import count

from points.events import filing
from points.events.filing import Filed, Written
from points.people import roles
from points.people.models import Member
from tests.points.awards.town import ADMIN, DISTRICT, LAID_OUT, LIUHE, MORNING, STREET, Town

WORKER, HEAD, LIAISON = "S-0008", "S-0009", "S-0010"
_keys = count(1)


async def staffed(town: Town) -> None:
    """Give the town its grid staff."""
    rows = [
        Member(number=number, kind="staff", area=LIUHE, enrolled_on=LAID_OUT.isoformat())
        for number in (WORKER, HEAD, LIAISON)
    ]
    await town.insert(*rows)
    for member, role, area in (
        (WORKER, "grid_worker", LIUHE),
        (HEAD, "grid_head", STREET),
        (LIAISON, "liaison", DISTRICT),
    ):
        await roles.grant(town.book, member=member, role=role, area=area, by=ADMIN, on=LAID_OUT)


def key() -> str:
    """A key of a form."""
    return f"key-{next(_keys)}"


def said(**facts: object) -> Written:
    """A blocked fire exit, or what `facts` say."""
    kept = {
        "kind": "report",
        "area": LIUHE,
        "category": "F",
        "what": "消防通道堵塞",
        "occurred_at": MORNING,
        "text": "三轮车堵在门口",
    } | facts
    return Written(**kept)  # type: ignore[arg-type]


async def filed(town: Town, *, reporter: str | None = None, **facts: object) -> Filed:
    """What the grid worker wrote down."""
    return await filing.report(town.book, said(**facts), by=WORKER, key=key(), reporter=reporter)
