"""The same thing: what a verifier says of reports counts at their verification, and not after it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from ledger.errors import ReferenceConflict
from points.awards import foresight, repeats, rule_books, same_thing, turns, verifications
from points.awards.cases import Repetition
from points.awards.errors import (
    NoRepeats,
    NotVerifier,
    OwnEvent,
    OwnHousehold,
    RepeatBusy,
    RepeatSettled,
    UnknownEvent,
    WasFalse,
)
from points.events import clusters
from points.events.models import Event
from points.events.records import SameThing
from tests import meanwhile
from tests.points.awards.town import FAR, LIUHE, ON, VERIFIER, Town

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


async def reports(town: Town, *members: str, **facts: Any) -> list[str]:
    """A report by each of these, a day and a half after one another."""
    await town.fund(1000)
    return [
        await town.event((member, "reporter"), after=36 * n * HOUR, **facts)
        for n, member in enumerate(members)
    ]


async def judged(town: Town, *keys: str) -> dict[str, Repetition]:
    """What a verification would take these events for."""
    events = await Event.filter(id__in=keys).using_db(town.book.reader)
    return await repeats.foresee(town.book, events, rules=await rule_books.shelf(town.book))


async def together(town: Town, event: str) -> list[str]:
    """The cluster of an event."""
    events = await Event.filter(id=event).using_db(town.book.reader)
    found = await clusters.of(town.book, events)
    return [each.id for each in found[event].events] if found else []


async def given(town: Town, event: str) -> int:
    """The points given for an event."""
    return int(
        (await town.rows("SELECT sum(points) AS n FROM awards_verification WHERE event = ?", event))[0]["n"]
    )


async def test_the_first_keeps_the_credit_and_the_others_repeat_it(town: Town) -> None:
    """In whatever order they are named; each is given what the rules say of its place."""
    first, second, third = await reports(town, "V-1", "V-2", "V-3")
    assert await judged(town, first, second, third) == {}
    await same_thing.confirm(town.book, [third, first, second], by=VERIFIER, key="k")
    assert await judged(town, first, second, third) == {
        second: Repetition(first, 1),
        third: Repetition(first, 2),
    }
    assert await together(town, second) == [first, second, third]
    await town.verify()
    assert [await given(town, each) for each in (first, second, third)] == [2, 1, 0]
    assert await judged(town, second, third) == {second: Repetition(first, 1), third: Repetition(first, 2)}


async def test_what_was_split_is_no_repeat_though_it_is_alike(town: Town) -> None:
    """Not of the one it was taken from, and still of another that it is like."""
    facts: dict[str, Any] = {"subtype_name": "噪声"}
    first, second = await town.event(**facts), await town.event(after=HOUR, **facts)
    third = await town.event(after=2 * HOUR, **facts)
    assert await judged(town, second, third) == {second: Repetition(first, 1), third: Repetition(first, 2)}
    await same_thing.split(town.book, third, [first], by=VERIFIER, key="k")
    assert await judged(town, third) == {third: Repetition(second, 1)}
    await same_thing.split(town.book, third, [first, second], by=VERIFIER, key="l")
    assert await judged(town, second, third) == {second: Repetition(first, 1)}
    assert await together(town, third) == []
    assert await together(town, second) == [first, second]


async def test_each_takes_the_other_back_until_one_is_verified(town: Town) -> None:
    """The latest word counts; whoever was verified stays what they were judged, and the rest may still be said."""
    first, second, third = await reports(town, "V-1", "V-2", "V-3")
    for n, (say, found) in enumerate([("confirm", 1), ("split", 0), ("confirm", 1)]):
        if say == "confirm":
            await same_thing.confirm(town.book, [first, second], by=VERIFIER, key=f"k{n}")
        else:
            await same_thing.split(town.book, second, [first], by=VERIFIER, key=f"k{n}")
        assert len(await judged(town, second)) == found
    await town.verify_one(second)
    with pytest.raises(RepeatSettled):
        await same_thing.split(town.book, second, [first], by=VERIFIER, key="late")
    assert await judged(town, second) == {second: Repetition(first, 1)}
    await same_thing.confirm(town.book, [first, second, third], by=VERIFIER, key="rest")
    assert await judged(town, second, third) == {second: Repetition(first, 1), third: Repetition(first, 2)}
    rows = await SameThing.all().using_db(town.book.reader)
    assert len(rows) == 4


async def test_when_the_first_was_false_the_next_is_first(town: Town) -> None:
    """The credit goes to who found it first of those that are so."""
    first, second, third = await reports(town, "V-1", "V-2", "V-3")
    await same_thing.confirm(town.book, [first, second, third], by=VERIFIER, key="k")
    await town.false(first)
    assert await judged(town, second, third) == {third: Repetition(second, 1)}


async def test_a_word_counts_although_a_repeat_was_judged_before_and_nothing_given(town: Town) -> None:
    """A verification that came to nothing judged it; said to be another thing, it is given in full, both times."""
    facts: dict[str, Any] = {"subtype_name": "噪声"}
    first = await town.event(**facts)
    second = await town.event(("V-2", "reporter"), ("V-3", "reporter"), after=HOUR, **facts)
    rules, events = (
        await rule_books.shelf(town.book),
        await Event.filter(id=second).using_db(town.book.reader),
    )
    assert await repeats.judge(town.book, events, rules=rules, on=ON) == {second: Repetition(first, 1)}
    await same_thing.split(town.book, second, [first], by=VERIFIER, key="k")
    await town.fund(100)
    one, other = (row["id"] for row in await town.rows("SELECT id FROM events_contribution ORDER BY id"))
    for only in (one, other):
        await verifications.accept(town.book, second, by=VERIFIER, on=town.book.today(), only=[only])
    rows = await town.rows("SELECT points FROM awards_verification")
    assert [row["points"] for row in rows] == [2, 2]


async def test_the_same_key_is_one_word(town: Town) -> None:
    """And a word that changes nothing is none; another word under the same key is refused."""
    first, second = await reports(town, "V-1", "V-2")
    for key in ("k", "k", "other"):
        await same_thing.confirm(town.book, [first, second], by=VERIFIER, key=key)
    with pytest.raises(ReferenceConflict):
        await same_thing.split(town.book, second, [first], by=VERIFIER, key="k")
    assert await judged(town, second) == {second: Repetition(first, 1)}
    assert len(await SameThing.all().using_db(town.book.reader)) == 1


async def test_only_who_may_judge_may_say(town: Town) -> None:
    """In charge of every place, no part in any and no home shared; and only of reports that stand."""
    first, second = await reports(town, "V-1", "V-2")
    far, own = await town.event(area=FAR), await town.event((VERIFIER, "reporter"))
    await town.household("H-1", VERIFIER, "V-9")
    home = await town.event(("V-9", "reporter"))
    activity, false = await town.event(kind="activity"), await town.event()
    await town.false(false)
    refused = [
        (first, "S-0005", NotVerifier), (own, VERIFIER, OwnEvent), (home, VERIFIER, OwnHousehold),
        (activity, VERIFIER, NoRepeats), (false, VERIFIER, WasFalse), ("nothing", VERIFIER, UnknownEvent),
        (second, VERIFIER, NoRepeats),
    ]  # fmt: skip
    for n, (other, by, error) in enumerate(refused):
        with pytest.raises(error):
            await same_thing.confirm(town.book, [second, other], by=by, key=f"k{n}")
        if error is not NoRepeats and other != "nothing":
            assert isinstance(await same_thing.refusal(town.book, [second, other], by=by), error)
    await same_thing.confirm(town.book, [far, first], by=VERIFIER, key="everywhere")
    assert len(await SameThing.all().using_db(town.book.reader)) == 1
    assert await same_thing.refusal(town.book, [first, second], by=VERIFIER) is None


async def test_two_words_at_once_do_not_pass_each_other(town: Town) -> None:
    """Both are written, the later one having seen the earlier; nothing is said twice."""
    first, second, third = await reports(town, "V-1", "V-2", "V-3")
    await asyncio.gather(
        same_thing.confirm(town.book, [first, second, third], by=VERIFIER, key="a"),
        same_thing.confirm(town.book, [first, second], by=VERIFIER, key="b"),
        same_thing.confirm(town.book, [second, third], by=VERIFIER, key="c"),
    )
    rows = await SameThing.all().using_db(town.book.reader)
    assert len({(row.event, row.earlier) for row in rows}) == len(rows)
    assert await judged(town, second, third) == {second: Repetition(first, 1), third: Repetition(first, 2)}


async def test_a_word_that_comes_while_an_event_is_verified_is_heard_or_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said between a verification's look and its entry, it is heard: also where nothing is given."""
    first, second, third = await reports(town, "V-1", "V-2", "V-3")
    meanwhile.after(
        monkeypatch,
        repeats,
        "judge",
        lambda: same_thing.confirm(town.book, [first, second, third], by=VERIFIER, key="meanwhile"),
    )
    await town.verify()
    assert [await given(town, each) for each in (first, second, third)] == [2, 1, 0]
    with pytest.raises(RepeatSettled):
        await same_thing.split(town.book, third, [first], by=VERIFIER, key="after")


