"""Publication by two: the same digest, another household, the minutes attached, and one winner."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from ledger.clock import Clock
from points.awards import minutes, publications, rule_books, rule_drafts
from points.awards.errors import (
    DraftChanged,
    HouseholdRuleRequest,
    NoMinutes,
    NothingDrafted,
    OwnRuleRequest,
    RuleRequestChanged,
    RuleRequestDecided,
    RuleRequestLapsed,
    RulesNeedTwo,
    TooEarly,
    UnknownMeeting,
    UnknownRuleRequest,
    VersionTaken,
)
from points.awards.publications import Asked
from points.events.records import Attachment, AttachmentRemoval
from points.people.errors import NotAllowed
from points.people.models import RoleGrant
from points.people.roles import Grant, grant_row
from tests.points.awards.test_rule_books import amended
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, Town

pytestmark = pytest.mark.anyio
SECOND, THIRD = "S-0007", "S-0008"


class Later(Clock):
    """A clock that is ahead."""

    def __init__(self, by: timedelta) -> None:
        super().__init__()
        self._by = by

    def now(self) -> datetime:
        """So much later than it is."""
        return super().now() + self._by


async def staffed(town: Town) -> None:
    """An approver and another admin of the whole book, as two people gave them these roles."""
    given = ((SECOND, "approver", None), (THIRD, "admin", None))
    rows = []
    for member, role, area in given:
        await town.member(member)
        grant = Grant(town.key(), member, role, area, LAID_OUT.isoformat(), None)
        rows.append(grant_row(grant, f"given/{member}", by="system"))
    await town.insert(*rows)


async def meeting(town: Town, *, papers: int = 1, number: str = "M-1") -> str:
    """A meeting on the rules, with its minutes attached."""
    key = await town.event((ADMIN, "participant"), kind="meeting", category="M", external_id=number)
    rows = [
        Attachment(
            id=town.key(),
            event=key,
            kind="pdf",
            digest=f"sha256:{n:064d}",
            size=9,
            name="other",
            added_at=town.book.now(),
        )
        for n in range(papers)
    ]
    await town.insert(*rows)
    return key


def tomorrow(town: Town, days: int = 1) -> date:
    """A day to come."""
    return town.book.today() + timedelta(days=days)


async def drafted(town: Town, points: int = 3, days: int = 1) -> str:
    """The key of a draft in force from a day to come."""
    now = await rule_drafts.current(town.book)
    text = amended(tomorrow(town, days), points)
    return (await rule_drafts.save(town.book, text, point=now.point, by=ADMIN)).id


async def asked(town: Town, *, key: str = "a") -> Asked:
    """Everything ready, and asked for by 陈国强."""
    await staffed(town)
    await meeting(town, papers=2)
    return await publications.ask(town.book, draft=await drafted(town), meeting="M-1", by=ADMIN, key=key)


async def agreed(town: Town, request: Asked, *, by: str = SECOND, digest: str | None = None) -> Asked:
    """Somebody publishes it."""
    return await publications.decide(
        town.book, request.id, approved=True, digest=digest or request.digest, by=by
    )


async def test_what_two_people_saw_is_the_next_version(town: Town) -> None:
    """It is version 2 from its day on; the version keeps the meeting's number, each paper's digest and both names."""
    request = await asked(town)
    assert (request.state, request.version, request.in_force_from) == ("open", 2, tomorrow(town))
    done = await agreed(town, request)
    assert (done.state, done.decided_by) == ("approved", SECOND)
    shelf = await rule_books.shelf(town.book)
    assert shelf.on(tomorrow(town)).version == 2
    assert shelf.on(town.book.today()).version == 1
    assert shelf.version(2).digest == request.text_digest
    (row,) = await town.rows("SELECT text FROM evidence_snapshot_text WHERE snapshot = 'rule_book/2'")
    kept = json.loads(row["text"])
    assert kept["meeting"]["number"] == "M-1"
    assert [paper["digest"] for paper in kept["papers"]] == [f"sha256:{n:064d}" for n in range(2)]
    assert (kept["asked_by"], kept["by"], kept["request"]["digest"]) == (ADMIN, SECOND, request.digest)
    assert (await publications.of_versions(town.book))[2] == done


async def test_one_person_alone_does_not_publish_where_another_could_agree(town: Town) -> None:
    """Not even after the other one's role ended: they were there once, and can be given a role again."""
    await staffed(town)
    with pytest.raises(RulesNeedTwo):
        await rule_books.publish(town.book, amended(tomorrow(town)), by=ADMIN, on=town.book.today())


