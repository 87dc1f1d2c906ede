"""Giving at home and at the counter: looked at, confirmed once, read by both, taken back on its day."""

from __future__ import annotations

import pytest

from points.awards import purse
from points.market.giving import gifts
from tests.web.guests import Guest, Guests, links, words

WANG, JUN, MIN = "V-000001", "V-000003", "V-000002"


def spendable(guests: Guests, member: str) -> int:
    """What a member can use today."""
    return sum(n for _, n in guests.run(purse.spendable, guests.book, member, guests.book.today()))


def look(guest: Guest, to: str, points: int, named: str = "") -> str:
    """What they see before they give."""
    return guest.get(f"/giving/look?to={to}&points={points}&named={named}")


def give(guest: Guest, to: str, points: int, key: str, named: str = "") -> str:
    """Look, then confirm; where it led."""
    page = look(guest, to, points, named)
    return guest.press(page, "/giving", to=to, points=points, named=named, key=key)


def test_a_gift_is_looked_at_and_then_made_once(guests: Guests) -> None:
    """王秀兰 gives 王军 2 points; pressed twice it is the same gift; both read it, and she takes it back."""
    wang, mine, his = guests.by("王秀兰"), spendable(guests, WANG), spendable(guests, JUN)
    page = look(wang, JUN, 2)
    assert "送给谁 王*" in words(page)
    assert spendable(guests, WANG) == mine
    where = give(wang, JUN, 2, "k1")
    assert give(wang, JUN, 2, "k1") == where
    assert (spendable(guests, WANG), spendable(guests, JUN)) == (mine - 2, his + 2)
    assert "送了 2 分" in words(wang.get(where))
    assert "送给王*" in words(wang.get("/giving"))
    assert "送给王*" in words(wang.get("/points"))
    assert wang.press(wang.get(where), f"{where}/undoing") == where
    assert "送的 2 分收回了" in words(wang.get(where))
    assert (spendable(guests, WANG), spendable(guests, JUN)) == (mine, his)


def test_the_entry_tells_who_gave_to_whom(guests: Guests) -> None:
    """Its page in the ledger says it in words, and leads to the gift."""
    wang = guests.by("王秀兰")
    where = give(wang, "care", 3, "k1", "yes")
    (gift,) = guests.run(gifts.latest, guests.book, WANG)
    line = next(each for each in links(wang.get("/points"), "/ledger/"))
    said = words(wang.get(line))
    assert "关爱基金" in said
    assert "谁送的 您" in said
    assert where.endswith(gift.id)
    assert "王*兰" in words(wang.get("/care"))


@pytest.mark.parametrize(
    ("to", "points", "said"),
    [
        (MIN, "1", "只能送给住在一起的家里人"),
        (WANG, "1", "不能送给自己"),
        (JUN, "999", "这个月还能送"),
        (JUN, "0", "不能小于 1"),
        (JUN, "x", "要填整数"),
        ("", "1", "请填写送给谁"),
        ("S-0004", "1", "工作人员"),
    ],
)
def test_what_may_not_be_is_said_beside_the_field(shared: Guests, to: str, points: str, said: str) -> None:
    """What was typed is kept, and nothing has moved."""
    guest = shared.by("王秀兰")
    answer = guest.client.get(f"/giving/look?to={to}&points={points}")
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert f'value="{points}"' in answer.text


def test_a_gift_is_nobody_elses(guests: Guests) -> None:
    """A neighbour and staff of another duty get the same 404 as for a gift that is none; the counter there may look."""
    wang = guests.by("王秀兰")
    where = give(wang, "care", 1, "k1")
    for name in ("赵敏", "李梅"):
        guest = guests.by(name)
        assert guest.client.get(where).status_code == guest.client.get("/gifts/none").status_code == 404
    assert "收回这次赠送" in words(guests.by("张强").get(where))


def test_the_page_costs_the_same_however_many_gifts_there_were(guests: Guests) -> None:
    """The number of statements does not grow."""
    wang = guests.by("王秀兰")
    give(wang, JUN, 1, "k0")
    few = guests.statements(wang, "/giving")
    for n in range(1, 5):
        give(wang, JUN if n % 2 else "care", 1, f"k{n}")
    assert guests.statements(wang, "/giving") == few
