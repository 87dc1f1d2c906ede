"""Verifying by pages: the same verb as on the command line, and nothing twice."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from points.awards import queue
from points.awards.models import Verification
from points.events.models import Assignment
from points.keys import new_key
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in

QUEUE = "/verifications"


def first_of(guest: Guest, n: int) -> str:
    """The verification page of the oldest event with at least n contributions to decide on."""
    for path in links(guest.get(QUEUE), "/events/"):
        if guest.get(path).count('name="shown"') >= n:
            return path
    raise AssertionError(f"no event with {n} contributions waits")


def shown(page: str) -> list[str]:
    """The contributions on a page."""
    return re.findall(r'name="shown" value="(\w+)"', page)


async def decided(guests: Guests, path: str) -> list[Verification]:
    """What was decided on the event of a page."""
    event = path.split("/")[2]
    return await Verification.filter(event=event).using_db(guests.book.reader).order_by("contribution")


async def entries(guests: Guests) -> int:
    """How many transactions there are."""
    rows = await guests.book.reader.execute_query_dict("SELECT max(position) AS n FROM ledger_transaction")
    return int(rows[0]["n"])


def test_the_queue_is_the_oldest_first_and_says_what_it_would_earn(shared: Guests) -> None:
    """With masked names; where the household took part it is shown without a link, with the reason."""
    page = shared.by("李梅").get(QUEUE)
    said = words(page)

    async def waiting() -> list[str]:
        page = await queue.page(shared.book, "S-0003", on=shared.book.today())
        return [line.event.id for line in page.lines]

    events = shared.run(waiting)
    assert re.search(rf"{len(events)} 件，最早的一件在 \d+ 天前。", said)
    assert re.search(r"预计 \d+ 分", said)
    mine, others = page.split("您不能核实的", 1)
    assert links(mine, "/events/") == [f"/events/{event}/verification" for event in events]
    assert links(others, "/events/") == []
    assert "您的同住家人参与了，要换人核实。" in words(others)


def test_what_turned_an_event_stands_among_its_facts(guests: Guests) -> None:
    """Reopened by 李梅 before she decided, it is shown to her as before, with one line more."""
    guest = guests.by("李梅")
    path = first_of(guest, 1)
    event = path.removesuffix("/verification")
    guest.press(guest.get(path), f"{event}/steps/reopened", key=new_key(), note="")
    assert "重新办理" in words(guest.get(path))


def test_everything_is_accepted_in_three_presses(guests: Guests) -> None:
    """Open, accept; the result counts what was given, and it is what was foreseen."""
    guest = guests.by("李梅")
    path = first_of(guest, 2)
    page = guest.get(path)
    foreseen = re.search(r"全部通过，预计 (\d+) 分", page)
    assert foreseen
    keys = shown(page)
    where = guest.press(page, path, shown=keys, accept=keys, note="", key="a1")
    assert where == path + "/result"
    said = words(guest.get(where))
    assert f"通过 {len(keys)} 项 奖励入账 {foreseen[1]} 分" in said
    assert {row.decision for row in guests.run(decided, guests, path)} == {"accepted"}


def test_what_is_not_ticked_goes_back_with_reason_and_note(guests: Guests) -> None:
    """The member reads both on their page."""
    guest = guests.by("李梅")
    path = first_of(guest, 2)
    page = guest.get(path)
    back, *kept = shown(page)
    where = guest.press(page, path, shown=[back, *kept], accept=kept, reason="proof", note="照片看不清")
    said = words(guest.get(where))
    assert f"通过 {len(kept)} 项" in said
    assert "退回 1 项" in said
    assert "退回原因：看不出做过（照片看不清）" in said
    (row,) = [row for row in guests.run(decided, guests, path) if row.contribution == back]
    assert (row.decision, row.reason, row.points) == ("returned", "看不出做过", 0)
    assert "看不出做过（照片看不清）" in words(guests.by("陈国强").get(f"/awards/{back}"))


def test_nothing_goes_back_without_a_reason(guests: Guests) -> None:
    """422, nothing is entered, the ticks stay as they were."""
    guest = guests.by("李梅")
    path = first_of(guest, 2)
    page = guest.get(path)
    back, *kept = shown(page)
    answer = guest.client.post(path, data={"csrf": token_in(page), "shown": [back, *kept], "accept": kept})
    assert answer.status_code == 422
    assert "请选一个退回的原因。什么都还没有记。" in answer.text
    assert f'value="{back}" id="c-{back}">' in answer.text
    assert f'value="{kept[0]}" id="c-{kept[0]}" checked>' in answer.text
    assert guests.run(decided, guests, path) == []


def test_pressing_twice_is_pressing_once(guests: Guests) -> None:
    """One after the other and ten at the same time: the ledger grows by one event, and all see the same result."""
    guest = guests.by("李梅")
    path = first_of(guest, 2)
    page = guest.get(path)
    keys = shown(page)
    form = {"csrf": token_in(page), "shown": keys, "accept": keys}

    def press(_: int) -> Any:
        return guest.client.post(path, data=form)

    before = guests.run(entries, guests)
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(press, range(10)))
    answers.append(press(0))
    assert {(a.status_code, a.headers["location"]) for a in answers} == {(303, path + "/result")}
    rows = guests.run(decided, guests, path)
    assert len(rows) == len(keys)
    assert guests.run(entries, guests) == before + sum(row.reference is not None for row in rows)
    assert "还有" not in words(guest.get(path + "/result"))


def test_her_own_household_is_refused_whatever_is_sent(guests: Guests) -> None:
    """Even assigned to her and posted by hand: nothing is decided, and the page says why without a form."""

    async def assign() -> tuple[str, list[str]]:
        rows = await guests.book.reader.execute_query_dict(
            "SELECT c.event FROM events_contribution AS c JOIN events_event AS e ON e.id = c.event"
            " WHERE c.member = 'V-000002' AND e.area IS NOT NULL AND NOT EXISTS"
            " (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id)"
        )
        event = rows[0]["event"]
        async with guests.book.write() as db:
            row = Assignment(id=new_key(), event=event, verifier="S-0003", assigned_on="2026-11-21")
            await Assignment.bulk_create([row], using_db=db)
        all_of = await guests.book.reader.execute_query_dict(
            "SELECT id FROM events_contribution WHERE event = ?", [event]
        )
        return event, [each["id"] for each in all_of]

    event, keys = guests.run(assign)
    guest = guests.by("李梅")
    path = f"/events/{event}/verification"
    assert path not in links(guest.get(QUEUE), "/events/")
    page = guest.get(path)
    assert "您的同住家人参与了，要换人核实。" in words(page)
    assert 'name="shown"' not in page
    where = guest.press(page, path, shown=keys, accept=keys)
    said = words(guest.get(where))
    assert "还没有核实" in said
    assert "您的同住家人参与了" in said
    assert guests.run(decided, guests, path) == []


def test_what_was_not_on_the_page_is_not_decided(guests: Guests) -> None:
    """A contribution of another event that is smuggled in is left alone."""
    guest = guests.by("李梅")
    here, there, *_ = links(guest.get(QUEUE), "/events/")
    page, keys = guest.get(here), shown(guest.get(there))
    guest.press(page, here, shown=keys, accept=keys)
    assert guests.run(decided, guests, there) == []
    assert guests.run(decided, guests, here) == []


@pytest.mark.parametrize("name", ["王秀兰", "张强", "陈国强"])
def test_only_verifiers_verify(shared: Guests, name: str) -> None:
    """For others none of it is there; nor for a verifier of another area."""
    path = links(shared.by("李梅").get(QUEUE), "/events/")[0]
    guest = shared.by(name)
    for each in (QUEUE, path, path + "/result", QUEUE + "/plain"):
        guest.get(each, 404)


def test_a_decision_leaves_the_cost_of_the_queue_as_it_was(guests: Guests) -> None:
    """The number of statements does not depend on how many events wait."""
    guest = guests.by("李梅")
    before = guests.statements(guest, QUEUE)
    path = first_of(guest, 1)
    page = guest.get(path)
    guest.press(page, path, shown=shown(page), accept=shown(page))
    assert guests.statements(guest, QUEUE) == before < 90


def test_the_next_page_goes_on_where_the_first_ended(shared: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both pages together hold each once."""
    monkeypatch.setattr("web.views.verifications.A_PAGE", 2)
    guest = shared.by("李梅")
    page = guest.get(QUEUE)
    first = links(page, "/events/")
    (following,) = links(page, QUEUE + "?after=")
    second = links(guest.get(following), "/events/")
    assert [len(first), len(second)] == [2, 2]
    assert set(first) & set(second) == set()
