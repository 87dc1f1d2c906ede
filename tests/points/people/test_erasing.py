"""Erasing a person, on both engines: no table knows them afterwards, and others keep what is theirs."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import cards, consents, erasing, members
from points.people.errors import BadReason, CardStopped, NotAllowed
from points.people.models import Person
from tests.points.people import clerks_of, village
from tests.points.people.village import DAY

pytestmark = pytest.mark.anyio
TABLES = (
    "people_person",
    "evidence_snapshot_text",
    "people_credential",
    "events_event_text",
    "ledger_transaction",
)


async def test_texts_person_and_card_are_gone_and_others_stay(book: Book) -> None:
    """What is about them alone goes with a row that says so; what names another resident as well stays."""
    clerk, admin = await clerks_of.staff(book, "counter"), await clerks_of.staff(book, "admin", area=None)
    wang = await village.enrol(book, "卡那利", phone="10000987001")
    zhao = await village.enrol(book, "赵敏", phone="10000900002")
    card = await cards.issue(book, wang.number, by=clerk, on=DAY)
    for n, one in enumerate((wang, zhao)):
        await consents.give(book, one.number, "named", by=clerk, key=f"c{n}")
    await erasing.ask(book, wang.number, "asked", by=clerk, key="a1")
    found = await erasing.requested(book, wang.number)
    assert found is not None
    assert (found.asked_by, found.reason) == (clerk, "asked")
    traces = await erasing.approve(book, wang.number, by=admin, key="a2")
    assert traces.words == ("卡那利", "10000987001")
    for table in TABLES:
        for row in await book.reader.execute_query_dict(f"SELECT * FROM {table}"):
            text = " ".join(
                bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v)
                for v in row.values()
            )
            assert not any(word in text for word in traces.words), table
    sql = "SELECT snapshot FROM evidence_snapshot_text"
    left = {row["snapshot"].split("/")[1] for row in await book.reader.execute_query_dict(sql)}
    assert zhao.number in left
    gone = await book.reader.execute_query_dict("SELECT snapshot FROM evidence_erasure")
    assert {row["snapshot"] for row in gone} == {f"member/{wang.number}", f"consent/{wang.number}/c0"}
    with pytest.raises(CardStopped):
        await cards.find(book, card.number)
    assert (await members.find(book, wang.number)).name is None
    assert await Person.all().using_db(book.reader).count() == 3
    assert await erasing.erased(book, wang.number) is not None


async def test_only_an_admin_approves_and_only_for_a_reason(book: Book) -> None:
    """A clerk asks and does no more."""
    clerk = await clerks_of.staff(book, "counter")
    wang = await village.enrol(book, "王秀兰")
    with pytest.raises(BadReason):
        await erasing.ask(book, wang.number, "whim", by=clerk, key="a1")
    await erasing.ask(book, wang.number, "asked", by=clerk, key="a2")
    with pytest.raises(NotAllowed):
        await erasing.approve(book, wang.number, by=clerk, key="a3")
    assert (await members.find(book, wang.number)).name == "王秀兰"
