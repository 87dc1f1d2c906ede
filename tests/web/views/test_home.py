"""A member's own page."""

from __future__ import annotations

import re

import pytest

from points.awards import coming, purse, queue, verifications
from points.sample.town import STAFF
from tests.web.guests import Guests, words

LI_MEI, WANG = STAFF[2].number, "V-000001"


def test_the_balance_is_the_one_of_the_ledger_and_the_next_reward_is_named(shared: Guests) -> None:
    """Big number, what is being checked, the thermos that is not yet in reach, the newest line first."""

    async def known() -> tuple[int, int]:
        has = await purse.summary(shared.book, WANG, shared.book.today())
        return has.spendable, len(await coming.being_checked(shared.book, WANG))

    page = words(shared.by("王秀兰").get("/points"))
    balance, checked = shared.run(known)
    assert balance == 35
    assert re.search(rf"王秀兰，您好 现在可以用的积分 {balance} 分 .*{checked} 件正在核实", page)
    assert "离保温杯还差 10 分" in page
    assert "兑换香皂 −3 分" in page
    assert "V-000001" in page


@pytest.mark.parametrize(
    ("name", "place"),
    [("王秀兰", "/points"), ("李梅", "/verifications"), ("张强", "/counter"), ("周静", "/audit")],
)
def test_everybody_lands_on_their_own_work(shared: Guests, name: str, place: str) -> None:
    """And staff finds “我的积分” beside it."""
    guest = shared.by(name)
    assert guest.client.get("/").headers["location"] == place
    assert 'href="/points"' in guest.get("/points")


def test_an_empty_page_says_what_to_do(shared: Guests) -> None:
    """周静 has nothing to spend: the page says how points come about."""
    page = words(shared.by("周静").get("/points"))
    assert "0 分" in page
    assert "还没有可以用的积分。做一件好事，核实、公示以后这里会多一行。" in page


def test_points_on_notice_are_a_number_of_their_own(guests: Guests) -> None:
    """What 李梅 accepts is not usable at once, and is not left out either."""
    wang = guests.by("王秀兰")

    async def accept() -> int:
        book = guests.book
        for line in (await queue.page(book, LI_MEI, on=book.today())).lines:
            if line.reporters == ("V-000001",):
                await verifications.accept(book, line.event.id, by=LI_MEI, on=book.today())
        rows = await book.reader.execute_query_dict(
            "SELECT sum(points) AS n FROM awards_verification AS v WHERE member = 'V-000001'"
            " AND NOT EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = v.reference)"
        )
        return int(rows[0]["n"])

    noticed = guests.run(accept)
    page = words(wang.get("/points"))
    assert noticed > 0
    assert re.search(rf"35 分 另有 {noticed} 分(等着公示|公示中)", page)


def test_the_page_costs_the_same_whatever_somebody_has(shared: Guests) -> None:
    """As many statements for 王秀兰 with sixteen lines as for 赵敏 with others; two more where things were taken."""
    counts = [shared.statements(shared.by(name), "/points") for name in ("王秀兰", "赵敏")]
    assert max(counts) - min(counts) <= 2
    assert max(counts) < 52
