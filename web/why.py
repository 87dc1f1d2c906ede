"""Why an entry of the ledger is there: what it goes back to, line by line, each opening where it is told in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.requests import Request

from ledger.register import Whole
from points.awards import assessments, explain, sentences
from points.awards.explain import Explanation
from points.awards.models import Correction, Vesting
from points.market import items, reserved, shops
from points.market.models import Delivery, Item, Redemption, RedemptionLine
from points.market.reservation_errors import UnknownReservation
from points.openness import masking
from points.people import areas, members
from web import (
    access,
    entries,
    giving_words,
    honour_words,
    reservation_words,
    stock_why,
    undo_words,
    words,
)
from web.access import Door
from web.i18n import N_, Say, language
from web.words import Shown

Row = tuple[object, object, str | None]
"""A label, what stands there, and where it opens."""
ALL = frozenset({"auditor", "admin"})
AWARDS = frozenset({"award", "vest", "correct", "object", "dismiss"})


@dataclass
class Told:
    """The lines of one entry, put down in order. `staff` read more: the arithmetic of limits, and numbers."""

    request: Request
    staff: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def book(self) -> Any:
        """The open book."""
        return access.book(self.request)

    def add(self, label: str, text: object, href: str | None = None) -> None:
        """One line; a place that the person asking may not open is told without a link."""
        self.rows.append((Say(label), text, href if href and opens(self.request, href) else None))


def opens(request: Request, path: str) -> bool:
    """Whether there is a door at a path, and it is one for the person asking."""
    asking = access.visitor(request)
    roles = asking.roles if asking else access.ANYONE
    doors = (each for each in request.app.routes if isinstance(each, Door))
    return any(
        door.path_regex.match(path) and door.who & roles and "GET" in (door.methods or ()) for door in doors
    )


def rule_book(request: Request, version: int) -> str | None:
    """Where a version of the rule book is read: by everybody, or by who works with it; None where neither is."""
    places = (f"/rules/{version}", f"/rule-books/{version}")
    return next((path for path in places if opens(request, path)), None)


TOLD = {kind: words.why for words in (giving_words, stock_why, undo_words) for kind in words.KINDS}
"""Kinds of entries whose words tell them themselves."""


async def of(request: Request, entry: Whole) -> list[Row]:
    """What an entry goes back to, for the person asking. A constant number of statements for each kind."""
    told = Told(request, bool(access.who(request).roles & ALL))
    award = await _award(told, entry)
    if award is not None:
        await _of_award(told, award, entry)
    elif entry.kind == "assess":
        await _of_assessment(told, entry)
    elif entry.kind == "redemption":
        await _of_redemption(told, entry)
    elif entry.kind == "delivery":
        await _of_delivery(told, entry)
    elif entry.kind in ("hold", "release"):
        await _of_reservation(told, entry)
    elif entry.kind in TOLD:
        for label, text, href in await TOLD[entry.kind](request, entry):
            told.add(label, text, href)
    elif entry.kind in ("merge", "unmerge"):
        number = entry.reference.split("/")[1]
        told.add(N_("哪个号"), number, f"/members/{number}")
    return told.rows


async def _award(told: Told, entry: Whole) -> Explanation | None:
    """The award that an entry gave, made usable, froze or took back."""
    reference = entry.reference
    if entry.kind == "correct":
        row = await Correction.get_or_none(reference=reference, using_db=told.book.reader)
        reference = row.of_reference if row else ""
    elif entry.kind == "vest":
        vesting = await Vesting.get_or_none(reference=reference, using_db=told.book.reader)
        reference = vesting.award if vesting else reference.removeprefix("vest/").partition("#")[0]
    elif reference.startswith("dispute/"):
        reference = reference.removeprefix("dispute/").rpartition("/")[0]
    elif entry.kind not in AWARDS:
        return None
    return await explain.award(told.book, reference)


async def _of_award(told: Told, it: Explanation, entry: Whole) -> None:
    """Event, rule, arithmetic, reporter, verifier, notice, and until when the points live."""
    row, event = it.verification, it.event
    what = event.subtype_name or event.type_name
    staff_door = f"/events/{event.id}"
    told.add(
        N_("事情"),
        Say(N_("{category}：{what}"), category=words.category(event.category), what=what),
        staff_door if opens(told.request, staff_door) and told.staff else f"/awards/{row.contribution}",
    )
    told.add(N_("哪一天"), words.day(event.occurred_at, told.book.today()))
    place = (await areas.many(told.book, [event.area or ""])).get(event.area or "")
    told.add(N_("在哪里"), place.name if place else Say(N_("还没有写明社区")))
    _rule(told, it)
    await _people(told, it)
    _days(told, it)
    if it.correction and entry.kind == "correct":
        await _correction(told, it.correction)


def _rule(told: Told, it: Explanation) -> None:
    row = it.verification
    if row.rule:
        said = Say(N_("{rule}（积分细则第 {n} 版）"), rule=Shown(it.sentence, language()), n=row.rule_book)
        told.add(N_("标准"), said, rule_book(told.request, row.rule_book))
    told.add(N_("算法"), Shown(it.sum, language()))
    if told.staff:
        for one in sentences.limits(it.arithmetic, it.rules.version(row.rule_book), language()):
            told.add(N_("上限"), one)
        if row.minutes:
            told.add(N_("计入时长"), honour_words.duration(row.minutes))


async def _people(told: Told, it: Explanation) -> None:
    """Who reported, masked unless it is the one asking; who verified signs with their name."""
    me = access.who(told.request).member
    people = await members.many(told.book, it.reporters)
    masked = masking.mask_list({number: one.name or "" for number, one in people.items()})
    names = [str(Say(N_("您"))) if n == me else masked.get(n) or n for n in it.reporters]
    if names:
        told.add(N_("谁上报"), "、".join(names))
    staff = await entries.staff_names(told.book, [it.verification.verifier])
    told.add(N_("谁核实"), staff[it.verification.verifier])


def _days(told: Told, it: Explanation) -> None:
    """The notice with its days, and until when the points live."""
    today = told.book.today()
    if it.notice:
        said = Say(
            N_("{number}，{since}到{until}"),
            number=it.notice.number,
            since=words.day(words.parse(it.notice.published_on), today),
            until=words.day(words.parse(it.notice.closes_on) - timedelta(days=1), today),
        )
        told.add(N_("公示"), said, f"/notices/{it.notice.number}")
    elif it.verification.points and not it.vesting:
        told.add(N_("公示"), Say(N_("下一次公示名单里会有")))
    if it.vesting:
        said = Say(
            N_("{since}起可以用，用到 {until}"),
            since=words.day(words.parse(it.vesting.vested_on), today),
            until=words.day(words.parse(it.vesting.until_on), today),
        )
        told.add(N_("可以用"), said)


async def _correction(told: Told, row: Correction) -> None:
    people = await entries.staff_names(told.book, [row.corrected_by, row.approved_by])
    told.add(N_("更正原因"), words.corrected(row.reason))
    told.add(N_("更正的人"), people[row.corrected_by])
    if row.approved_by:
        told.add(N_("批准的人"), people[row.approved_by])


async def _of_assessment(told: Told, entry: Whole) -> None:
    """Which month of which community, its score, who scored and who agreed."""
    found = (await assessments.many(told.book, [entry.evidence_id])).get(entry.evidence_id)
    if found is None:
        return
    place = (await areas.many(told.book, [found.community])).get(found.community)
    told.add(N_("在哪里"), place.name if place else found.community)
    told.add(N_("哪个月"), found.month, f"/assessments/{found.id}")
    told.add(N_("得分"), Say(N_("{n} 分，满分 100"), n=found.score))
    told.add(N_("标准"), found.rule, rule_book(told.request, found.rule_book))
    names = await entries.staff_names(told.book, [found.assessed_by, found.decided_by])
    told.add(N_("谁考核"), names[found.assessed_by])
    told.add(N_("谁审批"), names[found.decided_by])


async def _of_redemption(told: Told, entry: Whole) -> None:
    """What was taken, where, and who served."""
    db = told.book.reader
    row = await Redemption.get_or_none(reference=entry.reference, using_db=db)
    if row is None:
        return
    lines = await RedemptionLine.filter(redemption=entry.reference).using_db(db).order_by("id")
    goods = await items.named(told.book, [x.item for x in lines])
    for line in lines:
        said = Say(
            N_("{what} ×{n}，每件 {points} 分"),
            what=named(goods[line.item]),
            n=line.quantity,
            points=line.price,
        )
        told.add(N_("换了"), said)
    await _shop(told, row.shop)
    told.add(N_("经办"), (await entries.staff_names(told.book, [row.served_by]))[row.served_by])


async def _of_reservation(told: Told, entry: Whole) -> None:
    """What was set aside and where, until when; and how it ended."""
    try:
        found = await reserved.one(told.book, entry.evidence_id.partition("/")[0])
    except UnknownReservation:
        return
    told.add(N_("换什么"), reservation_words.things(found.lines))
    told.add(N_("在哪里取"), found.shop)
    told.add(N_("留到"), reservation_words.until(found.row.until_at))
    theirs = await reserved.is_theirs(told.book, found.row, access.who(told.request).member)
    door = f"/reservations/{found.row.id}" if theirs else None
    told.add(N_("现在"), Say(reservation_words.STATES[found.state]), door)
    if found.reason:
        told.add(N_("原因"), Say(reservation_words.REASONS[found.reason]))


async def _of_delivery(told: Told, entry: Whole) -> None:
    """What came in, by which paper, and who took it in."""
    db = told.book.reader
    rows = await Delivery.filter(reference=entry.reference).using_db(db).order_by("id")
    goods = await items.named(told.book, [x.item for x in rows])
    for row in rows:
        told.add(N_("进货"), Say(N_("{what} ×{n}"), what=named(goods[row.item]), n=row.quantity))
    if rows:
        await _shop(told, rows[0].shop)
        told.add(N_("单据"), rows[0].document)
        took = rows[0].received_by
        told.add(N_("经办"), (await entries.staff_names(told.book, [took]))[took])


async def _shop(told: Told, number: int) -> None:
    shop = (await shops.named(told.book, [number])).get(number)
    told.add(N_("在哪里"), shop.name if shop else Say(N_("{n} 号超市"), n=number))


def named(item: Item) -> Shown:
    """A thing as the catalogue calls it in the language of the page."""
    return Shown(lambda one: one.name if language() == "zh" else one.name_en, item)
