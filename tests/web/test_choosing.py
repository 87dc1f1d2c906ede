"""What was chosen from the shelf of a till."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from points.market import baskets
from points.market.catalogue import Offer
from points.market.errors import OutOfStock, SoldOut
from web import choosing


def offer(**facts: Any) -> Offer:
    """Soap for 3 points, five of them."""
    return cast("Offer", SimpleNamespace(**{"name": "香皂", "points": 3, "left": 5, "most": 5, **facts}))


def test_what_was_typed_is_read_by_item() -> None:
    """As a person writes digits; an empty field and a nought choose nothing."""
    assert choosing.wanted({"item-1": "２", "item-3": "", "item-4": "0", "item-17": "10"}) == {1: 2, 17: 10}


@pytest.mark.parametrize("typed", [{"item-1": "一"}, {"item-1": "-1"}, {"item-1": "1" * 7}, {"item-x": "1"}])
def test_what_is_no_number_is_said_at_its_field(typed: dict[str, str]) -> None:
    """The field is named, so that the page can show where."""
    with pytest.raises(choosing.Unreadable) as refused:
        choosing.wanted(typed)
    assert [refused.value.field] == list(typed)


def test_a_basket_costs_what_stands_on_the_shelf() -> None:
    """More than there is, or what is not there, is refused and named."""
    offers = {1: offer(), 2: offer(name="毛巾", points=5)}
    assert choosing.price(baskets.of({1: 2, 2: 1}), offers) == 11
    with pytest.raises(OutOfStock, match="香皂"):
        choosing.price(baskets.of({1: 6}), offers)
    with pytest.raises(SoldOut):
        choosing.price(baskets.of({9: 1}), offers)


def test_a_field_takes_as_many_as_the_points_are_enough_for() -> None:
    """And never more than there are, though it cost nothing."""
    assert choosing.most(offer(), 10) == 3
    assert choosing.most(offer(), 100) == 5
    assert choosing.most(offer(points=0), 0) == 5
