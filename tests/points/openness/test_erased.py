"""What was said in an objection, and in its answer, goes with whoever it names or who said it; the ledger stays."""

from __future__ import annotations

import pytest

from ledger import audit
from points import auditing
from points.openness import disputes, objections, rulings, unanswered
from points.openness.objections import Said
from points.people import erasing, roles
from points.people.models import Person
from tests.points.awards.town import ADMIN, LAID_OUT, LIUHE, ON, PUBLISHER, Town
from tests.points.openness.objecting import NEIGHBOUR, V1, Listed

pytestmark = [pytest.mark.anyio, pytest.mark.embedded("tests/attack/test_forgotten.py tries both")]
CLERK = "S-0017"


async def test_the_words_go_and_the_answer_stays(town: Town) -> None:
    """The neighbour's own words, and a visitor's that name them; the answer stays, and the audit is clean."""
    listed = await Listed.begin(town)
    book = town.book
    async with book.write() as db:
        await Person.create(using_db=db, member=NEIGHBOUR, name="钱多多", phone="13900000077")
    await town.member(CLERK)
    await roles.grant(book, member=CLERK, role="counter", area=LIUHE, by=ADMIN, on=LAID_OUT)
    mine = await listed.object(text="我看见了")
    number, code = listed.notice.number, listed.codes["V-000002"][0]
    theirs = await objections.make(
        book, number, code, Said("person", "是钱多多做的", "13900000077"), key="v", on=ON
    )
    await rulings.dismiss(book, theirs.number, text="问过钱多多，属实", by=PUBLISHER, on=ON)
    await listed.dismiss(mine)
    await erasing.ask(book, NEIGHBOUR, "asked", by=CLERK, key="e1")
    await erasing.approve(book, NEIGHBOUR, by=ADMIN, key="e2")
    rows = [await objections.find(book, each.number) for each in (mine, theirs)]
    said, answered = await disputes.texts(book, [row.id for row in rows])
    assert said == {}
    assert list(answered.values()) == ["查过签到表，属实"]
    assert [(await unanswered.state(book, row))[0] for row in rows] == ["dismissed", "dismissed"]
    assert await listed.stands(V1) == (10, 0)
    checks = auditing.checks(book, witness=None)
    assert (await audit.run(book.reader, checks, guards=book.guards)).findings == ()
