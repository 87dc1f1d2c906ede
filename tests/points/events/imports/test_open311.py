"""Open311 GeoReport v2, in its three dresses."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from ledger.book import Book
from points.events import events as all_events
from points.events.imports import errors, events
from points.events.imports.plan import Outcome, Plan
from points.events.models import Event
from points.events.records import EventText, SameThing
from tests.points.events import paper
from tests.points.people.village import LIUHE

FIRST = {
    "service_request_id": "007",
    "status": "open",
    "status_notes": "",
    "service_name": "Sidewalk repair",
    "service_code": "053",
    "description": "Tree roots\nlift the slabs",
    "requested_datetime": "2010-04-19T06:37:38-08:00",
    "updated_datetime": "",
    "address": "8TH AVE and JUDAH ST",
    "community": LIUHE,
}
SECOND = FIRST | {
    "service_request_id": "1e5",
    "status": "closed",
    "status_notes": "Duplicate request.",
    "requested_datetime": "2010-04-19T08:00:00-08:00",
    "updated_datetime": "2010-04-19T09:00:00-08:00",
}


def dressed(form: str, *requests: dict[str, str]) -> str:
    """The same requests in JSON, in XML, or as the bulk CSV."""
    if form == "json":
        return json.dumps(requests)
    if form == "xml":
        inside = ("".join(f"<{k}>{escape(v)}</{k}>" for k, v in each.items()) for each in requests)
        return f"<service_requests>{''.join(f'<request>{i}</request>' for i in inside)}</service_requests>"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(FIRST))
    writer.writeheader()
    writer.writerows(requests)
    return out.getvalue()


async def put(book: Book, folder: Path, form: str, *requests: dict[str, str]) -> tuple[Plan, Outcome]:
    """Import requests in this dress."""
    path = paper.write(folder, dressed(form, *requests), f"requests.{form}")
    return await paper.imported(events, book, path, source="city")


@pytest.mark.anyio
@pytest.mark.parametrize("form", ["json", "xml", "csv"])
async def test_requests_are_events_whatever_they_come_in(book: Book, tmp_path: Path, form: str) -> None:
    """Ids stay texts, closed is archived at its time, a duplicate repeats the one before it at the same place."""
    plan, outcome = await put(book, tmp_path, form, FIRST, SECOND)
    assert (plan.errors, outcome.inserted) == ((), 2)
    first = await all_events.find_external(book, "city", "007")
    second = await all_events.find_external(book, "city", "1e5")
    assert first.event.occurred_at == datetime(2010, 4, 19, 14, 37, 38, tzinfo=UTC)
    assert first.event.subtype_name == "Sidewalk repair"
    assert [step.name for step in first.steps] == ["reported"]
    assert [(s.name, s.taken_at) for s in second.steps][1:] == [
        ("archived", datetime(2010, 4, 19, 17, 0, tzinfo=UTC))
    ]
    text = await EventText.get(event=first.event.id, using_db=book.reader)
    assert (text.text, text.place) == (FIRST["description"], FIRST["address"])
    (same,) = await SameThing.all().using_db(book.reader)
    assert (same.event, same.earlier, same.same, same.said_by) == (
        second.event.id,
        first.event.id,
        True,
        "S-0001",
    )
    _, again = await put(book, tmp_path, form, FIRST, SECOND)
    assert (again.inserted, again.unchanged) == (0, 2)


@pytest.mark.anyio
async def test_the_three_dresses_are_one_source(book: Book, tmp_path: Path) -> None:
    """What came as JSON is unchanged as XML, and a later CSV adds the step that was missing."""
    await put(book, tmp_path, "json", FIRST)
    _, same = await put(book, tmp_path, "xml", FIRST)
    assert same.inserted == 0
    closed = FIRST | {"status": "closed", "updated_datetime": "2010-05-01T00:00:00Z"}
    plan, _ = await put(book, tmp_path, "csv", closed)
    assert dict(plan.tally) == {"archived": 1}
    assert await Event.all().using_db(book.reader).count() == 1


@pytest.mark.anyio
async def test_a_repeat_of_what_the_book_has_is_found_there(book: Book, tmp_path: Path) -> None:
    """And of something nobody knows, it is said."""
    await put(book, tmp_path, "json", FIRST)
    plan, _ = await put(book, tmp_path, "json", SECOND)
    assert errors.RepeatOfUnknown not in [type(p.why) for p in plan.warnings]
    assert await SameThing.all().using_db(book.reader).count() == 1
    plan, _ = await put(book, tmp_path, "json", SECOND | {"service_request_id": "9", "address": "elsewhere"})
    assert errors.RepeatOfUnknown in [type(p.why) for p in plan.warnings]


@pytest.mark.anyio
async def test_a_status_that_is_none_keeps_its_row_out(book: Book, tmp_path: Path) -> None:
    """Pending is neither open nor closed; without a community requests come in without one."""
    plan, outcome = await put(
        book, tmp_path, "json", FIRST | {"status": "pending"}, SECOND | {"community": "", "status_notes": ""}
    )
    assert [type(p.why) for p in plan.errors] == [errors.UnknownStatus]
    assert outcome.inserted == 1
    assert errors.NoCommunity in [type(p.why) for p in plan.warnings]


@pytest.mark.anyio
async def test_a_service_code_that_is_too_long_keeps_its_row_out_and_no_other(
    book: Book, tmp_path: Path
) -> None:
    """Where a row has no other word for what it is, the code stands for it, and is kept whole or not at all."""
    coded = {key: text for key, text in FIRST.items() if key != "service_name"}
    longest, longer = ({**coded, "service_code": "5" * n, "service_request_id": str(n)} for n in (120, 121))
    plan, outcome = await put(book, tmp_path, "json", longest, longer)
    assert [(p.row, p.column, type(p.why)) for p in plan.errors] == [(2, "service_code", errors.TooLong)]
    assert outcome.inserted == 1
