"""Applications by a poster: asked without an account, decided by a clerk, and then nothing of them stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.people import application_list, applications, cards, consents, directory, erasing, posters, signin
from points.people.applications import Wanted
from points.people.errors import (
    AlreadyDecided,
    BadBirthYear,
    BadConsent,
    BadName,
    BadPhone,
    BadRefusal,
    NeedsGuardian,
    NotAllowed,
    PosterTooHigh,
    UnknownApplication,
    UnknownPoster,
)
from points.people.models import ApplicationText, Member, Person
from tests.points.people import clerks_of
from tests.points.people.village import HEPING, LIUHE, LONGTIAN, PINGSHAN_STREET

pytestmark = pytest.mark.anyio
PEPPER = b"p" * 32
RIDER = Wanted("孙骑手", "10000970001", date(1995, 3, 4), "zh", ("named",))


async def hung(book: Book, area: str = LIUHE) -> str:
    """A poster to enrol by."""
    head = await clerks_of.staff(book, "grid_head", area=None)
    return await posters.make(book, "enrol", area, by=head, key=f"p{area}")


async def texts(book: Book) -> int:
    """How many applications there are words of."""
    return await ApplicationText.all().using_db(book.reader).count()


async def test_who_asks_is_enrolled_with_what_they_agreed_to(book: Book) -> None:
    """Kind, place, consents and a card; the number says so, once for each press; their words are gone."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    number = await applications.ask(book, poster, RIDER, key="k")
    assert await applications.ask(book, poster, RIDER, key="k") == number
    (waits,) = await application_list.waiting(book, [PINGSHAN_STREET])
    assert (waits.number, waits.wanted, waits.child, waits.phone_of, waits.again) == (
        number,
        RIDER,
        False,
        None,
        0,
    )
    assert (await applications.follow(book, f" {number.lower()} ")).state == "waiting"
    done = [await applications.accept(book, number, by=by, pepper=PEPPER) for _ in range(2)]
    assert done[0] == done[1]
    member = await Member.get(number=done[0].number, using_db=book.reader)
    assert (member.kind, member.area) == ("special", LIUHE)
    assert set((await consents.of(book, [member.number]))[member.number]) == {"named"}
    card = await cards.of(book, member.number)
    assert card is not None
    assert card.number == done[0].card
    assert not await signin.has(book, member.number, "pin")
    told = await applications.follow(book, number)
    assert (told.state, told.member) == ("accepted", member.number)
    assert await texts(book) == 0
    assert await application_list.waiting(book, [None]) == []
    with pytest.raises(AlreadyDecided):
        await applications.refuse(book, number, "member", by=by)


async def test_a_refusal_has_a_reason_and_leaves_no_words(book: Book) -> None:
    """Nobody is enrolled; twice is once; it cannot be accepted afterwards; nothing of the person stands anywhere."""
    poster, by = await hung(book), await clerks_of.staff(book, "grid_worker")
    number = await applications.ask(book, poster, RIDER, key="k")
    with pytest.raises(BadRefusal):
        await applications.refuse(book, number, "ugly", by=by)
    for _ in range(2):
        await applications.refuse(book, number, "unreachable", by=by)
    told = await applications.follow(book, number)
    assert (told.state, told.reason, told.member) == ("refused", "unreachable", None)
    with pytest.raises(AlreadyDecided):
        await applications.accept(book, number, by=by, pepper=PEPPER)
    assert await texts(book) == 0
    assert not await Person.filter(phone=RIDER.phone).using_db(book.reader).exists()
    kept = await book.reader.execute_query_dict("SELECT text FROM evidence_snapshot_text")
    assert not [row for row in kept if "孙骑手" in row["text"] or RIDER.phone in row["text"]]


