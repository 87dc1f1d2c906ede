"""Repeats by pages: side by side, one tap each way, and nothing of a place that is not theirs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from points.events.models import Event
from points.events.records import EventText, SameThing
from points.keys import new_key
from tests.points.events.photographs import photo
from tests.web.guests import Guest, Guests, links, words

QUEUE = "/verifications"


def open_one(guest: Guest) -> str:
    """From the queue through the event to the page of its cluster: its address."""
    for path in links(guest.get(QUEUE), "/events/"):
        found = links(guest.get(path), path.removesuffix("/verification") + "/repeats")
        if found:
            return found[0]
    raise AssertionError("nothing that waits is like another report")


def fields(page: str, what: str, n: int = 0) -> dict[str, Any]:
    """What the nth form of a page that says `what` would send."""
    forms = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'value="{what}"' in form]
    hidden = re.findall(r'name="(\w+)" value="(\w*)"', forms[n])
    sent: dict[str, Any] = {name: value for name, value in hidden if name not in ("shown", "csrf")}
    return sent | {"shown": [value for name, value in hidden if name == "shown"]}


async def said(guests: Guests) -> list[bool]:
    """Every word there is, in order."""
    rows = await SameThing.all().using_db(guests.book.reader)
    return [row.same for row in sorted(rows, key=lambda row: (row.said_at, row.id))]


def test_from_the_queue_to_one_tap_and_back(guests: Guests) -> None:
    """The queue says which are like others; confirmed, the later one is foreseen as a repeat; the next tap takes that
    back, and the one after it confirms again. The same tap twice is one."""
    guest = guests.by("李梅")
    assert "像同一件事的有" in words(guest.get(QUEUE))
    path = open_one(guest)
    page = guest.get(path)
    assert all(each in words(page) for each in ("最先", "还没定", "同一社区、同一类，24 小时内"))
    confirm = fields(page, "confirm")
    for _ in range(2):
        assert guest.press(page, path, **confirm) == path
    assert set(guests.run(said, guests)) == {True}
    page = guest.get(path)
    assert "都定好了。" in words(page)
    assert "说过是同一件事" in words(page)
    split = fields(page, "split")
    event = split["one"]
    guest.press(page, path, **split)
    assert guests.run(said, guests)[-1] is False
    other = f"/events/{event}/repeats"
    page = guest.get(other)
    assert "说过不是同一件的" in words(page)
    guest.press(page, other, **fields(page, "confirm"))
    assert guests.run(said, guests)[-1] is True


def test_the_event_says_it_to_all_who_read_it_and_only_verifiers_press(guests: Guests) -> None:
    """A grid head looks at the same page without a button; a resident finds neither."""
    path = open_one(guests.by("李梅"))
    page = guests.by("马丽").get(path.removesuffix("/repeats"))
    assert "并排看一看" in words(page)
    page = guests.by("马丽").get(path)
    assert "最先" in words(page)
    assert 'name="what"' not in page
    guests.by("王秀兰").get(path, 404)
    guests.by("李梅").get(f"/events/{'0' * 32}/repeats", 404)


def test_nothing_is_said_of_what_was_not_shown(guests: Guests) -> None:
    """Neither of another event nor of one that is not there: the page is drawn again, and says what to do."""
    guest = guests.by("李梅")
    path = open_one(guest)
    page = guest.get(path)

    async def another() -> str:
        event = await Event.filter(kind="report").using_db(guests.book.reader).order_by("id").first()
        return str(event.id) if event else ""

    confirm = fields(page, "confirm")
    for stranger in (guests.run(another), "0" * 32):
        sent = confirm | {"shown": [*confirm["shown"], stranger]}
        answer = guest.client.post(path, data={**fields_of_token(page), **sent})
        assert answer.status_code == 422
        assert "请再看一眼，再按一次。" in answer.text
    answer = guest.client.post(path, data={**fields_of_token(page), **confirm, "shown": confirm["shown"][:1]})
    assert answer.status_code == 422
    assert guests.run(said, guests) == []


def fields_of_token(page: str) -> dict[str, str]:
    """The token of a page's forms."""
    return dict(re.findall(r'name="(csrf)" value="([^"]+)"', page)[:1])


def test_texts_and_photos_stand_beside_each_other_but_not_those_of_other_places(
    guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report with the same words here is shown with them; one with the same picture elsewhere is only counted. The
    page costs the same whatever hangs on it."""
    guest = guests.by("李梅")
    path = open_one(guest)
    before = guests.statements(guest, path)
    here = path.split("/")[2]
    far, text = new_key(), "楼道里堆满杂物，消防通道走不过去"

    async def more() -> None:
        one = await Event.get(id=here, using_db=guests.book.reader)
        facts = {
            "category": one.category,
            "type_name": "x",
            "main_type_name": "x",
            "subtype_name": "别处的事",
        }
        event = Event(id=far, kind="report", source="s", external_id="1", area=None, **facts)
        event.occurred_at = one.occurred_at
        rows = [EventText(event=here, text=text), EventText(event=far, text=text)]
        word = SameThing(
            id=new_key(), event=far, earlier=here, same=True, said_at=one.occurred_at, said_by="s"
        )
        async with guests.book.write() as db:
            for row in (event, *rows, word):
                await type(row).bulk_create([row], using_db=db)

    guests.run(more)
    attach = f"/events/{here}/attachments/new"
    head = guests.by("马丽")
    page = head.get(attach)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    files = {"file": ("a.jpg", photo(size=(320, 240)), "image/jpeg")}
    assert head.client.post(attach, data={**hidden, "name": "site"}, files=files).status_code == 303
    page = guest.get(path)
    assert text in words(page)
    assert "/thumbnail" in page
    assert "别处的事" not in page
    assert "另有 1 件在您不管的地方" in words(page)
    assert guests.statements(guest, path) <= before + 4
