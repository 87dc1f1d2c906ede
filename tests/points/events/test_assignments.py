"""The rota of verifiers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import Book
from points.events import assignments
from points.events.assignments import ALL_INVOLVED, NO_AREA, NO_VERIFIER, Waiting
from points.events.imports import contributions, events, members
from points.events.models import Assignment
from points.people import households, roles
from points.people.roles import Grant
from tests.points.events import paper
from tests.points.events.paper import CONTRIBUTIONS, DAY, EVENTS, FIRE, MEMBERS
from tests.points.people import village
from tests.points.people.village import LIUHE, NANBU, PINGSHAN

PATH = f"/{PINGSHAN}/{LIUHE}/"


def holder(member: str, area: str | None = LIUHE) -> Grant:
    """A verifier's grant."""
    return Grant("g", member, "verifier", area, "2026-01-01", None)


@given(st.lists(st.sampled_from("ABCDEF"), max_size=60), st.integers(1, 6))
def test_the_rota_is_even_and_gives_nobody_their_own(contributors: list[str], many: int) -> None:
    """Loads differ by no more than the exclusions force; the same input gives the same rota."""
    verifiers = [holder(name) for name in "ABCDEF"[:many]]
    homes = {"A": "H1", "B": "H1"}
    waiting = [Waiting(f"e{n}", PATH, (who,)) for n, who in enumerate(contributors)]
    outcome = assignments.rota(waiting, verifiers, homes, {})
    assert outcome == assignments.rota(waiting, list(reversed(verifiers)), homes, {})
    assert len(outcome.assigned) + len(outcome.left) == len(waiting)
    for each in waiting:
        verifier = outcome.assigned.get(each.event)
        if verifier is None:
            assert outcome.left[each.event] == ALL_INVOLVED
            assert {v.member for v in verifiers} <= {"A", "B"} or {v.member for v in verifiers} == {
                each.contributors[0]
            }
        else:
            assert not households.same_side(verifier, each.contributors[0], homes)


def test_who_has_most_waits_until_the_others_have_as_many() -> None:
    """The rota goes on where earlier assignments left it."""
    waiting = [Waiting(f"e{n}", PATH, ("V",)) for n in range(9)]
    outcome = assignments.rota(waiting, [holder("A"), holder("B"), holder("C")], {}, {"A": 3, "B": 0, "C": 0})
    assert Counter(outcome.assigned.values()) == {"B": 4, "C": 4, "A": 1}


def test_why_an_event_stays_without_a_verifier_is_said() -> None:
    """No place, nobody there, or only those it is about."""
    waiting = [
        Waiting("nowhere", None, ("V",)),
        Waiting("elsewhere", f"/{PINGSHAN}/{NANBU}/", ("V",)),
        Waiting("own", PATH, ("A",)),
        Waiting("mother's", PATH, ("V", "B")),
    ]
    outcome = assignments.rota(waiting, [holder("A")], {"A": "H1", "B": "H1"}, {})
    assert outcome.left == {
        "nowhere": NO_AREA,
        "elsewhere": NO_VERIFIER,
        "own": ALL_INVOLVED,
        "mother's": ALL_INVOLVED,
    }
    assert outcome.assigned == {}


@pytest.fixture
async def lived(book: Book, tmp_path: Path) -> Book:
    """李梅 and 周静 verify; 李梅 lives with 王秀兰, who reported the first of four events; the last has no place."""
    for name in ("李梅", "周静"):
        await village.enrol(book, name, kind="staff")
    await paper.imported(
        members,
        book,
        paper.write(
            tmp_path, MEMBERS + "王秀兰,10000900001,居民,六和社区,,,\n赵敏,10000900002,居民,六和社区,,,\n"
        ),
    )
    for who in ("S-0001", "V-000001"):
        await households.join(book, "H1", who, on=DAY)
    rows = [f"{n},2026-11-0{n} 08:00:00,{FIRE},1,0" for n in range(1, 5)]
    rows[3] = rows[3].replace("六和社区", "-")
    await paper.imported(events, book, paper.write(tmp_path, EVENTS + "\n".join(rows)), source="city")
    said = "city,1,10000900001,上报人,,\ncity,2,10000900002,上报人,,\ncity,4,10000900002,上报人,,\n"
    await paper.imported(contributions, book, paper.write(tmp_path, CONTRIBUTIONS + said))
    return book


@pytest.mark.anyio
async def test_what_waits_is_assigned_once(lived: Book) -> None:
    """Only events with contributions; the second run finds nothing new to do."""
    for who in ("S-0001", "S-0002"):
        await roles.grant(lived, member=who, role="verifier", area=PINGSHAN, by=roles.SYSTEM, on=DAY)
    outcome = await assignments.assign_waiting(lived, DAY)
    assert sorted(outcome.assigned.values()) == ["S-0001", "S-0002"]
    assert list(outcome.left.values()) == [NO_AREA]
    first = (await events_by_number(lived))["1"]
    assert await assignments.verifier_of(lived, first) == "S-0002"
    again = await assignments.assign_waiting(lived, DAY)
    assert (dict(again.assigned), dict(again.left)) == ({}, dict(outcome.left))
    assert await Assignment.all().using_db(lived.reader).count() == 2


@pytest.mark.anyio
async def test_a_household_never_verifies_its_own(lived: Book) -> None:
    """李梅 alone cannot take what 王秀兰 reported; when 周静 comes, she gets it."""
    await roles.grant(lived, member="S-0001", role="verifier", area=LIUHE, by=roles.SYSTEM, on=DAY)
    outcome = await assignments.assign_waiting(lived, DAY)
    number = {key: name for name, key in (await events_by_number(lived)).items()}
    assert {number[event]: who for event, who in outcome.assigned.items()} == {"2": "S-0001"}
    assert {number[event]: why for event, why in outcome.left.items()} == {"1": ALL_INVOLVED, "4": NO_AREA}
    await roles.grant(lived, member="S-0002", role="verifier", area=LIUHE, by=roles.SYSTEM, on=DAY)
    later = await assignments.assign_waiting(lived, DAY)
    assert {number[event]: who for event, who in later.assigned.items()} == {"1": "S-0002"}


async def events_by_number(book: Book) -> dict[str, str]:
    """The events' keys by their foreign numbers."""
    rows = await book.reader.execute_query_dict("SELECT external_id, id FROM events_event")
    return {row["external_id"]: row["id"] for row in rows}