async def test_words_left_behind_by_one_who_was_stopped_go_with_the_next_decision(book: Book) -> None:
    """A text whose application is decided already is erased by any other decision."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    first = await applications.ask(book, poster, RIDER, key="1")
    other = await applications.ask(book, poster, replace(RIDER, phone="10000970002"), key="2")
    (left,) = await ApplicationText.filter(application=first).using_db(book.reader)
    await applications.refuse(book, first, "withdrawn", by=by)
    async with book.write() as db:
        await ApplicationText.bulk_create([left], using_db=db)
    assert [each.number for each in await application_list.waiting(book, [None])] == [other]
    await applications.refuse(book, other, "withdrawn", by=by)
    assert await texts(book) == 0


async def test_two_clerks_in_the_same_moment_enrol_one_person(book: Book) -> None:
    """And when one refuses meanwhile, exactly one of the two decisions stands."""
    poster = await hung(book)
    by = [await clerks_of.staff(book, "grid_worker"), await clerks_of.staff(book, "counter")]
    both = await applications.ask(book, poster, RIDER, key="1")
    done = await asyncio.gather(*(applications.accept(book, both, by=each, pepper=PEPPER) for each in by))
    assert len({each.number for each in done}) == 1
    torn = await applications.ask(book, poster, replace(RIDER, phone="10000970003"), key="2")
    before = await Member.all().using_db(book.reader).count()
    answers = await asyncio.gather(
        applications.accept(book, torn, by=by[0], pepper=PEPPER),
        applications.refuse(book, torn, "withdrawn", by=by[1]),
        return_exceptions=True,
    )
    assert [type(each) for each in answers if isinstance(each, Exception)] == [AlreadyDecided]
    told = await applications.follow(book, torn)
    assert await Member.all().using_db(book.reader).count() == before + (told.state == "accepted")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"born": date(2999, 1, 1)}, BadBirthYear),
        ({"phone": "12"}, BadPhone),
        ({"name": " "}, BadName),
        ({"agrees": ("guardian2",)}, BadConsent),
        ({"born": date(2020, 1, 1)}, NeedsGuardian),
        ({"born": date(2020, 1, 1), "guardian_name": "孙父亲"}, NeedsGuardian),
    ],
)
async def test_what_is_not_right_is_not_kept(
    book: Book, change: dict[str, object], error: type[Exception]
) -> None:
    """Whoever reads the form again finds every rule of the counter in it."""
    poster = await hung(book)
    with pytest.raises(error):
        await applications.ask(book, poster, replace(RIDER, **change), key="k")  # type: ignore[arg-type]
    assert await texts(book) == 0


async def test_a_child_is_enrolled_with_the_guardians_consent(book: Book) -> None:
    """Their name and phone come along, and go when the child is erased."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    young = replace(
        RIDER, born=date(book.today().year - 9, 1, 1), guardian_name="孙父亲", guardian_phone="10000970009"
    )
    number = await applications.ask(book, poster, young, key="k")
    waits = await application_list.one(book, number, [LIUHE])
    assert waits is not None
    assert waits.child
    done = await applications.accept(book, number, by=by, pepper=PEPPER)
    assert "guardian" in (await consents.of(book, [done.number]))[done.number]
    person = await Person.get(member=done.number, using_db=book.reader)
    assert (person.guardian_name, person.guardian_phone) == ("孙父亲", "10000970009")


async def test_the_same_key_with_other_words_is_refused(book: Book) -> None:
    """A form sent again is the same form; with another name it is not."""
    poster = await hung(book)
    await applications.ask(book, poster, RIDER, key="k")
    with pytest.raises(ReferenceConflict):
        await applications.ask(book, poster, replace(RIDER, name="别人"), key="k")


async def test_only_clerks_of_the_place_see_and_decide(book: Book) -> None:
    """Of another street, or with another role, it is not there."""
    poster = await hung(book)
    number = await applications.ask(book, poster, RIDER, key="k")
    for role, area in (("verifier", PINGSHAN_STREET), ("counter", HEPING), ("admin", LONGTIAN)):
        by = await clerks_of.staff(book, role, area=area)
        with pytest.raises(NotAllowed):
            await applications.accept(book, number, by=by, pepper=PEPPER)
        with pytest.raises(NotAllowed):
            await applications.refuse(book, number, "member", by=by)
    assert await application_list.waiting(book, [HEPING, LONGTIAN]) == []
    assert await application_list.one(book, number, [HEPING]) is None
    worker = await clerks_of.staff(book, "grid_worker")
    assert (await applications.accept(book, number, by=worker, pepper=PEPPER)).card is None


async def test_nothing_is_asked_by_a_poster_for_something_else(book: Book) -> None:
    """Nor by one that was taken down; nor does one hang above a community; nor is there any other number."""
    head = await clerks_of.staff(book, "grid_head", area=None)
    report = await posters.make(book, "report", LIUHE, by=head, key="r")
    gone = await posters.make(book, "enrol", LIUHE, by=head, key="e")
    await posters.take_down(book, gone, by=head, key="d")
    for code in (report, gone, "x"):
        with pytest.raises(UnknownPoster):
            await applications.ask(book, code, RIDER, key="k")
    with pytest.raises(PosterTooHigh):
        await posters.make(book, "enrol", PINGSHAN_STREET, by=head, key="s")
    for number in ("AAAAA-AAAAA", "", "%"):
        with pytest.raises(UnknownApplication):
            await applications.follow(book, number)


async def test_erasing_a_member_takes_what_waits_in_their_name(book: Book) -> None:
    """Also where they stand as a guardian."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    admin = await clerks_of.staff(book, "admin")
    done = await applications.accept(
        book, await applications.ask(book, poster, RIDER, key="1"), by=by, pepper=PEPPER
    )
    young = replace(
        RIDER,
        name="孙小宝",
        phone="10000970008",
        born=date(book.today().year - 9, 1, 1),
        guardian_name=RIDER.name,
        guardian_phone=RIDER.phone,
    )
    await applications.ask(book, poster, young, key="2")
    await erasing.ask(book, done.number, "asked", by=by, key="e")
    await erasing.approve(book, done.number, by=admin, key="e")
    assert await texts(book) == 0
    assert await directory.search(book, "孙", [None]) == []