async def test_the_same_person_twice_is_not_two(town: Town) -> None:
    """An admin who asked could agree to everybody else's."""
    request = await asked(town)
    with pytest.raises(OwnRuleRequest):
        await agreed(town, request, by=ADMIN)
    assert (await publications.find(town.book, request.id)).state == "open"


async def test_nobody_of_the_household_agrees(town: Town) -> None:
    """Another admin may; one who lives with who asked may not."""
    request = await asked(town)
    await town.household("H-1", ADMIN, SECOND)
    with pytest.raises(HouseholdRuleRequest):
        await agreed(town, request)
    assert (await agreed(town, request, by=THIRD)).state == "approved"


async def test_only_an_approver_or_admin_of_the_whole_book_agrees(town: Town) -> None:
    """A keeper of funds may not, nor an approver of one district."""
    request = await asked(town)
    grant = Grant(town.key(), KEEPER, "approver", DISTRICT, LAID_OUT.isoformat(), None)
    await town.insert(grant_row(grant, "given/district", by="system"))
    with pytest.raises(NotAllowed):
        await agreed(town, request, by=KEEPER)


async def test_what_was_not_seen_is_not_agreed_to(town: Town) -> None:
    """Another digest than the request's, as from an older page, publishes nothing."""
    request = await asked(town)
    with pytest.raises(RuleRequestChanged):
        await agreed(town, request, digest="sha256:" + "0" * 64)
    assert len((await rule_books.shelf(town.book)).versions) == 1


async def test_papers_that_were_taken_away_meanwhile_are_missed(town: Town) -> None:
    """The minutes were erased after it was asked: what the second person would attach is not what the first saw."""
    request = await asked(town)
    gone = request.papers[0].id
    at = town.book.now()
    await town.insert(AttachmentRemoval(attachment=gone, removed_at=at, removed_by=ADMIN, reason="wrong"))
    with pytest.raises(RuleRequestChanged):
        await agreed(town, request)


async def test_a_draft_saved_later_is_not_what_was_asked(town: Town) -> None:
    """The request stays of the text it was made of; another text is another request."""
    request = await asked(town)
    later = await drafted(town, points=7)
    again = await publications.ask(town.book, draft=later, meeting="M-1", by=ADMIN, key="b")
    assert again.text_digest != request.text_digest
    assert (await agreed(town, request)).state == "approved"
    assert (await rule_books.shelf(town.book)).version(2).digest == request.text_digest
    assert (await publications.find(town.book, again.id)).state == "overtaken"
    with pytest.raises(VersionTaken):
        await agreed(town, again)


