"""Clusters: whatever order events come to be known in, the same are together and the same is first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.events import clusters, latest, likeness
from points.events.clusters import Word
from points.events.models import Event
from points.events.records import Amendment, Attachment, AttachmentRemoval, EventText, SameThing
from tests.points.awards.town import FAR, GRID, LIUHE, SHAHU, Town

T = datetime.fromisoformat("2018-07-04T09:00:00+00:00")
HOUR = timedelta(hours=1)
LOOKS = "0f1e2d3c4b5a6978"
NEAR, OTHER = "0f1e2d3c4b5a697b", "f0f1e2d3c4b5a697"
EVENTS = st.integers(0, 7).map(lambda n: f"e{n}")
PAIRS = (
    st.tuples(EVENTS, EVENTS).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: likeness.pair(*pair))
)


def word(same: bool, minutes: int = 0) -> Word:
    """Somebody's word."""
    return Word(same, "S-0003", T + timedelta(minutes=minutes))


@given(
    st.lists(st.integers(0, 5), min_size=8, max_size=8),
    st.sets(PAIRS, max_size=12),
    st.dictionaries(PAIRS, st.tuples(st.booleans(), st.integers(0, 3)), max_size=6),
    st.randoms(),
)
def test_the_order_of_arrival_changes_nothing(
    minutes: list[int], alike: set[Any], words: dict[Any, tuple[bool, int]], chance: Any
) -> None:
    """Clusters are the same for every order; each begins with its first, and nobody is in two."""
    moments = [(f"e{n}", T + timedelta(minutes=each)) for n, each in enumerate(minutes)]
    said = [(pair, word(*each)) for pair, each in words.items()]
    found = clusters.united(dict(moments), alike, dict(said))
    shuffled, reversed_ = list(moments), list(alike)
    chance.shuffle(shuffled)
    chance.shuffle(said)
    chance.shuffle(reversed_)
    assert clusters.united(dict(shuffled), reversed_, dict(said)) == found
    members = [event for each in found for event in each]
    assert len(members) == len(set(members))
    at = dict(moments)
    for each in found:
        assert (at[each[0]], each[0]) == min((at[event], event) for event in each)
        assert not any(not one.same and set(pair) <= set(each) for pair, one in said)


@given(st.sets(PAIRS, max_size=12))
def test_without_a_word_a_cluster_is_what_can_be_reached(alike: set[tuple[str, str]]) -> None:
    """Against walking from event to event."""
    moments = {f"e{n}": T + timedelta(minutes=n) for n in range(8)}

    def reached(event: str) -> frozenset[str]:
        found, border = {event}, {event}
        while border:
            border = {other for pair in alike for other in pair if border & set(pair)} - found
            found |= border
        return frozenset(found)

    every = {reached(event) for event in moments}
    assert {frozenset(each) for each in clusters.united(moments, alike, {})} == {
        e for e in every if len(e) > 1
    }


def test_what_was_said_counts_before_what_was_found() -> None:
    """One taken out stays out though it is like both others, and one that is like none is in when somebody said so."""
    moments = {key: T + timedelta(minutes=n) for n, key in enumerate("abcd")}
    alike = {("a", "b"), ("b", "c"), ("a", "c")}
    words = {("a", "c"): word(False), ("b", "c"): word(False), ("b", "d"): word(True)}
    assert clusters.united(moments, alike, {}) == [("a", "b", "c")]
    assert clusters.united(moments, alike, words) == [("a", "b", "d")]


def test_a_newcomer_does_not_bring_together_what_was_said_to_be_apart() -> None:
    """It is like both; it goes with the earlier one."""
    moments = {key: T + timedelta(minutes=n) for n, key in enumerate("abc")}
    assert clusters.united(moments, {("a", "c"), ("b", "c")}, {("a", "b"): word(False)}) == [("a", "c")]


async def around(town: Town, event: str) -> tuple[list[str], dict[str, set[str]]]:
    """The cluster of an event: its events, and why each later one is in it."""
    rows = await latest.read(town.book.reader, await Event.filter(id=event).using_db(town.book.reader))
    found = (await clusters.of(town.book, rows)).get(event)
    if found is None:
        return [], {}
    return [each.id for each in found.events], {key: set(why) for key, why in found.why.items()}


async def pictured(town: Town, event: str, looks: str, name: str = "site") -> str:
    """A picture of an event."""
    row = Attachment(
        id=town.key(), event=event, kind="jpeg", name=name, digest="sha256:0", looks=looks, size=1, added_at=T
    )
    await town.insert(row)
    return str(row.id)


