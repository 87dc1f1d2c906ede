"""Members: found by number or phone, and enrolled, each by one act in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import selecting, statements
from ledger.book import Book
from ledger.errors import Busy, RowConflict
from ledger.transactions import Draft
from points.evidence import acts
from points.people import areas, kinds, numbers, words
from points.people.errors import BadKind, BadLevel, BadPhone, EnrolledOtherwise, PhoneTaken, UnknownMember
from points.people.models import Member, Person
from points.people.twice import merges

AT_ONCE = 500
TRIES = 20


@dataclass(frozen=True, slots=True)
class Someone:
    """A member together with what is known of the person; name, phone and birthday are None once they were erased."""

    number: str
    kind: str
    area: str
    name: str | None
    phone: str | None
    birthday: str | None


@dataclass(frozen=True, slots=True)
class Details:
    """What else may be known of a person, each None when it is not."""

    born_year: int | None = None
    language: str | None = None
    guardian_name: str | None = None
    guardian_phone: str | None = None


NO_DETAILS = Details()
Also = Callable[[str, str], tuple[Any, ...]]
"""Further rows of an enrolment, from the new number and the reference of the act."""


def nothing(_number: str, _reference: str) -> tuple[Any, ...]:
    """No further rows."""
    return ()


async def find(book: Book, who: str) -> Someone:
    """The member with this number or whole phone, spelled as people spell them; raises UnknownMember.

    A number that was merged into another is another name of that one: it finds who goes on for both.
    """
    someone = await exact(book, who)
    number = await merges.stands_for(book, someone.number)
    return someone if number == someone.number else (await many(book, [number]))[number]


async def exact(book: Book, who: str) -> Someone:
    """The member with just this number or whole phone, closed or not; raises UnknownMember."""
    number = words.number(who) or await number_of_phone(book, who)
    found = await many(book, [number]) if number else {}
    if number is None or number not in found:
        raise UnknownMember(member=who)
    return found[number]


async def number_of_phone(book: Book, phone: str) -> str | None:
    """The number of the member with this phone, None when nobody has it or it is no phone."""
    try:
        read = words.phone(phone)
    except BadPhone:
        return None
    person = await Person.get_or_none(phone=read, using_db=book.reader)
    return person.member if person else None


async def many(book: Book, members: Iterable[str]) -> dict[str, Someone]:
    """Many members by number, in two statements for each 500; unknown numbers are absent."""
    wanted = sorted(set(members))
    found: dict[str, Someone] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        people = {p.member: p for p in await selecting.among(book.reader, Person, "member", part)}
        for member in await selecting.among(book.reader, Member, "number", part):
            found[member.number] = _someone(member, people.get(member.number))
    return found


async def details(book: Book, members: Iterable[str]) -> dict[str, Details]:
    """What else is known of these members, nothing of those who were erased; one statement for each 500."""
    wanted = sorted(set(members))
    found = dict.fromkeys(wanted, NO_DETAILS)
    for start in range(0, len(wanted), AT_ONCE):
        for p in await Person.filter(member__in=wanted[start : start + AT_ONCE]).using_db(book.reader):
            found[p.member] = Details(p.born_year, p.language, p.guardian_name, p.guardian_phone)
    return found


async def by_phone(book: Book, phones: Iterable[str]) -> dict[str, str]:
    """Member numbers by phone, in one statement for each 500; unknown phones are absent."""
    wanted = sorted(set(phones))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        people = Person.filter(phone__in=wanted[start : start + AT_ONCE]).using_db(book.reader)
        found.update(await people.values_list("phone", "member"))
    return found


async def enrol(
    book: Book,
    *,
    name: str,
    kind: str,
    area: str,
    by: str,
    on: date,
    key: str,
    phone: str | None = None,
    birthday: str | None = None,
    details: Details = NO_DETAILS,
    also: Also = nothing,
) -> Someone:
    """Enrol somebody and give them the next number; the same key again answers with the same member.

    `kind` is a member kind, or `staff`, whose numbers begin with S. `area` is a community, for staff any area. Raises
    BadName, BadPhone, BadBirthday, BadKind, BadLevel, UnknownArea, PhoneTaken and EnrolledOtherwise.
    """
    wanted = await _checked(book, name=name, kind=kind, area=area, phone=phone, birthday=birthday)
    reference = f"enrol/{on.isoformat()}/{key}"
    for _ in range(TRIES):
        if reference in await statements.known(book.reader, [reference]):
            return await _same(book, reference, wanted, details)
        await _phone_is_free(book, wanted.phone)
        number = await numbers.following(book.reader, numbers.letter_of(kind))
        try:
            rows = (
                *rows_of(_numbered(wanted, number), on=on, details=details),
                *also(number, reference),
            )
            receipt = await book.journal.post(_draft(book, reference, number, wanted, rows, by=by, on=on))
        except RowConflict:
            continue  # somebody else took this number, or this phone, in the meantime
        if not receipt.repeated:
            return _numbered(wanted, number)
    raise Busy


async def _checked(
    book: Book, *, name: str, kind: str, area: str, phone: str | None, birthday: str | None
) -> Someone:
    if kind not in kinds.NAMES:
        raise BadKind(kind=kind)
    place = await areas.find(book, area)
    if kind != kinds.STAFF and place.level not in ("community", "grid", "building"):
        raise BadLevel(code=area, level=areas.LEVELS.get(place.level, place.level))
    return Someone(
        number="",
        kind=kind,
        area=area,
        name=words.name(name),
        phone=words.phone(phone) if phone else None,
        birthday=words.birthday(birthday) if birthday else None,
    )


async def _phone_is_free(book: Book, phone: str | None) -> None:
    if phone and await number_of_phone(book, phone):
        raise PhoneTaken(phone=phone)


async def _same(book: Book, reference: str, wanted: Someone, details: Details) -> Someone:
    """The member this reference enrolled; what was asked then must be what is asked now."""
    found = await exact(book, await acts.subject(book, reference))
    for column, zh in (
        ("kind", "类别"),
        ("area", "社区"),
        ("name", "姓名"),
        ("phone", "手机"),
        ("birthday", "生日"),
    ):
        if getattr(found, column) != getattr(wanted, column):
            raise EnrolledOtherwise(member=found.number, column=zh)
    person = await Person.get_or_none(member=found.number, using_db=book.reader)
    for column, zh in (
        ("born_year", "出生年份"),
        ("language", "语言"),
        ("guardian_name", "监护人姓名"),
        ("guardian_phone", "监护人手机"),
    ):
        if person and getattr(person, column) != getattr(details, column):
            raise EnrolledOtherwise(member=found.number, column=zh)
    return found


def _draft(
    book: Book, reference: str, number: str, wanted: Someone, more: tuple[Any, ...], *, by: str, on: date
) -> Draft:
    """One act. Its request holds nothing personal, because a digest without salt of a phone can be guessed back."""
    facts = {
        "area": wanted.area,
        "by": by,
        "enrolled_on": on.isoformat(),
        "kind": wanted.kind,
        "member": number,
    }
    request = {"area": wanted.area, "kind": wanted.kind, "verb": "enrol"}
    return acts.draft(book, reference, ("member", number), facts, more, on=on, request=request)


def rows_of(
    someone: Someone, *, on: date, batch: str | None = None, details: Details = NO_DETAILS
) -> tuple[Any, ...]:
    """The two unsaved rows of a member: what stays, and what can be erased."""
    phone = someone.phone
    return (
        Member(
            number=someone.number,
            kind=someone.kind,
            area=someone.area,
            enrolled_on=on.isoformat(),
            batch=batch,
        ),
        Person(
            member=someone.number,
            name=someone.name,
            phone=phone,
            phone_tail=phone[-4:] if phone else None,
            birthday=someone.birthday,
            born_year=details.born_year,
            language=details.language,
            guardian_name=details.guardian_name,
            guardian_phone=details.guardian_phone,
        ),
    )


def _numbered(wanted: Someone, number: str) -> Someone:
    return Someone(number, wanted.kind, wanted.area, wanted.name, wanted.phone, wanted.birthday)


def _someone(member: Member, person: Person | None) -> Someone:
    known = (person.name, person.phone, person.birthday) if person else (None, None, None)
    return Someone(member.number, member.kind, member.area, *known)
