"""Signing in: by card, by list, by last time's list; each once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.awards import verifications
from points.events import assignments, attendance, events, filing, taking
from points.events.errors import BadTime, NotGathering, StepNotOpen
from points.events.filing import Filed, Held
from points.people import cards, roles
from points.people.errors import NotAllowed, UnknownMember
from points.people.models import Person
from tests.points.awards.town import ADMIN, LAID_OUT, LIUHE, MORNING, ON, SHAHU, VERIFIER, Town
from tests.points.events.hands import HEAD, LIAISON, WORKER, filed, key, said, staffed

pytestmark = pytest.mark.anyio


async def friday(town: Town, **facts: object) -> Filed:
    """A Friday volunteer day of two hours."""
    kept = {"kind": "activity", "category": "V", "what": "周五志愿日", "type_name": "周五志愿日"} | facts
    written = said(**kept)
    return await filing.hold(
        town.book, written, Held(written.occurred_at + timedelta(hours=2)), by=WORKER, key=key()
    )


@pytest.fixture
async def people(town: Town) -> list[str]:
    """Three with names, phones and a card for the first; two share a name."""
    await staffed(town)
    numbers = [await town.member(f"V-00000{n}") for n in (1, 2, 3)]
    names = ("王秀兰", "赵敏", "赵敏")
    await town.insert(
        *[
            Person(member=number, name=name, phone=f"1000090000{n}", phone_tail=f"000{n}", birthday="03-12")
            for n, (number, name) in enumerate(zip(numbers, names, strict=True), 1)
        ]
    )
    await cards.issue(town.book, numbers[0], by=ADMIN, on=ON)
    return numbers


async def test_each_is_signed_in_once_however_often_scanned(town: Town, people: list[str]) -> None:
    """Whole length or the hours said; unknown numbers sign nobody in."""
    one = await friday(town)
    first = await attendance.sign_in(town.book, one.event, [people[0], people[0], "V-999999"], by=WORKER)
    assert (first.new, first.before) == ((people[0],), ())
    again = await attendance.sign_in(town.book, one.event, people[:2], by=HEAD, minutes=60)
    assert (again.new, again.before) == ((people[1],), (people[0],))
    whole = await events.find(town.book, one.event)
    assert [(each.member, each.minutes) for each in whole.contributions] == [
        (people[0], 120),
        (people[1], 60),
    ]
    assert whole.verifier == VERIFIER


async def test_a_friday_is_worth_four_and_its_hours(town: Town, people: list[str]) -> None:
    """By the default rules."""
    await town.fund(100)
    one = await friday(town)
    await attendance.sign_in(town.book, one.event, people, by=WORKER)
    outcome = await verifications.accept(town.book, one.event, by=VERIFIER, on=town.book.today())
    assert (outcome.accepted, outcome.points) == (3, 12)
    assert await town.points(f"member/{people[0]}/hours", "minutes") == 120


async def test_a_list_is_read_line_by_line(town: Town, people: list[str]) -> None:
    """Numbers, phones, cards, names; what names nobody or two is left to look at, and nobody is guessed."""
    card = await cards.of(town.book, people[0])
    assert card is not None
    lines = [card.number, "v-000002", "10000900003", "王秀兰", "赵敏", "没有这人", " ", "13812345678"]
    found = await attendance.resolve(town.book, lines, community=LIUHE)
    assert found.members == tuple(people)
    assert [(each.said, each.found) for each in found.unresolved] == [
        ("赵敏", 2),
        ("没有这人", 0),
        ("13812345678", 0),
    ]
    elsewhere = await attendance.resolve(town.book, ["王秀兰"], community=SHAHU)
    assert elsewhere.members == ()
    assert await attendance.one(town.book, f" {card.token} ", community=LIUHE) == people[0]
    with pytest.raises(UnknownMember):
        await attendance.one(town.book, "赵敏", community=LIUHE)


async def test_last_times_list_is_of_the_same_kind_and_place(town: Town, people: list[str]) -> None:
    """The one before, not a later one and not another kind."""
    first = await friday(town)
    await attendance.sign_in(town.book, first.event, people[:2], by=WORKER)
    await friday(town, type_name="巡逻", occurred_at=MORNING + timedelta(days=3))
    second = await friday(town, occurred_at=MORNING + timedelta(days=7))
    whole = await events.find(town.book, second.event)
    before = await attendance.last_time(town.book, whole)
    assert before is not None
    assert (before[0].id, list(before[1])) == (first.event, people[:2])
    assert await attendance.last_time(town.book, await events.find(town.book, first.event)) is None


async def test_a_verifier_who_signs_in_does_not_verify_it(town: Town, people: list[str]) -> None:
    """Another gets it."""
    await roles.grant(town.book, member=LIAISON, role="verifier", area=LIUHE, by=ADMIN, on=LAID_OUT)
    one = await friday(town)
    await attendance.sign_in(town.book, one.event, people[:1], by=WORKER)
    given = str(await assignments.verifier_of(town.book, one.event))
    other = LIAISON if given == VERIFIER else VERIFIER
    await attendance.sign_in(town.book, one.event, [given], by=WORKER)
    assert await assignments.verifier_of(town.book, one.event) == other


async def test_where_nobody_signs_in(town: Town, people: list[str]) -> None:
    """At a report, at one that was found false, without the role, or for no time."""
    report, one = await filed(town), await friday(town)
    with pytest.raises(NotGathering):
        await attendance.sign_in(town.book, report.event, people, by=WORKER)
    with pytest.raises(NotAllowed):
        await attendance.sign_in(town.book, one.event, people, by=VERIFIER)
    with pytest.raises(BadTime):
        await attendance.sign_in(town.book, one.event, people, by=WORKER, minutes=0)
    await taking.take(town.book, one.event, "found_false", by=HEAD, key=key())
    with pytest.raises(StepNotOpen):
        await attendance.sign_in(town.book, one.event, people, by=WORKER)
    assert await town.rows("SELECT id FROM events_contribution WHERE role = 'participant'") == []


async def test_nobody_takes_part_in_what_is_to_come(town: Town, people: list[str]) -> None:
    """A card scanned weeks before the day signs nobody in; shortly before it begins it does."""
    one = await friday(town, occurred_at=town.book.now() + timedelta(hours=3))
    with pytest.raises(BadTime):
        await attendance.sign_in(town.book, one.event, people, by=WORKER)
    near = await friday(town, occurred_at=town.book.now() + timedelta(minutes=30))
    assert (await attendance.sign_in(town.book, near.event, people, by=WORKER)).new == tuple(people)


async def test_a_list_longer_than_is_signed_in_at_once_loses_no_line(town: Town, people: list[str]) -> None:
    """What was not looked at is handed back."""
    lines = [*(f"无名{n}" for n in range(attendance.MOST_AT_ONCE)), people[0]]
    found = await attendance.resolve(town.book, lines, community=LIUHE)
    assert (found.members, found.left) == ((), (people[0],))


async def test_what_somebody_says_of_themself_names_nobody_elsewhere(town: Town, people: list[str]) -> None:
    """Tail, surname and birthday find a neighbour; from another community they say nothing."""
    said = "0001 王 03-12"
    here = await attendance.resolve(town.book, [said], community=LIUHE)
    there = await attendance.resolve(town.book, [said], community=SHAHU)
    assert (here.members, there.members) == ((people[0],), ())