async def test_a_verification_that_comes_while_a_word_is_said_refuses_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looked at events that nobody had verified, and they were when it was to be written."""
    first, second = await reports(town, "V-1", "V-2")
    meanwhile.after(monkeypatch, clusters, "words_on", town.verify)
    with pytest.raises(RepeatSettled):
        await same_thing.confirm(town.book, [first, second], by=VERIFIER, key="k")
    assert await SameThing.all().using_db(town.book.reader) == []
    assert await given(town, second) == 2


async def test_a_word_that_comes_while_another_is_said_is_seen(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks again, and has nothing to add."""
    first, second = await reports(town, "V-1", "V-2")
    meanwhile.after(
        monkeypatch,
        clusters,
        "words_on",
        lambda: same_thing.confirm(town.book, [first, second], by=VERIFIER, key="meanwhile"),
    )
    await same_thing.confirm(town.book, [first, second], by=VERIFIER, key="k")
    assert len(await SameThing.all().using_db(town.book.reader)) == 1


async def test_who_never_gets_a_turn_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others have words without end: nothing is written, and the sentence says to look again."""
    first, second = await reports(town, "V-1", "V-2")
    await same_thing.confirm(town.book, [first, second], by=VERIFIER, key="k")

    async def always_the_first(_book: Any, events: Any) -> dict[str, str]:
        return {event: f"{event}/1" for event in events}

    with monkeypatch.context() as patched:
        patched.setattr(turns, "due", always_the_first)
        with pytest.raises(RepeatBusy):
            await same_thing.split(town.book, second, [first], by=VERIFIER, key="l")
    assert await judged(town, second) == {second: Repetition(first, 1)}


async def test_a_forecast_is_what_is_given(town: Town) -> None:
    """The queue tells it before."""
    first, second = await reports(town, "V-1", "V-2")
    await same_thing.confirm(town.book, [first, second], by=VERIFIER, key="k")
    ahead = await foresight.foresee(town.book, [first, second], by=VERIFIER, on=ON)
    assert [ahead.points(each) for each in (first, second)] == [2, 1]


async def test_a_later_import_changes_no_word_and_no_judgement(town: Town) -> None:
    """An earlier report that becomes known after the verification takes no credit back."""
    first, second = await reports(town, "V-1", "V-2")
    await same_thing.confirm(town.book, [first, second], by=VERIFIER, key="k")
    await town.verify()
    late = await town.event(("V-3", "reporter"), after=-HOUR, area=LIUHE)
    assert await judged(town, second) == {second: Repetition(first, 1)}
    with pytest.raises(RepeatSettled):
        await same_thing.confirm(town.book, [late, first, second], by=VERIFIER, key="later")
