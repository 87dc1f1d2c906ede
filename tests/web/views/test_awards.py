"""Why somebody has these points: the whole chain, and for nobody who has no business with it."""

from __future__ import annotations

import re

import pytest

from points.awards import corrections
from points.awards.models import Verification
from tests.web.guests import Guests, links, words

ZHAO, WANG = "V-000002", "V-000001"


def opened_from_statement(guests: Guests, name: str) -> list[str]:
    """The awards that somebody's statement opens."""
    return links(guests.by(name).get("/statement"), "/awards/")


def test_the_chain_is_told_to_its_end(shared: Guests) -> None:
    """Amount, rule and version, event, verifier by name, notice with the own code, until when, ledger."""
    guest = shared.by("王秀兰")
    for path in opened_from_statement(shared, "王秀兰")[:15]:
        page = guest.get(path)
        said = words(page)
        assert re.search(r"为什么有这 \d+ 分？ \+\d+ 分 ✓ 已入账 您上报了“", said)
        for part in (
            "积分细则第 1 版",
            "李梅核实" if "李梅" in said else "何伟核实",
            "不是上报人",
            "公示编号",
            "用到 ",
        ):
            assert part in said
        (award, vesting) = links(page, "/ledger/")
        guest.get(award)
        guest.get(vesting)


def test_others_are_masked_and_the_verifier_is_not(shared: Guests) -> None:
    """No full name of anybody else who took part stands on a resident's page."""
    guest = shared.by("王秀兰")
    names = [row["name"] for row in shared.run(_everybody, shared) if row["member"][0] == "V"]
    for path in opened_from_statement(shared, "王秀兰"):
        said = words(guest.get(path))
        assert [name for name in names if name in said] == []


async def _everybody(guests: Guests) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = await guests.book.reader.execute_query_dict(
        "SELECT member, name FROM people_person"
    )
    return rows


def test_only_the_member_and_those_in_charge_may_open_it(shared: Guests) -> None:
    """赵敏 and the counter find nothing there; 李梅, the admin and the auditor may look."""
    path = opened_from_statement(shared, "王秀兰")[0]
    for name, status in [("赵敏", 404), ("张强", 404), ("李梅", 200), ("陈国强", 200), ("周静", 200)]:
        page = shared.by(name).get(path, status)
        if status == 200:
            assert "您上报了" not in words(page)
            assert "王*兰" in words(page)
            assert "公示编号" not in words(page)
            assert links(page, "/events/") != []
    assert shared.stranger().client.get(path).status_code == 303


def test_a_number_that_is_none_is_not_there(shared: Guests) -> None:
    """Neither for members nor for staff."""
    for name in ("王秀兰", "陈国强"):
        shared.by(name).get("/awards/0123456789abcdef0123456789abcdef", 404)


def test_a_verifier_elsewhere_may_not_look(shared: Guests) -> None:
    """何伟 is in charge of one community; an award of another one's event is not there for him."""

    async def elsewhere() -> str:
        rows = await shared.book.reader.execute_query_dict(
            "SELECT v.contribution FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event"
            " WHERE e.area <> '440310001002' LIMIT 1"
        )
        return str(rows[0]["contribution"])

    path = f"/awards/{shared.run(elsewhere)}"
    shared.by("何伟").get(path, 404)
    shared.by("李梅").get(path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_correction_is_told_and_both_lines_stay(guests: Guests, language: str) -> None:
    """With its day and reason, in either language, and the award's place in the ledger is still shown."""
    guest = guests.by("王秀兰")
    guest.client.cookies.set("language", language)
    path = links(guest.get("/statement"), "/awards/")[0]

    async def correct() -> None:
        row = await Verification.get(contribution=path.rsplit("/", 1)[1], using_db=guests.book.reader)
        await corrections.correct(
            guests.book, row.reference or "", "wrong_person", by=row.verifier, on=guests.book.today()
        )

    guests.run(correct)
    page = guest.get(path)
    assert (
        "记错人。这些积分已经收回" if language == "zh" else "Wrong person. These points were taken back"
    ) in words(page)
    assert links(page, "/ledger/") != []
