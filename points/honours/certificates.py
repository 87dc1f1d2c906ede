"""Service certificates (志愿服务证明): what the ledger said at a position, under a number that anybody can check.

What stands on it follows 《志愿服务记录与证明出具办法（试行）》 (民政部令第67号, in force since 2021-02-01) and
《关于规范志愿服务记录证明工作的指导意见》 (民发〔2015〕149号): who, when, how long, what for, which organisation, the
number and the day. The number of an identity card is not kept here: it is written by hand where somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import encoding, tree
from ledger.book import Book
from points.honours import hours, numbers
from points.honours.errors import (
    BadCertificateNumber,
    BadCertificatePeriod,
    ForgottenMember,
    NothingToCertify,
    UnknownCertificate,
)
from points.honours.hours import Service
from points.honours.models import Certificate
from points.people import acts, clerks, erasing, members
from points.people.twice import merges

WHAT = "certificate"
FIRST = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A certificate today.

    served      what it counts, in the order of the ledger
    corrected   minutes of these that a correction took back afterwards
    whole       whether the ledger still says what the certificate says
    member      who goes on for its member now
    erased_on   the day on which they were forgotten, None when they were not
    """

    certificate: Certificate
    served: tuple[Service, ...]
    corrected: int
    whole: bool
    member: str
    erased_on: str | None

    @property
    def stands(self) -> int:
        """The minutes that are left."""
        return self.certificate.minutes - self.corrected


async def issue(
    book: Book, member: str, *, since: date | None, until: date | None, by: str, key: str
) -> Certificate:
    """Certify what a member served from a day to a day, both included; None is from the first, or until today.

    Asked for by the member, or over the counter by a clerk of their area. The same key again, and the same days while
    nothing was added or corrected, give the certificate there is. Raises UnknownMember, NotAllowed, ForgottenMember,
    BadCertificatePeriod, NothingToCertify, and ReferenceConflict for another period under the same key.
    """
    someone = await members.find(book, member)
    if by != someone.number:
        await clerks.require(book, by, someone.area)
    if await erasing.erased(book, someone.number):
        raise ForgottenMember
    first, last = since or FIRST, until or book.today()
    if not FIRST <= first <= last <= book.today():
        raise BadCertificatePeriod
    asked = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    if await acts.before(book, WHAT, someone.number, asked, by=by, key=key):
        reference = acts.reference(WHAT, someone.number, key)
        return await Certificate.get(reference=reference, using_db=book.reader)
    row = await _row(book, someone, first, last, begins=since, by=by, key=key)
    known = Certificate.filter(member=row.member, digest=row.digest).using_db(book.reader)
    if before := await known.first():
        return before
    facts = {"certificate": row.number, "counts": row.digest, "minutes": row.minutes, "as_of": row.as_of}
    receipt = await acts.post(book, WHAT, row.member, facts, [row], by=by, key=key, request=asked)
    if receipt.repeated:
        return await Certificate.get(reference=row.reference, using_db=book.reader)
    return row


async def _row(
    book: Book, someone: members.Someone, first: date, last: date, *, begins: date | None, by: str, key: str
) -> Certificate:
    as_of = await tree.head(book.reader)  # before everything that is read up to it
    group = sorted(await merges.group(book, someone.number))
    served = _counted(await hours.services(book, group, as_of=as_of), first, last, as_of)
    if not served:
        raise NothingToCertify
    since = begins or min(each.on for each in served)
    return Certificate(
        number=numbers.new(),
        member=someone.number,
        numbers=" ".join(group),
        area=someone.area,
        since_on=since.isoformat(),
        until_on=last.isoformat(),
        minutes=sum(each.minutes for each in served),
        times=len(served),
        as_of=as_of,
        digest=_digest(group, since, last, served),
        issued_on=book.today().isoformat(),
        issued_by=by,
        reference=acts.reference(WHAT, someone.number, key),
    )


async def of(book: Book, member: str) -> list[Certificate]:
    """The certificates of a member and of the numbers merged into theirs, the newest first."""
    group = await merges.group(book, member)
    found = Certificate.filter(member__in=group).using_db(book.reader)
    return await found.order_by("-as_of", "number")


async def find(book: Book, number: str) -> Certificate:
    """A certificate by its number, as it was typed. Raises BadCertificateNumber and UnknownCertificate."""
    read = numbers.read(number)
    if read is None:
        raise BadCertificateNumber
    row = await Certificate.get_or_none(number=read, using_db=book.reader)
    if row is None:
        raise UnknownCertificate
    return row


async def standing(book: Book, row: Certificate) -> Standing:
    """What became of a certificate since it was issued. A constant number of statements, whatever the ledger holds."""
    group, as_of = row.numbers.split(), row.as_of
    first, last = date.fromisoformat(row.since_on), date.fromisoformat(row.until_on)
    member = await merges.stands_for(book, row.member)
    gone = await erasing.erased(book, member) or await erasing.erased(book, row.member)
    served = _counted(await hours.services(book, group, as_of=as_of), first, last, as_of)
    minutes = sum(each.minutes for each in served)
    same = _digest(group, first, last, served) == row.digest and minutes == row.minutes
    return Standing(
        certificate=row,
        served=tuple(served),
        corrected=sum(each.minutes for each in served if each.corrected_at is not None),
        whole=same and len(served) == row.times,
        member=member,
        erased_on=gone.erased_on if gone else None,
    )


def _counted(served: Sequence[Service], first: date, last: date, as_of: int) -> list[Service]:
    return [each for each in served if first <= each.on <= last and each.stood(as_of)]


def _digest(group: Sequence[str], since: date, until: date, served: Sequence[Service]) -> str:
    """`sha256:` of the canonical {lines: [[position, minutes] …], numbers, since, until}."""
    counts: dict[str, Any] = {
        "lines": [[each.position, each.minutes] for each in served],
        "numbers": list(group),
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    return encoding.digest_of(counts)
