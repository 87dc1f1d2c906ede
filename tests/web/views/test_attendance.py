"""Signing in on pages: scanner, list, last time's list, suggestions."""

from __future__ import annotations

import pytest

from points.events.models import Contribution, Event
from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in
from tests.web.views.test_filing import GATHERING


def held(guest: Guest, key: str, on: str = "2018-07-06", kind: str = "activity") -> str:
    """The sign-in page of a gathering."""
    type_name = "志愿服务" if kind == "activity" else "议事会"
    fields = {"kind": kind, "type_name": type_name, "what": "清理楼道", "area": "六和", "on": on}
    page = guest.get(f"{GATHERING}?kind={kind}")
    return guest.press(page, GATHERING, key=key, begins="09:00", ends="11:00", **fields)


async def here(guests: Guests, path: str) -> dict[str, int]:
    """Who signed in, and their minutes."""
    rows = await Contribution.filter(event=path.split("/")[2]).using_db(guests.book.reader)
    return {row.member: row.minutes or 0 for row in rows}


def test_one_scan_after_another(guests: Guests) -> None:
    """Each once; the page says who it was; hours stay as they were typed."""
    guest = guests.by("刘洋")
    path = held(guest, "g1")
    page = guest.get(path)
    where = guest.press(page, path, scan="V-000001")
    assert "签上了 王*兰 V-000001" in words(guest.get(where))
    assert "早就签过了" in words(guest.get(guest.press(page, path, scan="v-000001", hours="1.5")))
    where = guest.press(page, path, scan="V-000002", hours="1.5")
    assert 'value="1.5"' in guest.get(where)
    assert guests.run(here, guests, path) == {"V-000001": 120, "V-000002": 90}


@pytest.mark.parametrize(
    ("scan", "hours", "sentence"),
    [
        ("V-999999", "", "没有找到成员 V-999999"),
        ("V-000001", "0", "时长要在"),
        ("V-000001", "两", "时长要在"),
    ],
)
def test_a_scan_that_signs_nobody_in_says_why(guests: Guests, scan: str, hours: str, sentence: str) -> None:
    """422, and the focus is on what was wrong."""
    guest = guests.by("刘洋")
    path = held(guest, "g2")
    fields = {"csrf": token_in(guest.get(path)), "scan": scan, "hours": hours}
    answer = guest.client.post(path, data=fields)
    assert (answer.status_code, sentence in words(answer.text)) == (422, True)
    assert guests.run(here, guests, path) == {}


def test_a_list_signs_in_whom_it_names_and_keeps_the_rest(guests: Guests) -> None:
    """What names nobody stays in the field, with the reason."""
    guest = guests.by("刘洋")
    path = held(guest, "g3")
    page = guest.get(path)
    answer = guest.client.post(
        path + "/list", data={"csrf": token_in(page), "list": "V-000001\n王秀兰\n赵敏\n没有这人\n"}
    )
    assert answer.status_code == 200
    said = words(answer.text)
    assert "签上 2 位，还有 1 行要看一下" in said
    assert "没有这人：没有找到" in said
    assert ">没有这人</textarea>" in answer.text
    assert set(guests.run(here, guests, path)) == {"V-000001", "V-000002"}


def test_last_times_list_is_ticked(guests: Guests) -> None:
    """Only those who were there last time can be ticked."""
    guest = guests.by("刘洋")
    first = held(guest, "g4")
    guest.press(guest.get(first), first + "/list", list="V-000001\nV-000002")
    second = held(guest, "g5", on="2018-07-13")
    page = guest.get(second)
    assert "照上次的名单" in words(page)
    guest.press(page, second + "/last", member=["V-000002", "V-000009"])
    assert set(guests.run(here, guests, second)) == {"V-000002"}
    answer = guest.client.post(second + "/last", data={"csrf": token_in(page)})
    assert (answer.status_code, "至少选 1 项" in words(answer.text)) == (422, True)


def test_an_adopted_suggestion_stands_under_its_meeting(guests: Guests) -> None:
    """With a number of its own; pressed twice it is there once."""
    guest = guests.by("刘洋")
    path = held(guest, "g6", kind="meeting").removesuffix("/sign-in")
    page = guest.get(path + "/suggestions")
    for _ in range(2):
        guest.press(page, path + "/suggestions", key="s1", what="楼道装灯", member="V-000001")
    assert "楼道装灯" in words(guest.get(path))

    async def adopted() -> list[Event]:
        return await Event.filter(type_name="建议采纳").using_db(guests.book.reader)

    assert len(guests.run(adopted)) == 1


def test_nobody_signs_in_elsewhere(guests: Guests) -> None:
    """At a report there is no sign-in, for others it is not there."""
    guest = guests.by("刘洋")
    path = held(guest, "g7")
    for name in ("李梅", "张强", "王秀兰"):
        guests.by(name).get(path, 404)


@pytest.mark.parametrize("hours", ["²", "①", "፩", "..", "1e3"])
def test_hours_that_only_look_like_digits_are_no_fault_of_ours(shared: Guests, hours: str) -> None:
    """A superscript or a number in a ring is no number of hours: 422, and what was typed stays."""
    guest = shared.by("刘洋")
    path = held(guest, "g8")
    fields = {"csrf": token_in(guest.get(path)), "scan": "V-000001", "hours": hours}
    answer = guest.client.post(path, data=fields)
    assert (answer.status_code, "时长要在" in words(answer.text)) == (422, True)
    assert f'value="{hours}"' in answer.text


def test_full_width_hours_stay_on_the_page(guests: Guests) -> None:
    """１.５ is 1.5, and the next scan is on the same page."""
    guest = guests.by("刘洋")
    path = held(guest, "g9")
    where = guest.press(guest.get(path), path, scan="V-000001", hours="１.５")
    assert where == f"{path}?in=V-000001&hours=1.5"
    assert guests.run(here, guests, path) == {"V-000001": 90}


def test_a_list_may_be_long_and_what_is_beyond_the_first_part_stays(guests: Guests) -> None:
    """More than 2,000 characters are read; lines after the 500th are still in the field, and said to be."""
    guest = guests.by("刘洋")
    path = held(guest, "g10")
    lines = [*(f"V-9{n:05d}" for n in range(500)), "V-000001"]
    fields = {"csrf": token_in(guest.get(path)), "list": "\n".join(lines)}
    answer = guest.client.post(path + "/list", data=fields)
    assert (answer.status_code, "剩下的 1 行还在下面" in words(answer.text)) == (200, True)
    assert "V-900499\nV-000001</textarea>" in answer.text