@pytest.mark.anyio
async def test_place_picture_words_and_the_source_s_own_word_bring_together(town: Town) -> None:
    """And nothing else does: another community's words, an activity, an erased picture, a sign-in sheet."""
    far: dict[str, Any] = {"assigned": None}
    first = await town.event(subtype_name="噪声")
    same = await town.event(subtype_name="噪声", area=GRID, after=HOUR)
    worded = await town.event(after=30 * HOUR)
    picture = await town.event(area=FAR, after=9000 * HOUR, **far)
    source = await town.event(area=SHAHU, after=900 * HOUR, **far)
    other, elsewhere = await town.event(after=HOUR), await town.event(area=SHAHU, after=HOUR)
    activity = await town.event(subtype_name="噪声", kind="activity", after=HOUR)
    erased, sheet = await town.event(area=FAR, **far), await town.event(area=FAR, **far)
    text = "楼下的店每天晚上放音响到半夜"
    await town.insert(*[EventText(event=each, text=text) for each in (same, worded, elsewhere)])
    await pictured(town, first, LOOKS)
    await pictured(town, picture, NEAR)
    await pictured(town, other, OTHER)
    await pictured(town, sheet, LOOKS, "sign_in")
    gone = await pictured(town, erased, LOOKS)
    removal = AttachmentRemoval(attachment=gone, removed_at=T, removed_by="S-0001", reason="wrong")
    said = {"same": True, "said_at": T, "said_by": "system"}
    await town.insert(removal, SameThing(id=town.key(), event=source, earlier=first, **said))
    together = [first, same, worded, source, picture]
    why = {same: {"place", "words"}, worded: {"words"}, source: {"said"}, picture: {"picture"}}
    assert await around(town, first) == (together, why)
    for each in (other, elsewhere, activity, erased, sheet):
        assert await around(town, each) == ([], {})


@pytest.mark.anyio
async def test_what_is_false_or_was_moved_away_leaves_and_what_was_moved_here_joins(town: Town) -> None:
    """Where events are today decides, and the first that is left is first."""
    near: dict[str, Any] = {"subtype_name": "噪声"}
    false, away = await town.event(**near), await town.event(after=HOUR, **near)
    here, later = await town.event(area=FAR, after=2 * HOUR, **near), await town.event(after=3 * HOUR, **near)
    assert (await around(town, later))[0] == [false, away, later]
    await town.false(false)
    for event, area in ((away, SHAHU), (here, LIUHE)):
        row = {"event": event, "area": area, "amended_at": T, "amended_by": "S-0001", "reference": event}
        await town.insert(Amendment(id=town.key(), **row))
    assert (await around(town, later))[0] == [here, later]
    assert (await around(town, here))[0] == [here, later]


async def heard(town: Town, work: Any) -> list[str]:
    """What the reader is asked while something is awaited."""
    reader: Any = town.book.reader
    kept, seen = reader.execute_query, list[tuple[str, list[Any]]]()

    async def listen(sql: str, values: list[Any] | None = None) -> Any:
        seen.append((sql, list(values or [])))
        return await kept(sql, values)

    kept_dict = reader.execute_query_dict

    async def listen_dict(sql: str, values: list[Any] | None = None) -> Any:
        seen.append((sql, list(values or [])))
        return await kept_dict(sql, values)

    reader.execute_query, reader.execute_query_dict = listen, listen_dict
    try:
        await work
    finally:
        reader.execute_query, reader.execute_query_dict = kept, kept_dict
    plans = []
    for sql, values in seen:
        if "WHERE 1=0" in sql:  # nothing was to be found, and nothing is read
            continue
        plans.append(await planned(town, sql, values))
    return plans


async def planned(town: Town, sql: str, values: Sequence[Any]) -> str:
    """How a statement is run; PostgreSQL is told that reading whole tables is dear, as it is once they are large."""
    if town.book.engine.dialect == "sqlite":
        rows = await town.rows(f"EXPLAIN QUERY PLAN {sql}", *values)
        return " | ".join(row["detail"] for row in rows)
    async with town.book.write() as db:
        for setting in ("enable_seqscan = off", "enable_bitmapscan = on"):  # a writer's own plans are pinned
            await db.execute_query(f"SET LOCAL {setting}")
        rows = await db.execute_query_dict(f"EXPLAIN {sql}", list(values))
    return " | ".join(row["QUERY PLAN"] for row in rows)


WHOLE = re.compile(r"(\bSCAN|Seq Scan on) (?!json_each|people_area_change)\S+")
"""A table read whole; how often areas were merged is asked by every list of the book."""


@pytest.mark.anyio
async def test_no_table_is_read_whole_and_twenty_events_ask_no_more_than_one(town: Town) -> None:
    """Every statement finds its rows through an index, on either engine."""
    counts = []
    for times in (1, 19):
        for n in range(times):
            event = await town.event(after=n * HOUR)
            await town.insert(EventText(event=event, text=f"第{n}件：楼道里堆满杂物"))
            await pictured(town, event, f"{n + 1:02x}" * 8)
        events = await Event.all().using_db(town.book.reader)
        plans = await heard(town, clusters.of(town.book, events))
        counts.append(len(plans))
        assert [plan for plan in plans if WHOLE.search(plan)] == []
    assert counts[0] == counts[1] <= 20
    assert WHOLE.search(await planned(town, "SELECT * FROM events_attachment AS t", []))
