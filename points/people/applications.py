"""Applications: somebody asks by a poster to be a 特约网格员, a clerk of the place accepts or refuses, they follow it.

What they said of themselves stands in one erasable row, which goes in the moment it is decided.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.evidence import acts
from points.people import ages, areas, card_acts, cards, clerks, consents, enrolment, posters, roles, words
from points.people.enrolment import Asked, Enrolled
from points.people.errors import (
    AlreadyDecided,
    BadBirthYear,
    BadRefusal,
    UnknownApplication,
)
from points.people.members import Details
from points.people.models import Application, ApplicationDecision, ApplicationText, Area
from points.people.posters import ALPHABET

KIND = "special"
"""Whoever asks by a poster becomes a 特约网格员; other kinds are enrolled over the counter."""
REASONS = {
    "unreachable": "打电话联系不上",
    "member": "已经是成员",
    "elsewhere": "不在这一带活动，请到所在的社区报名",
    "mistaken": "姓名或手机写得不对，请再报一次",
    "withdrawn": "本人不报了",
}
"""Why somebody is refused, as they read it; a code, so that no words about a person stay."""
NUMBER_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of themself. All of it can be erased."""

    name: str
    phone: str
    born: date
    language: str | None = None
    agrees: tuple[str, ...] = ()
    guardian_name: str | None = None
    guardian_phone: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How far an application is: waiting, accepted (with the member number) or refused (with a code of REASONS)."""

    state: str
    area_name: str
    asked_at: datetime
    member: str | None = None
    reason: str | None = None


async def ask(book: Book, poster: str, wanted: Wanted, *, key: str) -> str:
    """Ask to be enrolled where a poster hangs; the answer is the number to follow it by, the same for the same key.

    Whether a phone is known is not said. Raises UnknownPoster, BadName, BadPhone, BadBirthYear, BadLanguage,
    BadConsent, and NeedsGuardian for somebody under 14 without a guardian's name and phone.
    """
    reference = f"apply/{poster}/{key}"
    text = _text(book, wanted)
    hung = await posters.find(book, poster, "enrol")
    asked = {"area": hung.area, "kind": KIND, "poster": hung.code}
    if done := await acts.before(book, reference, asked):
        done.require(await _says(book, done.subject, text))
        return done.subject
    text.application = number = _number()
    row = Application(number=number, poster=hung.code, area=hung.area, kind=KIND, asked_at=book.now())
    about, facts = ("application", number), {**asked, "application": number}
    receipt = await acts.post(book, reference, about, facts, [row, text], request=asked)
    return await acts.subject(book, reference) if receipt.repeated else number


async def follow(book: Book, number: str) -> State:
    """How far the application with this number is, as people type it. Raises UnknownApplication."""
    typed = "".join(letter for letter in number.upper() if letter in ALPHABET)[: NUMBER_LETTERS + 1]
    row = await Application.get_or_none(number=f"{typed[:5]}-{typed[5:]}", using_db=book.reader)
    if row is None:
        raise UnknownApplication
    place = (await areas.many(book, [row.area])).get(row.area)
    name = place.name if place else row.area
    decision = await ApplicationDecision.get_or_none(application=row.number, using_db=book.reader)
    if decision is None:
        return State("waiting", name, row.asked_at)
    state = "accepted" if decision.accepted else "refused"
    return State(state, name, row.asked_at, decision.member, decision.reason)


async def accept(book: Book, number: str, *, by: str, pepper: bytes) -> Enrolled:
    """Enrol who asked, with what they agreed to; whoever hands out cards gives one too. Accepting twice is once.

    No PIN is set: they type it at the counter. Raises UnknownApplication, AlreadyDecided, NotAllowed, PhoneTaken and
    what else `enrolment.enrol` does; then it goes on waiting.
    """
    row = await _find(book, number)
    await clerks.require(book, by, row.area)
    before = await decision_of(book, row.number)
    if before is not None:
        return await _accepted(book, before)
    text = await ApplicationText.get_or_none(application=row.number, using_db=book.reader)
    if text is None:
        raise UnknownApplication
    wanted = said(text)

    def also(member: str, _reference: str) -> tuple[Any, ...]:
        return (_decision(book, row.number, by=by, member=member),)

    asked = Asked(
        name=wanted.name,
        kind=row.kind,
        area=row.area,
        phone=wanted.phone,
        born=wanted.born,
        language=wanted.language,
        agrees=wanted.agrees,
        guardian_name=wanted.guardian_name,
        guardian_phone=wanted.guardian_phone,
    )
    try:
        done = await enrolment.enrol(book, asked, by=by, key=_key(row.number), pepper=pepper, also=also)
    except Busy:
        before = await decision_of(book, row.number)
        if before is None:
            raise
        return await _accepted(book, before)
    await clean(book)
    return Enrolled(done.number, await _card(book, done.number, row, by=by))


async def refuse(book: Book, number: str, reason: str, *, by: str) -> None:
    """Refuse one for a reason of REASONS, and erase what was said in it at once. Refusing twice is once.

    Raises UnknownApplication, NotAllowed, BadRefusal and AlreadyDecided for one that was accepted.
    """
    if reason not in REASONS:
        raise BadRefusal(reason=reason)
    row = await _find(book, number)
    await clerks.require(book, by, row.area)
    before = await decision_of(book, row.number) or await close(book, row.number, reason, by=by)
    if before is not None and before.accepted:
        raise AlreadyDecided
    await clean(book)


async def close(book: Book, number: str, reason: str, *, by: str) -> ApplicationDecision | None:
    """Write down that an application is not taken; what somebody else decided a moment before is answered instead."""
    facts = {"application": number, "by": by, "reason": reason}
    decision = _decision(book, number, by=by, reason=reason)
    reference, about = f"application-refused/{number}", ("application-refused", number)
    try:
        await acts.post(book, reference, about, facts, [decision], request={"verb": "refuse"})
    except RowConflict:
        return await decision_of(book, number)
    return None


async def clean(book: Book) -> None:
    """Erase what was said in every decided application: also of one whose decider was stopped before that."""
    async with book.write() as db:
        await db.execute_query(_CLEAN)


_CLEAN = """
DELETE FROM people_application_text WHERE application IN (SELECT application FROM people_application_decision)"""


def _text(book: Book, wanted: Wanted) -> ApplicationText:
    """What is kept until it is decided, checked as enrolment will check it."""
    if not ages.possible(wanted.born, book.today()):
        raise BadBirthYear
    guardian_name = words.name(wanted.guardian_name) if wanted.guardian_name else None
    guardian_phone = words.phone(wanted.guardian_phone) if wanted.guardian_phone else None
    details = Details(wanted.born.year, wanted.language, guardian_name, guardian_phone)
    consents.needed(wanted.born.isoformat()[5:], details, book.today())
    consents.rows("", wanted.agrees, by="", on=book.today(), reference="")
    return ApplicationText(
        name=words.name(wanted.name),
        phone=words.phone(wanted.phone),
        born=wanted.born.isoformat(),
        language=wanted.language if wanted.language in enrolment.LANGUAGES else None,
        agrees=" ".join(dict.fromkeys(wanted.agrees)),
        guardian_name=guardian_name,
        guardian_phone=guardian_phone,
    )


def said(text: ApplicationText) -> Wanted:
    """What somebody said, out of the row that keeps it."""
    return Wanted(
        text.name,
        text.phone,
        date.fromisoformat(str(text.born)),
        text.language,
        tuple((text.agrees or "").split()),
        text.guardian_name,
        text.guardian_phone,
    )


async def decision_of(book: Book, number: str) -> ApplicationDecision | None:
    """What was decided on an application, None while it waits."""
    return await ApplicationDecision.get_or_none(application=number, using_db=book.reader)


async def place_of(book: Book, number: str) -> Area | None:
    """Where an application is for, None when there is none."""
    row = await Application.get_or_none(number=number, using_db=book.reader)
    return await areas.find(book, row.area) if row else None


async def _find(book: Book, number: str) -> Application:
    row = await Application.get_or_none(number=number[:16], using_db=book.reader)
    if row is None:
        raise UnknownApplication
    return row


async def _says(book: Book, number: str, text: ApplicationText) -> bool:
    """Whether this application says just that; what was erased meanwhile is taken for the same."""
    kept = await ApplicationText.get_or_none(application=number, using_db=book.reader)
    return kept is None or said(kept) == said(text)


def _number() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LETTERS))
    return f"{letters[:5]}-{letters[5:]}"


def _decision(
    book: Book, number: str, *, by: str, member: str | None = None, reason: str | None = None
) -> ApplicationDecision:
    return ApplicationDecision(
        application=number,
        accepted=member is not None,
        member=member,
        decided_on=book.today().isoformat(),
        decided_by=by,
        reason=reason,
    )


async def _accepted(book: Book, before: ApplicationDecision) -> Enrolled:
    """The answer of the first time; raises AlreadyDecided when that was a refusal."""
    await clean(book)
    if before.member is None:
        raise AlreadyDecided
    card = await cards.of(book, before.member)
    return Enrolled(before.member, card.number if card else None)


async def _card(book: Book, member: str, row: Application, *, by: str) -> str | None:
    """A card, from whoever hands them out; from anybody else they get it at the counter."""
    granted = await roles.grants_of(book, by, book.today())
    if not roles.covered(granted, clerks.PIN_ROLES, await areas.path(book, row.area)):
        return None
    return (await card_acts.renew(book, member, by=by, key=_key(row.number))).number


def _key(number: str) -> str:
    """The key of everything that follows from accepting one application."""
    return "application" + number.replace("-", "")
