"""Merchants on pages: signed with and ended, appointed and not."""

from __future__ import annotations

import re
from datetime import timedelta

from points.market import shops
from tests.web import barber
from tests.web.guests import Guests, words


def test_a_contract_is_signed_in_words_and_ended(guests: Guests) -> None:
    """Prices by the names of things; a line that cannot be read is quoted, and what was typed is kept."""
    chen = guests.by("陈国强")
    opened = guests.run(_open, guests)
    at, today = f"/merchants/{opened}", guests.book.today()
    page = chen.get(at)
    assert "没有协议就不能换" in words(page)
    said = {
        "key": "c1",
        "from_on": today.isoformat(),
        "until_on": (today + timedelta(days=30)).isoformat(),
        "sponsor": "company",
    }
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    wrong = chen.client.post(at + "/contracts", data={"csrf": token[1], **said, "prices": "理发"})
    assert (wrong.status_code, "“理发”看不懂" in words(wrong.text)) == (422, True)
    chen.press(page, at + "/contracts", **said, prices="理发一次 8.50\n体检一次：12")
    shown = words(chen.get(at))
    assert "8.50" in shown
    assert "企业捐赠" in shown
    chen.press(chen.get(at), at + "/staff", member="s-0004")
    assert "张强" in words(chen.get(at))
    again = chen.client.post(at + "/staff", data={"csrf": token[1], "member": "S-9999"})
    assert again.status_code == 422
    contract = re.search(r'name="contract" value="([^"]+)"', chen.get(at))
    assert contract
    chen.press(chen.get(at), at + "/endings", contract=contract[1])
    assert "没有，今天不能换" in words(chen.get("/merchants"))
    grant = re.search(r'name="grant" value="([^"]+)"', chen.get(at))
    assert grant
    chen.press(chen.get(at), at + "/staff/endings", grant=grant[1])
    assert "张强" not in words(chen.get(at))


async def _open(guests: Guests) -> int:
    """A merchant's shop in the town's community."""
    said = {"by": barber.ADMIN, "on": guests.book.today(), "kind": "merchant"}
    return (await shops.open_shop(guests.book, "老周理发", area="440310001002", hours="天天", **said)).number
