"""Giving at the counter: who has no phone gives with the PIN, and nothing moves without it."""

from __future__ import annotations

from points.market.giving import gifts
from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views.test_giving import WANG, spendable
from web.counters import sealed
from web.orders import Order


def test_somebody_without_a_phone_gives_at_the_counter_with_their_pin(guests: Guests) -> None:
    """A wrong PIN moves nothing; the right one gives once."""
    counter, mine = guests.by("张强"), spendable(guests, WANG)
    at = address(guests)
    page = counter.get(f"{at}?to=care&points=2")
    said = {"to": "care", "points": "2", "named": "", "key": "k1"}
    wrong = counter.client.post(at, data=said | {"secret": "111111", "csrf": token_in(page)})
    assert wrong.status_code == 422
    assert spendable(guests, WANG) == mine
    where = counter.press(page, at, secret="258036", **said)
    assert spendable(guests, WANG) == mine - 2
    assert "送了 2 分" in words(counter.get(where))
    (gift,) = guests.run(gifts.latest, guests.book, WANG)
    assert (gift.found_by, gift.recorded_by, gift.named) == ("card", "S-0004", False)


def address(guests: Guests) -> str:
    """Where the counter stands once it has found 王秀兰."""
    order = Order(1, "S-0004", WANG, "card", guests.book.today())

    class Request:
        app = guests.app

    return f"/counter/1/giving/{sealed(Request(), order)}"  # type: ignore[arg-type]
