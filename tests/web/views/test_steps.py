"""Steps, lanes and report-ins on pages."""

from __future__ import annotations

from points.awards.models import Correction, Verification
from points.events import dispatches, taking, units
from points.events.models import Step
from tests.web.guests import Guest, Guests, links, words
from tests.web.site import token_in
from tests.web.views.test_filing import REPORT, SAID
from web import event_words


def filed(guests: Guests) -> str:
    """The page of a fresh report."""
    guest = guests.by("刘洋")
    where = guest.press(guest.get(REPORT), REPORT, key="k1", reporter="V-000001", **SAID)
    return where.removesuffix("/filed")


async def names(guests: Guests, path: str) -> list[str]:
    """The steps that were taken of the event of a page."""
    rows = await Step.filter(event=path.split("/")[2]).using_db(guests.book.reader).order_by("id")
    return [row.name for row in rows]


def taken(guest: Guest, path: str, step: str, key: str) -> None:
    """Take a step on its page, twice."""
    page = guest.get(f"{path}/steps/{step}")
    for _ in range(2):
        assert guest.press(page, f"{path}/steps/{step}", key=key, note="说明") == path


def test_a_whistle_a_report_in_and_an_answer(guests: Guests) -> None:
    """Each press twice, and once each."""

    async def unit() -> None:
        await units.add(guests.book, "xf", "消防大队", area="440310001000", kind="sponsor", by="S-0009")

    guests.run(unit)
    path, head, liaison = filed(guests), guests.by("马丽"), guests.by("高峰")
    page = head.get(path + "/dispatch")
    for _ in range(2):
        head.press(page, path + "/dispatch", key="d1", lane="whistle", to="xf", note="请来")
    page = liaison.get(path)
    (report_in,) = [each for each in _actions(page) if each.endswith("/report-in")]
    for _ in range(2):
        liaison.press(page, report_in)
    assert "已报到" in words(liaison.get(path))
    taken(liaison, path, "handled", "h1")
    assert guests.run(names, guests, path) == ["reported", "assigned", "handled"]
    said = words(head.get(path))
    assert "吹哨 · 消防大队" in said
    assert "高峰 · 按时 · 说明" in said


def _actions(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('action="')[1:]]


def test_a_lane_without_a_unit_is_refused_in_words(guests: Guests) -> None:
    """And so is a handler whom nobody knows."""
    path, head = filed(guests), guests.by("马丽")
    token = token_in(head.get(path + "/dispatch"))
    for fields, sentence in (
        ({"lane": "direct"}, "都要选单位"),
        ({"lane": "own", "handler": "S-9999"}, "没有找到成员 S-9999"),
        ({}, "请填写走哪一路"),
    ):
        answer = head.client.post(path + "/dispatch", data={"csrf": token, "key": "d2", **fields})
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)
    assert guests.run(names, guests, path) == ["reported"]


def test_a_step_is_open_only_to_whom_it_belongs(guests: Guests) -> None:
    """Others do not see the button; by hand they are told, and nothing is written; strangers find nothing."""
    path = filed(guests)
    worker = guests.by("刘洋")
    assert not links(worker.get(path), path + "/steps/")
    worker.get(path + "/steps/found_false", 404)
    page = guests.by("高峰").get(path + "/steps/handled")
    assert "现在不能记这一步：这件事等受理派遣" in words(page)
    answer = guests.by("高峰").client.post(
        path + "/steps/handled", data={"csrf": token_in(page), "key": "x1"}
    )
    assert answer.status_code in (403, 422)
    guests.by("马丽").get(path + "/steps/nonsense", 404)
    for name in ("王秀兰", "张强"):
        guests.by(name).get(path + "/steps/handled", 404)
    assert guests.run(names, guests, path) == ["reported"]


def test_a_false_events_awards_go_with_it(guests: Guests) -> None:
    """A verifier who finds it false takes the awards back in the same press; the page says so."""

    async def awarded() -> str:
        rows = await guests.book.reader.execute_query_dict(
            "SELECT v.event FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event"
            " WHERE v.reference IS NOT NULL AND v.points > 0 AND v.member NOT IN ('V-000001', 'V-000002')"
            " AND e.area = '440310001002' LIMIT 1"
        )
        return f"/events/{rows[0]['event']}"

    async def left(path: str) -> list[str]:
        given = await Verification.filter(event=path.split("/")[2]).using_db(guests.book.reader)
        references = [row.reference for row in given if row.reference]
        gone = await Correction.filter(of_reference__in=references).using_db(guests.book.reader)
        return sorted({str(each) for each in references} - {row.of_reference for row in gone})

    path = guests.run(awarded)
    assert guests.run(left, path)
    head, verifier = guests.by("马丽"), guests.by("何伟")
    taken(head, path, "found_false", "f1")
    assert guests.run(left, path), "a grid head corrects nothing"
    said = words(head.get(path))
    assert "为这件事给过的积分还没有更正" in said
    assert "由核实人或公示员更正" in said
    assert path in links(guests.by("何伟").get("/events").split("查明不实，积分还没有更正")[1], path)
    page = verifier.get(path)
    for _ in range(2):
        verifier.press(page, path + "/corrections")
    assert guests.run(left, path) == []
    assert "积分还没有更正" not in words(verifier.get("/events"))
    assert "为这件事给过的积分还没有更正" not in words(verifier.get(path))


def test_the_lanes_of_pages_are_those_of_the_verb() -> None:
    """A lane or step that was added has its words."""
    assert set(event_words.LANES) == set(dispatches.LANES)
    assert set(event_words.ACTIONS) == {"assigned", *taking.BY_HAND}


def test_a_resident_who_is_to_handle_it_is_shown_masked(guests: Guests) -> None:
    """Anybody's number can be typed there: it must not tell whose it is."""
    worker, head = guests.by("刘洋"), guests.by("马丽")
    said = {"what": "路灯不亮", "category": "F", "area": "六和社区", "on": "2018-07-04", "at": "9:05"}
    fields = {"severity": "ordinary", "found_first": "no", **said}
    where = worker.press(worker.get("/events/new/report"), "/events/new/report", key="h1", **fields)
    event = where.removesuffix("/filed")
    page = head.get(event + "/dispatch")
    head.press(page, event + "/dispatch", key="h2", lane="own", handler="V-000002")
    shown = head.get(event)
    assert "赵*" in shown
    assert "赵敏" not in shown
