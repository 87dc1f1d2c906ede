"""A merchant's till: a card finds a person, their PIN pays, and nothing more is seen of them than a masked name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.people.models import Card
from points.sample.town import RESIDENTS
from tests.web import barber
from tests.web.guests import Guest, Guests, visiting, words

WANG = RESIDENTS[0]


@dataclass(frozen=True)
class Till:
    """The town with the barber, whose browser `zhou` is, and 王秀兰's card."""

    guests: Guests
    shop: barber.Barber
    zhou: Guest
    card: str

    @property
    def at(self) -> str:
        """The till's address."""
        return f"/merchant/{self.shop.shop}/till"

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """What a form is answered: the status, and the words of the page or where it leads."""
        page = self.zhou.get(self.at)
        token = re.search(r'name="csrf" value="([^"]+)"', page)
        assert token
        answer = self.zhou.client.post(path, data={"csrf": token[1], **fields})
        return answer.status_code, answer.headers.get("location") or words(answer.text)


async def card_of(guests: Guests) -> str:
    """王秀兰's card, as it is printed."""
    return str((await Card.get(member=WANG.number, using_db=guests.book.reader)).number)


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """One town for the tests of this module."""
    with visiting(tmp_path_factory.mktemp("till")) as guests:
        pepper = guests.app.state.settings.pepper()
        shop = guests.run(barber.open_up, guests.book, pepper)
        yield Till(guests, shop, barber.signed_in(guests, shop.zhou), guests.run(card_of, guests))


def test_a_card_and_a_pin_pay_once(till: Till) -> None:
    """Wrong, it is said and nothing moves; right, the receipt; the same page sent again shows the same receipt."""
    status, chosen = till.send(till.at, who=till.card)
    assert status == 303
    page = till.zhou.get(chosen)
    assert "给王*兰选" in words(page)
    assert "35" not in words(page)
    item = re.search(r'name="(item-\d+)"', page)
    assert item
    today = till.guests.book.today().isoformat()
    assert "还没有选物品" in till.send(chosen, key="k1", on=today)[1]
    assert "什么都没有记" in till.send(chosen, key="k1", on="2020-01-01", **{item[1]: "1"})[1]
    status, asked = till.send(chosen, key="k1", on=today, **{item[1]: "1"})
    assert (status, "10 分" in words(till.zhou.get(asked))) == (303, True)
    assert "密码不对" in till.send(asked, secret="000000")[1]
    first = till.send(asked, secret=WANG.secret)
    assert first[0] == 303
    assert till.send(asked, secret=WANG.secret) == first
    receipt = words(till.zhou.get(first[1]))
    assert "理发一次 ×1" in receipt
    assert "王" not in receipt


def test_too_few_points_are_said_to_whoever_gave_their_pin(till: Till) -> None:
    """Not before: a merchant who has the card alone learns nothing of what is on it."""
    chosen = till.send(till.at, who=till.card)[1]
    item = re.search(r'name="(item-\d+)"', till.zhou.get(chosen))
    assert item
    today = till.guests.book.today().isoformat()
    status, asked = till.send(chosen, key="k2", on=today, **{item[1]: "9"})
    assert status == 303
    status, said = till.send(asked, secret=WANG.secret)
    assert (status, "换不了，积分没有扣。还差" in said) == (422, True)


@pytest.mark.parametrize("who", ["V-000001", "王秀兰", "5678 王 03-12", "13800000000"])
def test_nobody_is_looked_up_by_anything_but_a_card_or_code(till: Till, who: str) -> None:
    """Whether there is such a person or not, the answer is the same, and says what to do."""
    status, said = till.send(till.at, who=who)
    assert (status, "商户只能扫积分卡" in said) == (422, True)


def test_another_shops_till_and_orders_are_not_there(till: Till) -> None:
    """Nor the counter's; and the counter's clerk has no till here."""
    till.zhou.get("/merchant/1/till", 404)
    till.zhou.get(f"/merchant/{till.shop.shop}/for/x", 404)
    till.zhou.get(f"/merchant/{till.shop.shop}/redemptions/1", 404)
    till.zhou.get("/counter", 404)
    zhang = till.guests.by("张强")
    zhang.get(till.at, 404)
    zhang.get(f"/counter/{till.shop.shop}", 404)


async def given(book: Book) -> None:
    """Thirty points more for 王秀兰."""
    evidence = Evidence("test", "1", encoding.digest("test"))
    until = chart.until(WANG.number, book.today() + timedelta(days=300))
    posting = Posting(chart.ISSUED, until, 30, chart.POINTS)
    draft = Draft("test/haircuts", "test", evidence, book.today(), evidence.digest, (posting,))
    await book.journal.post(draft)
