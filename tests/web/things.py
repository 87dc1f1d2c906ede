"""Things of the sample town that addresses name: one of each, made as people make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.book import Book
from points.awards import assessments, correction_requests
from points.events import campaigns
from points.market import alliances, baskets, items, reservations, shops, stocktaking, transfers
from points.market.models import Redemption
from points.market.undoing import requests as undo_requests
from points.openness import objections
from points.openness.models import Notice, NoticeLine
from points.people import branches, household_changes, posters, teams
from points.sample.town import COMMUNITY, STREET
from tests.web import ruling_for_communities

FORMS: dict[str, dict[str, str]] = {
    "filing.report.create": {
        "what": "外地",
        "category": "F",
        "area": COMMUNITY,
        "on": "2020-01-01",
        "at": "09:00",
    },
    "filing.gathering.create": {
        "kind": "meeting",
        "type_name": "议事会",
        "what": "外地",
        "area": COMMUNITY,
        "on": "2020-01-01",
        "begins": "09:00",
        "ends": "10:00",
    },
    "card_printings.create": {"member": "V-000001"},
    "posters.create": {"purpose": "report", "area": COMMUNITY},
    "units.add": {"code": "waidi", "name": "外地", "kind": "sponsor", "area": STREET},
    "funds.create": {"under": COMMUNITY, "month": "2020-03", "points": "5", "sponsor": "street"},
    "alliances.create": {"name": "外地联盟", "kind": "alliance", "area": COMMUNITY},
    "shops.create": {"name": "外地店", "kind": "station", "area": COMMUNITY},
    "assessments.create": {"area": COMMUNITY, "month": "2020-02", "score": "95"},
    "campaigns.begin": {"name": "外地", "area": STREET, "starts_on": "2020-01-01", "ends_on": "2020-01-02"},
    "roles.create": {"member": "S-0005", "role": "grid_worker", "area": COMMUNITY},
    "staff.create": {"name": "外地", "home": COMMUNITY},
    "staff.reset": {"number": "S-0003"},
    "notices.publish": {"area": COMMUNITY},
    "teams.create": {"name": "外地队", "kind": "team", "area": COMMUNITY},
    "members.create": {"name": "外地", "born": "1990-01-01", "kind": "resident", "area": COMMUNITY},
    "mediations.create": {
        "dispute": "neighbour",
        "area": COMMUNITY,
        "on": "2020-01-01",
        "at": "09:00",
        "who": "甲、乙",
        "about": "外地",
    },
}
"""What forms that name a thing of the town say, by the name of their door; a key and a token are added."""


async def of(book: Book, pepper: bytes) -> dict[str, str]:
    """By the name that stands for it in a path."""
    today, admin = book.today(), "S-0001"
    team = await teams.register(book, "清洁队", kind="team", area=COMMUNITY, leader=None, by=admin, key="own")
    branch = await branches.form(book, "第一支部", area=COMMUNITY, by=admin, key="own")
    own = {"area": COMMUNITY, "shop": "1", "team": team.number, "branch": branch.number, "member": "V-000001"}
    own["poster"] = await posters.make(book, "report", COMMUNITY, by=admin, key="own")
    own |= await _stock(book)
    own["household"] = await household_changes.join(book, "V-000002", None, by=admin, key="own")
    days = {"starts_on": today, "ends_on": today}
    own["campaign"] = (await campaigns.begin(book, "行动", area=STREET, by=admin, key="own", **days)).id
    own["objection"] = await _objection(book, today)
    handed_over = await Redemption.all().using_db(book.reader).order_by("reference").first()
    assert handed_over is not None
    asks = {"by": "S-0004", "key": "own"}
    own["undoing"] = (await undo_requests.ask(book, handed_over.reference, "unwanted", **asks)).id
    own |= await _merchant(book, today)
    own |= await _correction(book) | {"year": str(today.year)}
    await ruling_for_communities.publish(book, date(2000, 1, 2))
    own["assessment"] = (await assessments.assess(book, COMMUNITY, "2020-01", 95, by=admin, key="own")).id
    return own | {"reservation": await _reservation(book, pepper)}


async def _reservation(book: Book, pepper: bytes) -> str:
    """A soap that 王秀兰 reserved at the town's shop."""
    basket = baskets.parse(["香皂"], await items.all_items(book))
    shop = await shops.find(book, 1)
    row, _ = await reservations.reserve(book, shop, "V-000001", basket, points=3, key="own", secret=pepper)
    return row.id


async def _stock(book: Book) -> dict[str, str]:
    """A transfer between two shops of the town, and a count of one."""
    today, shop = book.today(), await shops.find(book, 1)
    other = await shops.open_shop(book, "第二驿站", area=COMMUNITY, hours="", by="S-0001", on=today)
    (item, *_) = [item for item, left in (await shops.stock(book, shop)).items() if left]
    sent = await transfers.send(book, shop, other, {item: 1}, by="S-0007", key="own")
    return {
        "transfer": sent.id,
        "count": await stocktaking.begin(book, shop, by="S-0007", key="own"),
    }


async def _objection(book: Book, today: date) -> str:
    """The number of an objection to a line of the town's community."""
    notice = (
        await Notice.filter(area=COMMUNITY, closes_on__gt=today.isoformat()).using_db(book.reader).first()
    )
    assert notice is not None
    line = await NoticeLine.filter(notice=notice.id).using_db(book.reader).order_by("award").first()
    assert line is not None
    said = objections.Said("hours")
    return (await objections.make(book, notice.number, line.code, said, key="own", on=today)).number


async def _correction(book: Book) -> dict[str, str]:
    """An award of the town, and a request that it be corrected."""
    rows = await book.reader.execute_query_dict(
        "SELECT v.reference, v.contribution FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event "
        "WHERE v.points > 0 AND e.area = ? ORDER BY v.contribution LIMIT 1",
        [COMMUNITY],
    )
    asked = await correction_requests.ask(book, rows[0]["reference"], "not_true", by="S-0006", key="own")
    return {"contribution": rows[0]["contribution"], "correction": asked.id}


async def _merchant(book: Book, today: date) -> dict[str, str]:
    """A merchant of the town, and an alliance."""
    said: dict[str, Any] = {"area": COMMUNITY, "by": "S-0001", "on": today}
    shop = await shops.open_shop(book, "理发店", hours="周一至周五 9:00–17:00", kind="merchant", **said)
    one = await alliances.found(book, "联盟", kind="alliance", **said)
    return {"merchant": str(shop.number), "alliance": str(one.number)}
