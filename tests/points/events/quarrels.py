"""Who mediates, for the tests, and a quarrel whose words must be found nowhere."""

from __future__ import annotations

from datetime import timedelta

from points.events import mediations, settlements
from points.events.filing import Filed
from points.events.mediations import Quarrel
from points.events.sealing import Parties
from points.events.settlements import Result
from points.people import roles
from points.people.models import Member
from tests.points.awards.town import ADMIN, DISTRICT, FAR, LAID_OUT, LIUHE, MORNING, STREET, Town
from tests.points.events.hands import HEAD, key

SECRET = b"\x07" * 32
ZHAO, LIU, AWAY, AUDITOR = "S-0012", "S-0013", "S-0014", "S-0015"
"""Two mediators of one community, one of another, and who audits the whole book."""
OUYANG = "V-000004"
CANARIES = ("卡那利甲", "10000987001", "卡那利乙", "阳台漏水淹了卡那利")
PARTIES = Parties(f"{CANARIES[0]} {CANARIES[1]}\n{CANARIES[2]}", CANARIES[3])


async def staffed(town: Town) -> None:
    """Give the town its mediators, a head, an auditor, and a member who mediates with them."""
    numbers = (ZHAO, LIU, AWAY, AUDITOR, HEAD)
    await town.insert(
        *[Member(number=n, kind="staff", area=LIUHE, enrolled_on=LAID_OUT.isoformat()) for n in numbers]
    )
    for member, role, area in (
        (ZHAO, "mediator", LIUHE),
        (LIU, "mediator", LIUHE),
        (AWAY, "mediator", FAR),
        (AUDITOR, "auditor", DISTRICT),
        (HEAD, "grid_head", STREET),
    ):
        await roles.grant(town.book, member=member, role=role, area=area, by=ADMIN, on=LAID_OUT)
    await town.member(OUYANG)


def quarrel(**facts: object) -> Quarrel:
    """Neighbours, or what `facts` say."""
    kept = {"dispute": "neighbour", "area": LIUHE, "occurred_at": MORNING, "parties": PARTIES} | facts
    return Quarrel(**kept)  # type: ignore[arg-type]


async def filed(town: Town, **facts: object) -> Filed:
    """A mediation that 赵 wrote down."""
    return await mediations.file(town.book, quarrel(**facts), secret=SECRET, by=ZHAO, key=key())


def result(town: Town, **facts: object) -> Result:
    """Settled in writing by the two of them, or what `facts` say."""
    kept = {
        "outcome": "ordinary",
        "agreement": "written",
        "mediators": ((ZHAO, 30), (OUYANG, 70)),
        "follow_up_on": town.book.today() + timedelta(days=30),
    } | facts
    return Result(**kept)  # type: ignore[arg-type]


async def settled(town: Town, **facts: object) -> str:
    """The key of a mediation whose result was recorded."""
    one = await filed(town)
    await settlements.record(town.book, one.event, result(town, **facts), by=ZHAO, key=key())
    return one.event
