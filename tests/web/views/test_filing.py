"""Writing events down on pages."""

from __future__ import annotations

from typing import Any

import pytest

from points.events.models import Contribution, Event
from points.events.records import Gathering
from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in

REPORT, GATHERING = "/events/new/report", "/events/new/gathering"
SAID = {
    "what": "楼道堆放杂物",
    "category": "F",
    "area": "六和社区",
    "on": "2018-07-04",
    "at": "9:05",
    "severity": "ordinary",
    "found_first": "yes",
}


async def by_number(guests: Guests, number: str) -> Event:
    """An event by its number."""
    return await Event.get(external_id=number, using_db=guests.book.reader)


def refused(guest: Guest, path: str, fields: dict[str, Any]) -> str:
    """What is said to a form that is not taken."""
    page = guest.get(path if path == REPORT else path + "?kind=activity")
    answer = guest.client.post(path, data={"csrf": token_in(page), **fields})
    assert answer.status_code == 422, answer.status_code
    return words(answer.text)


def test_a_report_gets_a_number_and_pressing_twice_files_it_once(guests: Guests) -> None:
    """The number to say is on the next page; the one who found it contributes."""
    guest = guests.by("刘洋")
    page = guest.get(REPORT)
    where = guest.press(page, REPORT, key="a1", reporter="V-000001", **SAID)
    assert guest.press(page, REPORT, key="a1", reporter="V-000001", **SAID) == where
    event = where.split("/")[2]
    said = words(guest.get(where))

    async def rows() -> tuple[Event, list[Contribution]]:
        found = await Event.get(id=event, using_db=guests.book.reader)
        return found, await Contribution.filter(event=event).using_db(guests.book.reader)

    found, doings = guests.run(rows)
    assert found.external_id in said
    assert (found.area, found.category, found.found_first) == ("440310001002", "F", True)
    assert found.occurred_at.isoformat() == "2018-07-04T01:05:00+00:00"
    assert [(each.member, each.role) for each in doings] == [("V-000001", "reporter")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"what": ""}, "请填写看到了什么。"),
        ({"area": "月亮"}, "没有找到这个地方"),
        ({"area": "440310001001"}, "没有“网格员”的权限"),
        ({"at": "25:00"}, "几点的格式不对"),
        ({"on": "2999-01-01"}, "还没到那个时候"),
        ({"category": "Q"}, "没有“Q”这一类事件"),
        ({"reporter": "V-999999"}, "没有找到成员 V-999999"),
        ({"what": "字" * 21}, "最多 20 个字"),
    ],
)
def test_what_cannot_be_filed_is_said_and_kept(shared: Guests, change: dict[str, str], sentence: str) -> None:
    """422, with what was typed still there, and nothing filed."""
    said = refused(shared.by("刘洋"), REPORT, {"key": "b1", **SAID, **change})
    assert sentence in said


def test_an_activity_goes_on_to_its_sign_in(guests: Guests) -> None:
    """With its hours; ending before it begins it is refused."""
    guest = guests.by("刘洋")
    fields = {
        "kind": "activity",
        "type_name": "巡逻",
        "what": "夜间巡逻",
        "area": "六和",
        "on": "2018-07-06",
        "begins": "19:00",
        "ends": "21:30",
    }
    page = guest.get(GATHERING + "?kind=activity&type=巡逻")
    where = guest.press(page, GATHERING, key="c1", **fields)
    assert where.endswith("/sign-in")

    async def held() -> Gathering:
        return await Gathering.get(event=where.split("/")[2], using_db=guests.book.reader)

    row = guests.run(held)
    assert (row.ends_at - row.starts_at).total_seconds() == 9000
    assert "结束要晚于开始" in refused(guest, GATHERING, {"key": "c2", **fields, "ends": "18:00"})
    guest.get(GATHERING + "?kind=x", 404)


@pytest.mark.parametrize("name", ["王秀兰", "李梅", "张强", "陈国强", "高峰"])
def test_only_those_who_walk_grids_file(shared: Guests, name: str) -> None:
    """For others the pages are not there."""
    guest = shared.by(name)
    for path in ("/events/new", REPORT, GATHERING + "?kind=activity"):
        guest.get(path, 404)


@pytest.mark.parametrize("change", [{"type_name": "志" * 150}, {"type_name": "<b>"}, {"on": "0001-01-01"}])
def test_a_gathering_that_no_form_could_send_is_refused(shared: Guests, change: dict[str, str]) -> None:
    """A kind that is not offered and a day without an instant: 422, never a fault of ours."""
    fields = {
        "kind": "activity",
        "type_name": "志愿服务",
        "what": "清理楼道",
        "area": "六和",
        "on": "2018-07-06",
    }
    refused(
        shared.by("刘洋"), GATHERING, {**fields, "key": "z1", "begins": "00:00", "ends": "01:00", **change}
    )
