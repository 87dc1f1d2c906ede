"""Why an entry is there: every entry of the town is told, both ways, and nobody reads what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from points.awards import corrections
from tests.web.guests import Guests, links, visiting, words
from tests.web.views import servings


@pytest.fixture(scope="module")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """A town of this module's own: what one test adds does not disturb the others."""
    with visiting(tmp_path_factory.mktemp("town")) as opened:
        yield opened


async def _last_of_each(book: Any) -> dict[str, int]:
    """A position of each kind of entry, and of each kind of act."""
    sql = """SELECT CASE WHEN kind = 'act' THEN evidence_kind ELSE kind END AS what, max(position) AS position
FROM ledger_transaction GROUP BY 1 ORDER BY 1"""
    return {row["what"]: row["position"] for row in await book.reader.execute_query_dict(sql)}


def test_every_kind_of_entry_is_told_in_its_own_words(guests: Guests) -> None:
    """In both languages: a sentence of its own, and for what moved points the lines it goes back to."""
    audit = guests.by("周静")
    kinds = guests.run(_last_of_each, guests.book)
    assert len(kinds) > 15
    said: dict[str, str] = {}
    for what, position in kinds.items():
        page = audit.get(f"/ledger/{position}")
        lead = words("<main" + page.split('class="lead"', 1)[1].split("</p>", 1)[0].partition(">")[2])
        said[what] = lead
        if what in ("award", "vest", "redemption", "delivery"):
            assert 'id="why"' in page, what
    vague = {"一项决定记在账上，没有动积分。", "一笔账。"}
    assert {what: lead for what, lead in said.items() if lead in vague or not lead} == {}
    audit.press(audit.get("/audit"), "/language", language="en", next="/audit")
    for what, position in kinds.items():
        page = audit.get(f"/ledger/{position}")
        lead = page.split('class="lead"', 1)[1].split("</p>", 1)[0]
        assert not any("\u4e00" <= c <= "\u9fff" for c in lead), (what, lead)


def test_an_award_leads_to_its_event_and_back(guests: Guests) -> None:
    """For staff the event and every limit; for the member the reason, and no one else's name whole."""
    guests.run(servings.serve, guests.book, "V-000001", [150])
    wang, audit = guests.by("王秀兰"), guests.by("周静")
    (reason, *_) = links(wang.get("/hours"), "/awards/")
    (entry, *_) = links(wang.get(reason), "/ledger/")
    mine = wang.get(entry)
    assert reason in links(mine, reason)
    said = words(mine)
    for part in ("标准", "算法", "每小时 2 分 × 2.5 小时 = 5 分", "核实 李梅", "公示"):
        assert part in said, part
    assert "已用" not in said
    page = audit.get(entry)
    said = words(page)
    assert "已用 0" in said
    assert "计入时长 2 小时 30 分钟" in said
    (event, *_) = links(page, "/events/")
    whole = audit.get(event)
    assert reason in links(whole, "/awards/") or entry in links(whole, "/ledger/")


def test_it_is_told_in_the_language_of_who_asks(guests: Guests) -> None:
    """王秀兰 reads in English why she has her points: that she reported it herself, by which rule, how it adds up."""
    hers = guests.by("王秀兰")
    hers.press(hers.get("/points"), "/language", language="en", next="/points")
    awards = [hers.get(path) for path in links(hers.get("/points"), "/awards/")]
    told = [words(hers.get(path)) for award in awards for path in links(award, "/ledger/")[:1]]
    assert any("Reported by You" in each for each in told)
    assert [each for each in told if "您" in each or "核实一次" in each] == []


def test_a_correction_tells_its_reason_and_who(guests: Guests) -> None:
    """And leads to the same award."""
    (award,) = guests.run(servings.serve, guests.book, "V-000001", [150])

    async def correct() -> int:
        receipt = await corrections.correct(
            guests.book, award, "情况不实", by=servings.VERIFIER, on=guests.book.today()
        )
        return int(receipt.position)

    position = guests.run(correct)
    wang = guests.by("王秀兰")
    said = words(wang.get(f"/ledger/{position}"))
    assert "更正原因 情况不实" in said
    assert "更正的人 李梅" in said
    assert links(wang.get(f"/ledger/{position}"), "/awards/")


def test_goods_have_their_names_in_a_history(guests: Guests) -> None:
    """Never `item:1`."""
    page = guests.by("周静").get("/ledger/accounts/shop/1/stock")
    assert "item:" not in words(page)


def test_a_door_that_is_not_theirs_is_no_link(guests: Guests) -> None:
    """A member reads the rule without a way to the pages of who keeps rules, unless those are open to all."""
    guests.run(servings.serve, guests.book, "V-000001", [150])
    wang = guests.by("王秀兰")
    (reason, *_) = links(wang.get("/hours"), "/awards/")
    for path in links(wang.get(reason), "/rule"):
        wang.get(path)
    audit = guests.by("周静")
    assert links(audit.get(reason), "/rule") or links(audit.get(reason), "/rules")
