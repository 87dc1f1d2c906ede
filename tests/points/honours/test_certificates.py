"""Certificates: what the ledger said, whether it still says so, and what is left of a forgotten person."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.errors import ReferenceConflict
from points.awards import corrections
from points.evidence.models import SnapshotText
from points.honours import certificates, numbers
from points.honours.errors import (
    BadCertificateNumber,
    BadCertificatePeriod,
    ForgottenMember,
    NothingToCertify,
    UnknownCertificate,
)
from points.honours.models import Certificate
from points.people import erasing, roles
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, DISTRICT, ON, PUBLISHER, VERIFIER, Town
from tests.points.honours.served import V1, V2, named, one_person, serve

pytestmark = pytest.mark.anyio


async def certified(town: Town, **asked: object) -> Certificate:
    """A certificate of V1, asked for by V1."""
    given = {"since": None, "until": None, "by": V1, "key": "k1"} | asked
    return await certificates.issue(town.book, V1, **given)  # type: ignore[arg-type]


async def served(town: Town) -> list[str]:
    """V1 served for two and for one hour, and it was verified."""
    await town.fund(100)
    references = [await serve(town, V1, 120), await serve(town, V1, 60, day=1)]
    await town.verify()
    return references


async def test_a_certificate_says_what_the_ledger_says(town: Town) -> None:
    """Minutes, times, from the first service until today, up to a position; its act is in the ledger."""
    await served(town)
    head = await town.head()
    row = await certified(town)
    assert (row.minutes, row.times, row.as_of) == (180, 2, head)
    assert (row.since_on, row.until_on) == ("2018-07-04", town.book.today().isoformat())
    assert numbers.read(row.number) == row.number
    (act,) = await town.rows("SELECT kind, reference FROM ledger_transaction WHERE position > ?", head)
    assert act == {"kind": "act", "reference": row.reference}
    standing = await certificates.standing(town.book, row)
    assert (standing.whole, standing.corrected, standing.stands, standing.erased_on) == (True, 0, 180, None)
    assert await certificates.of(town.book, V1) == [row]


async def test_only_the_days_that_were_asked_for_count(town: Town) -> None:
    """Both ends included."""
    await served(town)
    row = await certified(town, since=date(2018, 7, 5), until=date(2018, 7, 5))
    assert (row.minutes, row.since_on, row.until_on) == (60, "2018-07-05", "2018-07-05")
    with pytest.raises(NothingToCertify):
        await certified(town, since=date(2018, 7, 6), until=date(2018, 7, 7), key="k2")


async def test_days_that_cannot_be_are_refused(town: Town) -> None:
    """The end before the beginning, and days to come."""
    await served(town)
    for n, (since, until) in enumerate(
        [(date(2019, 1, 2), date(2019, 1, 1)), (None, date(9000, 1, 1)), (date(1900, 1, 1), None)]
    ):
        with pytest.raises(BadCertificatePeriod):
            await certified(town, since=since, until=until, key=f"k{n}")
    assert await Certificate.all().using_db(town.book.reader).count() == 0


async def test_pressing_twice_gives_one(town: Town) -> None:
    """The same key, and the same days while nothing changed; another period under that key is refused."""
    await served(town)
    row = await certified(town)
    head = await town.head()
    assert (await certified(town)).number == row.number
    assert (await certified(town, key="k2")).number == row.number
    assert await town.head() == head
    with pytest.raises(ReferenceConflict):
        await certified(town, until=date(2019, 1, 1))
    await serve(town, V1, 30, day=2)
    await town.verify()
    assert (await certified(town, key="k3")).number != row.number


async def test_somebody_elses_is_asked_for_by_a_clerk(town: Town) -> None:
    """A neighbour may not, nor a verifier."""
    await served(town)
    for by in (V2, VERIFIER):
        await town.member(by)
        with pytest.raises(NotAllowed):
            await certified(town, by=by)
    await town.member("S-0009")
    await roles.grant(
        town.book, member="S-0009", role="counter", area=DISTRICT, by=ADMIN, on=town.book.today()
    )
    assert (await certified(town, by="S-0009")).issued_by == "S-0009"


async def test_a_later_correction_is_told(town: Town) -> None:
    """The certificate stays as it is; the check says how much of it was taken back."""
    first, _second = await served(town)
    row = await certified(town)
    await corrections.correct(town.book, first, "情况不实", by=PUBLISHER, on=ON)
    standing = await certificates.standing(town.book, await certificates.find(town.book, row.number))
    assert (standing.whole, standing.corrected, standing.stands) == (True, 120, 60)
    assert (await certified(town, key="k2")).minutes == 60


async def test_what_was_awarded_later_changes_no_certificate(town: Town) -> None:
    """It counts up to its position."""
    await served(town)
    row = await certified(town)
    await serve(town, V1, 240, day=2)
    await town.verify()
    standing = await certificates.standing(town.book, row)
    assert (standing.whole, standing.stands) == (True, 180)


async def test_a_certificate_that_says_more_than_the_ledger_is_found(town: Town) -> None:
    """Somebody with a shell wrote more minutes, or other days, into the row."""
    await served(town)
    row = await certified(town)
    for changed in ({"minutes": 18_000}, {"times": 9}, {"until_on": "2030-01-01"}, {"numbers": V2}):
        forged = await certificates.find(town.book, row.number)
        for name, value in changed.items():
            setattr(forged, name, value)
        assert not (await certificates.standing(town.book, forged)).whole, changed


async def test_numbers_that_are_none_are_told_apart_from_those_we_never_gave(town: Town) -> None:
    """A slip of the pen is said to be one."""
    with pytest.raises(BadCertificateNumber):
        await certificates.find(town.book, "4827 1936")
    with pytest.raises(UnknownCertificate):
        await certificates.find(town.book, numbers.new())


async def test_one_person_under_two_numbers_has_one_certificate(town: Town) -> None:
    """After a merge both numbers' services count, and the older certificate is theirs too."""
    await served(town)
    await serve(town, V2, 30, day=3)
    await town.verify()
    old = await certificates.issue(town.book, V2, since=None, until=None, by=V2, key="k0")
    await one_person(town, V1, V2)
    row = await certified(town)
    assert (row.minutes, row.numbers) == (210, f"{V1} {V2}")
    assert [each.number for each in await certificates.of(town.book, V1)] == [row.number, old.number]
    standing = await certificates.standing(town.book, old)
    assert (standing.whole, standing.member, standing.stands) == (True, V1, 30)


async def test_of_somebody_forgotten_a_number_is_left(town: Town) -> None:
    """The certificate says since when; its evidence text is gone, and no new one is issued."""
    await served(town)
    await named(town, V1, "卡那利")
    row = await certified(town)
    await town.member("S-0009")
    await roles.grant(
        town.book, member="S-0009", role="counter", area=DISTRICT, by=ADMIN, on=town.book.today()
    )
    await erasing.ask(town.book, V1, "asked", by="S-0009", key="e1")
    await erasing.approve(town.book, V1, by=ADMIN, key="e2")
    standing = await certificates.standing(town.book, await certificates.find(town.book, row.number))
    assert standing.erased_on == town.book.today().isoformat()
    texts = SnapshotText.filter(snapshot__startswith="certificate/").using_db(town.book.reader)
    assert await texts.count() == 0
    with pytest.raises(ForgottenMember):
        await certified(town, key="k2")
