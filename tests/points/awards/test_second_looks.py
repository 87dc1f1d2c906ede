"""Second looks on a real book: who is given them, what an answer does, and that nobody looks at their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tortoise.exceptions import IntegrityError

from points import chart
from points.awards import correction_requests, drawing, second_looks
from points.awards.errors import LookAnswered, NotAssigned, NotVerifier, OwnHousehold, UnknownLook
from points.awards.look_records import SecondLook, SecondLookAnswer, SecondLookGiven
from points.people import roles
from tests.points.awards.town import ADMIN, DISTRICT, LIUHE, ON, PUBLISHER, VERIFIER, Town

pytestmark = pytest.mark.anyio
OTHER, THIRD = "S-0011", "S-0012"
V1, V2 = "V-000001", "V-000002"


@pytest.fixture(autouse=True)
def all_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here every award is drawn; who is drawn when they are not is told by test_drawing."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)


async def verifier(town: Town, number: str, area: str = DISTRICT) -> None:
    """One more verifier."""
    await town.member(number)
    await roles.grant(town.book, member=number, role="verifier", area=area, by=ADMIN, on=date(2018, 1, 2))


async def looked_at(town: Town, member: str = V1) -> str:
    """An award of 2 points, drawn; the contribution."""
    event = await town.event((member, "reporter"), after=timedelta(days=town.told))
    await town.verify()
    (row,) = await town.rows("SELECT id FROM events_contribution WHERE event = ?", event)
    return str(row["id"])


async def test_it_is_given_to_another_verifier_of_the_area_in_turn(town: Town) -> None:
    """Not to who verified it; the one with the fewest has the next, and each has one holder."""
    await town.fund(100)
    await verifier(town, OTHER)
    await verifier(town, THIRD, LIUHE)
    await verifier(town, "S-0013", "440310002000")
    for _ in range(4):
        await looked_at(town)
    rows = await SecondLookGiven.all().using_db(town.book.reader).order_by("id")
    assert sorted(row.verifier for row in rows) == [OTHER, OTHER, THIRD, THIRD]
    assert {row.verifier for row in await SecondLook.all().using_db(town.book.reader)} == {VERIFIER}
    assert await second_looks.give_waiting(town.book, ON) == {}


async def test_no_contributor_hand_or_household_of_theirs_or_of_the_first_looks(town: Town) -> None:
    """Of four other verifiers one took part, one lives with the member, one with who verified: it waits for a fifth."""
    await town.fund(100)
    for number in (OTHER, THIRD, "S-0013"):
        await verifier(town, number)
    await town.household("HS02", THIRD, V1)
    await town.household("HS03", "S-0013", VERIFIER)
    await town.event((V1, "reporter"), (OTHER, "handler"))
    await town.verify()
    assert not await SecondLookGiven.all().using_db(town.book.reader)
    await verifier(town, "S-0014")
    assert list((await second_looks.give_waiting(town.book, ON)).values()) == ["S-0014"]


async def test_to_agree_is_a_row_and_again_changes_nothing(town: Town) -> None:
    """One act in the ledger with one row; it leaves the queue, and no point moves."""
    await town.fund(100)
    await verifier(town, OTHER)
    contribution = await looked_at(town)
    (line,) = (await second_looks.page(town.book, OTHER)).lines
    assert (line.award.contribution, line.answer) == (contribution, None)
    head = await town.head()
    look = await second_looks.agree(town.book, contribution, by=OTHER)
    assert look.answer is not None
    assert (look.answer.agrees, look.answer.verifier) == (True, OTHER)
    again = await second_looks.agree(town.book, contribution, by=OTHER)
    assert (again.answer, await town.head()) == (look.answer, head + 1)
    assert (await second_looks.page(town.book, OTHER)).lines == ()
    assert await town.points(chart.noticed(V1)) == 2
    with pytest.raises(LookAnswered):
        await second_looks.disagree(town.book, contribution, reason="not_true", by=OTHER)


async def test_to_disagree_asks_for_a_correction_that_a_second_person_decides(town: Town) -> None:
    """Nothing is taken back by the one who looked; when another approves, points and honour are, once."""
    await town.fund(100)
    await verifier(town, OTHER)
    contribution = await looked_at(town)
    look = await second_looks.disagree(
        town.book, contribution, reason="not_true", note="照片是去年的", by=OTHER
    )
    assert look.answer is not None
    assert (look.answer.agrees, await town.points(chart.noticed(V1))) == (False, 2)
    request = await correction_requests.find(town.book, look.answer.request or "")
    assert (request.award.contribution, request.asked_by, request.state) == (contribution, OTHER, "open")
    await second_looks.disagree(town.book, contribution, reason="not_true", by=OTHER)
    assert len(await town.rows("SELECT * FROM awards_correction_request")) == 1
    await correction_requests.decide(
        town.book, request.id, approved=True, digest=request.digest, by=PUBLISHER
    )
    assert await town.points(chart.noticed(V1)) == await town.points(chart.honour(V1), "honour") == 0
    with pytest.raises(LookAnswered):
        await second_looks.agree(town.book, contribution, by=OTHER)


async def test_only_who_has_it_may_answer_and_only_while_they_may(town: Town) -> None:
    """Not the first verifier, not a third, not without the role, not once they live with who verified it first."""
    await town.fund(100)
    await verifier(town, OTHER)
    contribution = await looked_at(town)
    await verifier(town, THIRD)
    look = await second_looks.find(town.book, contribution)
    for other in (VERIFIER, THIRD, ADMIN):
        assert await second_looks.refusal(town.book, look, by=other) is not None
    with pytest.raises(NotAssigned):
        await second_looks.agree(town.book, contribution, by=THIRD)
    await town.household("HS02", OTHER, VERIFIER)
    with pytest.raises(OwnHousehold):
        await second_looks.agree(town.book, contribution, by=OTHER)
    assert list((await second_looks.give_waiting(town.book, ON)).values()) == [THIRD]
    (held,) = await roles.grants_of(town.book, THIRD, town.book.today())
    await roles.revoke(town.book, grant=held.id, by=ADMIN, on=town.book.today())
    with pytest.raises(NotVerifier):
        await second_looks.agree(town.book, contribution, by=THIRD)
    assert not await SecondLookAnswer.all().using_db(town.book.reader)


async def test_the_table_itself_refuses_who_verified_it(town: Town) -> None:
    """Whoever writes the row: neither the first verifier nor the member."""
    await town.fund(100)
    contribution = await looked_at(town)
    look = await second_looks.find(town.book, contribution)
    for who in (VERIFIER, V1):
        row = SecondLookAnswer(
            award=look.award.reference, verifier=who, agrees=True, answered_on="2018-12-01", reference="x"
        )
        with pytest.raises(IntegrityError, match="nobody looks again"):
            await town.insert(row)


async def test_what_was_found_false_or_corrected_is_not_waited_for(town: Town) -> None:
    """Nothing is left to look at; and what was never drawn is unknown."""
    await town.fund(100)
    await verifier(town, OTHER)
    contribution = await looked_at(town)
    look = await second_looks.find(town.book, contribution)
    await town.false(look.event.id)
    assert (await second_looks.page(town.book, OTHER)).lines == ()
    with pytest.raises(UnknownLook):
        await second_looks.find(town.book, "nothing")


async def test_pages_hold_each_once_the_oldest_first(town: Town) -> None:
    """Also those drawn on one day."""
    await town.fund(100)
    await verifier(town, OTHER)
    for _ in range(5):
        await looked_at(town)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await second_looks.page(town.book, OTHER, after=after, limit=2)
        seen += [line.award.contribution for line in page.lines]
        after = page.after
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)


async def test_what_is_worth_nothing_is_not_drawn(town: Town) -> None:
    """There is no entry whose digest could draw it, and nothing to take back."""
    await town.event((V2, "handler"))
    assert (await town.verify()).nothing == 1
    assert not await SecondLook.all().using_db(town.book.reader)