async def test_of_two_clerks_at_once_one_publishes(town: Town) -> None:
    """Two requests, two approvers, the same moment: one version 2, and the other one is told."""
    request = await asked(town)
    other = await publications.ask(
        town.book, draft=await drafted(town, points=7, days=2), meeting="M-1", by=THIRD, key="b"
    )
    answers = await asyncio.gather(agreed(town, request), agreed(town, other), return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["Asked", "VersionTaken"]
    assert len((await rule_books.shelf(town.book)).versions) == 2


async def test_of_two_who_decide_on_one_request_one_does(town: Town) -> None:
    """One publishes, one refuses, at the same moment: one decision stands."""
    request = await asked(town)
    refuse = publications.decide(town.book, request.id, approved=False, digest=request.digest, by=THIRD)
    answers = await asyncio.gather(agreed(town, request), refuse, return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["Asked", "RuleRequestDecided"]
    assert len(await town.rows("SELECT 1 FROM awards_rule_decision")) == 1


async def test_pressing_twice_is_pressing_once(town: Town) -> None:
    """To ask and to decide; the opposite afterwards is refused."""
    request = await asked(town)
    (draft,) = await rule_drafts.saves(town.book, 1)
    again = await publications.ask(town.book, draft=draft.id, meeting="M-1", by=ADMIN, key="a")
    assert again == request
    done = await agreed(town, request)
    head = await town.head()
    assert await agreed(town, request) == done
    assert await town.head() == head
    with pytest.raises(RuleRequestDecided):
        await publications.decide(town.book, request.id, approved=False, digest=request.digest, by=SECOND)


async def test_a_refusal_is_an_act_and_publishes_nothing(town: Town) -> None:
    """Nobody publishes it afterwards; the draft goes on."""
    request = await asked(town)
    done = await publications.decide(town.book, request.id, approved=False, digest=request.digest, by=SECOND)
    assert (done.state, done.decided_by) == ("refused", SECOND)
    assert len((await rule_books.shelf(town.book)).versions) == 1
    with pytest.raises(RuleRequestDecided):
        await agreed(town, request, by=THIRD)
    assert await publications.waiting(town.book) == []


async def test_it_begins_after_the_day_it_is_asked_for(town: Town) -> None:
    """Today is judged by what was in force this morning; days gone by keep their rules."""
    await staffed(town)
    await meeting(town)
    for days in (0, -400):
        draft = await drafted(town, days=days)
        with pytest.raises(TooEarly):
            await publications.ask(town.book, draft=draft, meeting="M-1", by=ADMIN, key="early")


async def test_it_lapses_and_its_day_may_go_by(town: Town) -> None:
    """The next day its first day is today, and too early; after 72 hours nobody decides on it."""
    request = await asked(town)
    for hours, error in ((24, TooEarly), (73, RuleRequestLapsed)):
        later = replace(town.book, clock=Later(timedelta(hours=hours)))
        with pytest.raises(error):
            await publications.decide(later, request.id, approved=True, digest=request.digest, by=SECOND)
    assert await publications.waiting(later) == []


async def test_a_version_that_was_announced_is_replaced_in_the_open(town: Town) -> None:
    """Version 3 begins before or on the day of version 2: both people read that 2 will never be in force."""
    request = await asked(town)
    await agreed(town, request)
    draft = await drafted(town, points=6)
    other = await publications.ask(town.book, draft=draft, meeting="M-1", by=ADMIN, key="b")
    assert other.replaces == (2,)
    await agreed(town, other)
    assert (await rule_books.shelf(town.book)).on(tomorrow(town, 9)).version == 3


async def test_a_meeting_is_named_and_has_papers(town: Town) -> None:
    """Not a report, not one that was found false, not one without minutes."""
    await staffed(town)
    draft = await drafted(town)
    await meeting(town, papers=0, number="M-2")
    await town.event((ADMIN, "reporter"), external_id="R-1")
    await town.false(await meeting(town, number="M-3"))
    for number, error in (("M-2", NoMinutes), ("R-1", UnknownMeeting), ("M-3", UnknownMeeting)):
        with pytest.raises(error):
            await publications.ask(town.book, draft=draft, meeting=number, by=ADMIN, key=number)
    good = await meeting(town, number="M-4")
    assert [each.event for each in await minutes.offered(town.book)] == [good]
    assert (await minutes.many(town.book, [good]))[good].number == "M-4"


async def test_what_is_asked_for_is_the_newest_draft_and_a_new_one(town: Town) -> None:
    """Not an older save, not the version's own text, and only by an admin."""
    await staffed(town)
    await meeting(town)
    with pytest.raises(NothingDrafted):
        await publications.ask(town.book, draft="", meeting="M-1", by=ADMIN, key="a")
    old = await drafted(town)
    new = await drafted(town, points=8)
    with pytest.raises(DraftChanged):
        await publications.ask(town.book, draft=old, meeting="M-1", by=ADMIN, key="a")
    with pytest.raises(NotAllowed):
        await publications.ask(town.book, draft=new, meeting="M-1", by=SECOND, key="a")
    with pytest.raises(UnknownRuleRequest):
        await publications.find(town.book, "x" * 50)


async def test_a_published_version_and_its_request_never_change(town: Town) -> None:
    """The tables refuse it, whoever asks."""
    await agreed(town, await asked(town))
    for table in ("awards_rule_book", "awards_rule_request", "awards_rule_decision", "awards_rule_draft"):
        for sql in (f"UPDATE {table} SET reference = ''", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match=r"never|denied"):
                async with town.book.write() as db:
                    await db.execute_query(
                        sql.replace("reference = ''", "digest = ''") if "draft" in table else sql
                    )
    assert await RoleGrant.filter(member=SECOND).using_db(town.book.reader).exists()
