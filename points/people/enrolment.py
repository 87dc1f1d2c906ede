"""Enrolment over the counter: one act for the person, what they agreed to and their guardian; then PIN and card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from points.people import acts, ages, cards, clerks, consents, kinds, members, pins, roles, signin, words
from points.people.errors import BadBirthYear, BadLanguage, StaffElsewhere, WeakPin
from points.people.members import Also, Details, nothing

LANGUAGES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of somebody who wants to be a member, as they say it.

    `agrees` names consents. A PIN is set, and a card printed, by those who may hand them out.
    """

    name: str
    kind: str
    area: str
    phone: str | None = None
    born: date | None = None
    language: str | None = None
    agrees: tuple[str, ...] = ()
    guardian_name: str | None = None
    guardian_phone: str | None = None
    pin: str | None = None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The new number, and the card that was printed with it."""

    number: str
    card: str | None


async def enrol(
    book: Book, asked: Asked, *, by: str, key: str, pepper: bytes, also: Also = nothing
) -> Enrolled:
    """Enrol somebody; the same key again answers with the same member and card, and changes nothing.

    `also` makes further rows of the same act, from the new number and the act's reference.

    Under 14 a guardian's name and phone are asked for, and their consent is recorded. Raises what `members.enrol` does,
    NotAllowed, StaffElsewhere, BadConsent, NeedsGuardian, BadBirthYear, BadLanguage and WeakPin; then nobody is there.
    """
    if asked.kind == kinds.STAFF:
        raise StaffElsewhere
    await clerks.require(book, by, asked.area, clerks.PIN_ROLES if asked.pin else clerks.ROLES)
    on, details = book.today(), _details(asked, book.today())
    agreed = (*asked.agrees, *consents.needed(_birthday(asked), details, on))
    consents.rows("", agreed, by=by, on=on, reference="")
    _require_strong(asked)

    def more(number: str, reference: str) -> tuple[Any, ...]:
        given = consents.rows(number, agreed, by=by, on=on, reference=reference)
        return (*given, *also(number, reference))

    someone = await members.enrol(
        book,
        name=asked.name,
        kind=asked.kind,
        area=asked.area,
        by=by,
        on=on,
        key=key,
        phone=asked.phone,
        birthday=_birthday(asked),
        details=details,
        also=more,
    )
    if not asked.pin:
        return Enrolled(someone.number, None)
    await set_pin(book, someone.number, asked.pin, by=by, key=key, pepper=pepper)
    card = await cards.of(book, someone.number) or await cards.issue(book, someone.number, by=by, on=on)
    return Enrolled(someone.number, card.number)


async def set_pin(book: Book, member: str, pin: str, *, by: str, key: str, pepper: bytes) -> None:
    """Set or reset somebody's PIN, with an act that says who did and not which. `by` may be `system`.

    Sessions and locks are the site's business. Raises UnknownMember, WeakPin, NotAllowed.
    """
    someone = await members.find(book, member)
    if by != roles.SYSTEM:
        await clerks.require(book, by, someone.area, clerks.PIN_ROLES)
    if done := await acts.before(book, "pin", someone.number, {}, by=by, key=key):
        done.require(await signin.check_pin(book, someone.number, pin, pepper=pepper) is not None)
        return
    await signin.set_pin(book, someone.number, pin, by=by, pepper=pepper)
    await acts.post(book, "pin", someone.number, {}, [], by=by, key=key)


def _birthday(asked: Asked) -> str | None:
    return asked.born.isoformat()[5:] if asked.born else None


def _details(asked: Asked, on: date) -> Details:
    if asked.born and not ages.possible(asked.born, on):
        raise BadBirthYear
    if asked.language and asked.language not in LANGUAGES:
        raise BadLanguage(language=asked.language)
    return Details(
        born_year=asked.born.year if asked.born else None,
        language=asked.language,
        guardian_name=words.name(asked.guardian_name) if asked.guardian_name else None,
        guardian_phone=words.phone(asked.guardian_phone) if asked.guardian_phone else None,
    )


def _require_strong(asked: Asked) -> None:
    """A PIN is refused before anybody is enrolled: nobody is left here without one."""
    if asked.pin:
        phone = words.phone(asked.phone) if asked.phone else None
        why = pins.weakness_of_pin(pins.plain(asked.pin), birthday=_birthday(asked), phone=phone)
        if why:
            raise WeakPin(why=why)
