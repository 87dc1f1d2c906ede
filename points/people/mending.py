"""Mending what is known of somebody: name, phone, day of birth. The ledger says which of them, never what."""

from __future__ import annotations

from datetime import date
from typing import Any

from tortoise.exceptions import IntegrityError

from ledger.book import Book
from points.keys import new_key
from points.people import acts, ages, clerks, consents, members, words
from points.people.errors import BadBirthYear, Erased, NeedsGuardian, NotAField, PhoneTaken
from points.people.models import FormerWord, Person

FIELDS = {"name": "姓名", "phone": "手机", "born": "出生日期"}


async def mend(book: Book, member: str, field: str, value: str, *, by: str, key: str) -> None:
    """Put a name, a phone or a day of birth (YYYY-MM-DD) right; an empty phone is none. What is so already changes
    nothing, and neither does the same key again.

    Raises UnknownMember, NotAField, BadName, BadPhone, BadBirthYear, PhoneTaken, Erased, NotAllowed; and NeedsGuardian
    where somebody turns out to be under 14 whose guardian has not agreed.
    """
    someone = await members.find(book, member)
    await clerks.require(book, by, someone.area)
    if someone.name is None:
        raise Erased(member=someone.number)
    changes = _read(field, value, book.today())
    person = await Person.get(member=someone.number, using_db=book.reader)
    if all(getattr(person, column) == new for column, new in changes.items()):
        return
    await _may_be(book, someone.number, changes)
    if done := await acts.before(book, "mended", someone.number, {"field": field}, by=by, key=key):
        done.require(False)  # it was mended under this key, and what is asked now is not what stands
    former = _former(person, field)
    await acts.post(book, "mended", someone.number, {"field": field}, former, by=by, key=key)
    try:
        async with book.write() as db:
            await Person.filter(member=someone.number).using_db(db).update(**changes)
    except IntegrityError:
        raise PhoneTaken(phone=value) from None  # somebody else was given it in the same moment


def _former(person: Person, field: str) -> list[FormerWord]:
    """What somebody was known by until now, to be erased with them one day."""
    word = {"name": person.name, "phone": person.phone}.get(field)
    return [FormerWord(id=new_key(), member=person.member, field=field, word=word)] if word else []


async def _may_be(book: Book, member: str, changes: dict[str, Any]) -> None:
    phone = changes.get("phone")
    if phone and await members.number_of_phone(book, phone) not in (None, member):
        raise PhoneTaken(phone=phone)
    child = ages.is_child(changes.get("birthday"), changes.get("born_year"), book.today())
    if child and consents.GUARDIAN not in (await consents.of(book, [member]))[member]:
        raise NeedsGuardian


def _read(field: str, value: str, on: date) -> dict[str, Any]:
    """The columns that change."""
    if field == "name":
        return {"name": words.name(value)}
    if field == "phone":
        phone = words.phone(value) if value.strip() else None
        return {"phone": phone, "phone_tail": phone[-4:] if phone else None}
    if field != "born":
        raise NotAField(field=field)
    try:
        born = date.fromisoformat(value.strip())
    except ValueError:
        raise BadBirthYear from None
    if not ages.possible(born, on):
        raise BadBirthYear
    return {"birthday": born.isoformat()[5:], "born_year": born.year}
