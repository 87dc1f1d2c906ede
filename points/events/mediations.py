"""Mediations: a quarrel is written down with its parties sealed; a case with all that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.events import categories, duties, events, filing, sealing, steps
from points.events.errors import (
    BadDispute,
    BadPlace,
    BadTime,
    NeedsParties,
    UnknownEvent,
    UnknownMediation,
)
from points.events.events import Whole
from points.events.filing import EARLIEST, LEVELS, TRIES, Filed, Written
from points.events.models import Step
from points.events.records import FollowUp, Mediation, SealedText, Share
from points.events.sealing import Parties
from points.evidence import acts
from points.keys import new_key
from points.people import areas, roles

DISPUTES = {
    "family": "婚姻家庭纠纷",
    "neighbour": "邻里纠纷",
    "housing": "房屋宅基地纠纷",
    "property": "物业纠纷",
    "consumer": "消费纠纷",
    "contract": "合同纠纷",
    "labour": "劳动争议",
    "damage": "损害赔偿纠纷",
    "traffic": "道路交通事故纠纷",
    "medical": "医疗纠纷",
    "land": "山林土地纠纷",
    "resettlement": "征地拆迁纠纷",
    "pollution": "环境污染纠纷",
    "other": "其他纠纷",
}
"""The classes of quarrels, as people's mediation counts them. The class is all that anybody else reads."""


@dataclass(frozen=True, slots=True)
class Quarrel:
    """What is written down when a mediation begins. Only its class, place and time are not sealed."""

    dispute: str
    area: str
    occurred_at: datetime
    parties: Parties


@dataclass(frozen=True, slots=True)
class Case:
    """A mediation: its event, who wrote it down, its result, the shares in percent by member, and who looked again.

    sealed   whether what was sealed is still there
    """

    whole: Whole
    filed_by: str
    result: Mediation | None
    shares: dict[str, int]
    follow_ups: Sequence[FollowUp]
    sealed: bool

    @property
    def path(self) -> str:
        """Where it is, for asking who may."""
        return self.whole.area.path if self.whole.area else ""

    @property
    def mediators(self) -> frozenset[str]:
        """Whose case it is: who wrote it down, and all who mediated."""
        return frozenset({self.filed_by, *self.shares})

    @property
    def dispute(self) -> str:
        """The class of the quarrel, in Chinese."""
        return self.whole.event.subtype_name


async def file(book: Book, said: Quarrel, *, secret: bytes, by: str, key: str) -> Filed:
    """Write a mediation down, its parties sealed with `secret`; the same key again answers with the same.

    `by` is a mediator of that place. Raises BadDispute, NeedsParties, UnknownArea, BadPlace, BadTime, NotAllowed.
    """
    reference = f"mediation/{key}"
    asked = {
        "area": said.area,
        "by": by,
        "dispute": said.dispute,
        "occurred_at": said.occurred_at.isoformat(),
    }
    if done := await acts.before(book, reference, asked):
        return await _before(book, done, said, secret)
    await _check(book, said, by=by)
    for _ in range(TRIES):
        filed = Filed(new_key(), await filing.following(book))
        sealed = sealing.seal(said.parties, event=filed.event, key=secret)
        facts = {**asked, "event": filed.event, "number": filed.number, "sealed": sealed.digest}
        rows = [
            filing.event_row(filed, _written(said)),
            Step(id=new_key(), event=filed.event, name="reported", taken_at=book.now(), actor=by),
            SealedText(event=filed.event, sealed=sealed.text),
        ]
        try:
            receipt = await acts.post(book, reference, ("mediation", filed.event), facts, rows, request=asked)
        except RowConflict:
            continue  # somebody else took this event's number in the meantime
        if receipt.repeated and (done := await acts.before(book, reference, asked)):
            return await _before(book, done, said, secret)
        return filed
    raise Busy


async def _before(book: Book, done: acts.Done, said: Quarrel, secret: bytes) -> Filed:
    whole = await events.find(book, done.subject)
    row = await SealedText.get_or_none(event=done.subject, using_db=book.reader)
    if row is not None:
        done.require(sealing.unseal(row.sealed, event=done.subject, key=secret)[0] == said.parties)
    return Filed(done.subject, whole.event.external_id)


async def _check(book: Book, said: Quarrel, *, by: str) -> None:
    if said.dispute not in DISPUTES:
        raise BadDispute(dispute=said.dispute)
    if not (said.parties.who.strip() and said.parties.about.strip()):
        raise NeedsParties
    if said.occurred_at > book.now():
        raise BadTime(problem="还没到那个时候")
    if said.occurred_at < EARLIEST:
        raise BadTime(problem="只能是 2000 年以后到一年以内")
    place = await areas.find(book, said.area)
    await roles.require_any(book, by, duties.MEDIATORS, place.path)
    if place.level not in LEVELS:
        raise BadPlace(code=place.code, level=areas.LEVELS.get(place.level, place.level))


def _written(said: Quarrel) -> Written:
    """Of a quarrel its class alone is written down in the open."""
    return Written(
        kind="mediation",
        area=said.area,
        category="D",
        what=DISPUTES[said.dispute],
        occurred_at=said.occurred_at,
        type_name=categories.named("D").zh,
        origin="调解",
    )


async def find(book: Book, event: str) -> Case:
    """A mediation that was written down here; raises UnknownMediation. Eleven statements."""
    try:
        whole = await events.find(book, event)
    except UnknownEvent:
        raise UnknownMediation from None
    if whole.event.kind != "mediation" or whole.event.source != steps.BY_HAND:
        raise UnknownMediation
    doings = {each.id: each.member for each in whole.contributions if each.role == "mediator"}
    said = await Share.filter(contribution__in=list(doings)).using_db(book.reader)
    parts = {row.contribution: row.parts for row in said}
    return Case(
        whole=whole,
        filed_by=next((step.actor for step in whole.steps if step.name == "reported" and step.actor), ""),
        result=await Mediation.get_or_none(event=event, using_db=book.reader),
        shares={member: parts.get(key, 0) for key, member in doings.items()},
        follow_ups=await FollowUp.filter(event=event).using_db(book.reader).order_by("id"),
        sealed=await SealedText.filter(event=event).using_db(book.reader).exists(),
    )


async def is_own(book: Book, case: Case, member: str) -> bool:
    """Whether somebody is one of its mediators, and holds that role there today."""
    granted = await roles.grants_of(book, member, book.today())
    return member in case.mediators and roles.covered(granted, duties.MEDIATORS, case.path)


async def require_own(book: Book, case: Case, *, by: str) -> None:
    """Raise UnknownMediation unless it is one of its mediators who asks: for all others it is not there."""
    if not await is_own(book, case, by):
        raise UnknownMediation
