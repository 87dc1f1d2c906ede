"""An award: the transaction that gives points for one verified contribution, with the rows that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ledger import encoding
from ledger.transactions import Bulk, Draft, Evidence, Posting
from points import chart
from points.awards import drawing
from points.awards.caps import Draw
from points.awards.cases import Case, Decision, Doing
from points.awards.look_records import SecondLook
from points.awards.models import Verification
from points.awards.planning import Planned
from points.awards.rules import Worth
from points.awards.shared_records import AwardShare
from points.events.models import Event
from points.evidence import snapshots


def reference(case: Case, worth: Worth) -> str:
    """`award/DAY/EVENT/MEMBER/RULE`, the day that of the event: `award/2018-07-04/0190…/V-000123/report`."""
    return f"award/{case.day}/{case.event}/{worth.member}/{worth.rule}"


def draft(
    planned: Planned,
    event: Event,
    *,
    by: str,
    on: date,
    at: datetime,
    more: tuple[Any, ...] = (),
    proofs: Sequence[Mapping[str, str]] = (),
    paid_on: date | None = None,
) -> Draft:
    """The award of what was planned, with its verification, its snapshot and `more` rows in the same commit.

    `proofs` are the attachments that the verifier could see, each with its digest. What was accepted `on` a day and
    waited for money takes effect when it was `paid_on`.
    """
    case, worth = planned.case, planned.worth
    evidence, rows = _snapshot(planned, event, by=by, on=on, at=at, proofs=proofs)
    name = reference(case, worth)
    return Draft(
        reference=name,
        kind="award",
        evidence=evidence,
        effective_on=paid_on or on,
        request=encoding.digest_of(
            {"contribution": worth.contribution, "decision": "accepted", "verifier": by}
        ),
        postings=_postings(case, worth),
        rows=(
            *rows,
            Bulk(Verification, _COLUMNS, (_values(planned, by=by, on=on, reference=name),)),
            *_shares(name, worth),
            *_drawn(planned, name, evidence.digest, by=by, on=on),
            *more,
        ),
    )


def _drawn(planned: Planned, name: str, digest: str, *, by: str, on: date) -> tuple[SecondLook, ...]:
    """The row of an award that is drawn for a second look: see `drawing`."""
    if not drawing.is_drawn(digest):
        return ()
    event, member = planned.case.event, planned.worth.member
    return (SecondLook(award=name, event=event, member=member, verifier=by, drawn_on=on.isoformat()),)


def _shares(name: str, worth: Worth) -> tuple[AwardShare, ...]:
    return tuple(
        AwardShare(id=f"{name}#{owner}", award=name, owner=owner, points=points)
        for owner, points in worth.shares
    )


def _postings(case: Case, worth: Worth) -> tuple[Posting, ...]:
    member = worth.member
    postings = []
    if worth.points:
        fund = chart.fund(case.community, case.month)
        postings.append(Posting(fund, chart.noticed(member), worth.points, chart.POINTS))
    if worth.honour:
        postings.append(Posting(chart.SYSTEM_HONOUR, chart.honour(member), worth.honour, chart.HONOUR))
    for owner, points in worth.shares:
        fund, honour = chart.fund(case.community, case.month), chart.account(owner, "honour")
        postings.append(Posting(fund, chart.account(owner, "noticed"), points, chart.POINTS))
        postings.append(Posting(chart.SYSTEM_HONOUR, honour, points, chart.HONOUR))
    if worth.minutes:
        postings.append(Posting(chart.SYSTEM_HOURS, chart.hours(member), worth.minutes, chart.MINUTES))
    postings += [Posting(_cap(member, draw), chart.CAPS, draw.amount, chart.CAP) for draw in worth.draws]
    return tuple(postings)


def _cap(member: str, draw: Draw) -> str:
    if draw.household:
        return chart.household_cap(draw.household, draw.cap, draw.limit, draw.period)
    return chart.cap(member, draw.cap, draw.limit, draw.period)


def verification(planned: Planned, *, by: str, on: date) -> Verification:
    """The row of an accepted contribution that was worth nothing: there is no award to refer to."""
    values = _values(planned, by=by, on=on, reference=None)
    return Verification(**dict(zip(_COLUMNS, values, strict=True)))


_COLUMNS = (
    "contribution",
    "event",
    "member",
    "decision",
    "reason",
    "verifier",
    "decided_on",
    "rule_book",
    "rule",
    "points",
    "minutes",
    "arithmetic",
    "reference",
)


def _values(planned: Planned, *, by: str, on: date, reference: str | None) -> tuple[Any, ...]:
    """A value for each of _COLUMNS."""
    worth = planned.worth
    return (
        worth.contribution,
        planned.case.event,
        worth.member,
        "accepted",
        None,
        by,
        on.isoformat(),
        planned.rule_book.version,
        worth.rule,
        worth.points,
        worth.minutes,
        encoding.canonical(list(worth.arithmetic)).decode(),
        reference,
    )


def returned(
    case: Case, doing: Doing, decision: Decision, *, rule_book: int, by: str, on: date
) -> Verification:
    """The row of a contribution that was sent back."""
    return Verification(
        contribution=doing.id,
        event=case.event,
        member=doing.member,
        decision="returned",
        reason=decision.reason,
        verifier=by,
        decided_on=on.isoformat(),
        rule_book=rule_book,
        rule=None,
        points=0,
        minutes=0,
        arithmetic=encoding.canonical([{"step": "returned"}]).decode(),
        reference=None,
    )


def _snapshot(
    planned: Planned,
    event: Event,
    *,
    by: str,
    on: date,
    at: datetime,
    proofs: Sequence[Mapping[str, str]],
) -> tuple[Evidence, tuple[Any, ...]]:
    """What was known when the contribution was accepted. It names numbers, never a person."""
    case, worth = planned.case, planned.worth
    doing = next(each for each in case.contributions if each.id == worth.contribution)
    facts = {
        **({"attachments": [dict(each) for each in proofs]} if proofs else {}),
        "arithmetic": list(worth.arithmetic),
        "contribution": {
            "id": doing.id,
            "member": doing.member,
            "minutes": doing.minutes or 0,
            "outcome": doing.outcome or "",
            "role": doing.role,
            **({"household": doing.household} if doing.household else {}),
            **({"teams": sorted(doing.teams)} if doing.teams else {}),
        },
        "decided_on": on.isoformat(),
        **({"campaign": case.campaign} if case.campaign else {}),
        "event": _event_facts(event),
        **({"lane": case.lane} if case.lane else {}),
        **({"shares": [{"owner": owner, "points": n} for owner, n in worth.shares]} if worth.shares else {}),
        **({"studio": case.studio} if case.studio else {}),
        "repeat_of": case.repeat.of_event if case.repeat else "",
        "rule": worth.rule or "",
        "rule_book": {"digest": planned.rule_book.digest, "version": planned.rule_book.version},
        "verifier": by,
    }
    return snapshots.take("contribution", doing.id, facts, at=at)


def _event_facts(event: Event) -> dict[str, str]:
    return {
        "area": event.area or "",
        "category": event.category,
        "external_id": event.external_id,
        "found_first": "yes" if event.found_first else "no",
        "id": event.id,
        "kind": event.kind,
        "occurred_at": encoding.moment(event.occurred_at),
        "severity": event.severity,
        "source": event.source,
        "subtype_name": event.subtype_name,
        "type_name": event.type_name,
    }
