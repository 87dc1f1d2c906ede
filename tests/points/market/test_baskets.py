"""What people type at the counter, and the basket it means."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.market import baskets
from points.market.baskets import Basket
from points.market.errors import BadQuantity, EmptyBasket, FullBasket, MistakenItem, UnknownItem

CATALOGUE = [
    SimpleNamespace(number=1, name="香皂", name_en="Soap"),
    SimpleNamespace(number=7, name="洗衣液", name_en="Laundry liquid"),
    SimpleNamespace(number=8, name="大米 5kg", name_en="Rice, 5 kg"),
    SimpleNamespace(number=9, name="电池x6", name_en="Box"),
]


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [
        ("洗衣液", (7, 1)),
        ("洗衣液x2", (7, 2)),
        ("洗衣液×2", (7, 2)),
        (" 洗衣液 X 2 ", (7, 2)),
        ("洗衣液*12", (7, 12)),
        ("洗衣液ｘ２", (7, 2)),
        ("7 x 3", (7, 3)),
        ("7", (7, 1)),
        ("大米5KG×2", (8, 2)),
        ("laundry liquid x2", (7, 2)),
        ("box", (9, 1)),
        ("电池x6", (9, 1)),
        ("电池x6x2", (9, 2)),
    ],
)
def test_an_entry_is_read_as_people_write_it(entry: str, wanted: tuple[int, int]) -> None:
    """A name or a number, and how many: spaces, capitals, full width and the sort of cross make no difference."""
    assert baskets.parse([entry], CATALOGUE) == Basket((wanted,))


@pytest.mark.parametrize("quantity", ["0", "100", "-1", "1.5", "", "两", "+2"])
def test_a_quantity_is_a_whole_number_from_1_to_99(quantity: str) -> None:
    """Anything else is refused, and the sentence repeats what was typed."""
    with pytest.raises(BadQuantity, match="1 到 99") as refused:
        baskets.parse([f"洗衣液x{quantity}"], CATALOGUE)
    assert refused.value.facts["entry"] == f"洗衣液x{quantity}"


def test_the_same_item_twice_is_added_up() -> None:
    """One item has one line, and the sum too stays below 100."""
    assert baskets.parse(["洗衣液", "香皂", "7x2"], CATALOGUE) == Basket(((1, 1), (7, 3)))
    with pytest.raises(BadQuantity):
        baskets.parse(["洗衣液x60", "7x40"], CATALOGUE)


def test_a_delivery_may_be_larger_than_a_purchase() -> None:
    """The greatest quantity is the caller's; beyond it the sentence names it."""
    assert baskets.parse(["洗衣液x1200"], CATALOGUE, most=5000) == Basket(((7, 1200),))
    with pytest.raises(BadQuantity, match="1 到 5000"):
        baskets.parse(["洗衣液x5001"], CATALOGUE, most=5000)
    with pytest.raises(BadQuantity, match="1 到 5000"):
        baskets.parse(["洗衣液x5000", "洗衣液"], CATALOGUE, most=5000)


def test_an_unknown_item_is_told_with_names_that_are_near() -> None:
    """大米 is not in the catalogue, but 大米 5kg is."""
    with pytest.raises(MistakenItem, match="大米 5kg"):
        baskets.parse(["大米x2"], CATALOGUE)
    with pytest.raises(MistakenItem, match="洗衣液"):
        baskets.parse(["洗衣夜"], CATALOGUE)


@pytest.mark.parametrize("entry", ["飞机", "飞机x2", "99", "x2", "天x地"])
def test_an_item_like_no_other_is_simply_unknown(entry: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UnknownItem) as refused:
        baskets.parse([entry], CATALOGUE)
    assert not isinstance(refused.value, MistakenItem)


def test_an_empty_basket_and_one_with_too_much_are_refused() -> None:
    """A basket holds 1 to 30 kinds of things."""
    with pytest.raises(EmptyBasket):
        baskets.parse([], CATALOGUE)
    with pytest.raises(FullBasket):
        baskets.of(dict.fromkeys(range(1, 32), 1))


@given(st.dictionaries(st.sampled_from([1, 7, 8, 9]), st.integers(1, 99), min_size=1))
def test_a_basket_written_out_is_read_back(wanted: dict[int, int]) -> None:
    """By number or by name, in any order."""
    names = {item.number: item.name for item in CATALOGUE}
    by_number = baskets.parse([f"{item}x{quantity}" for item, quantity in wanted.items()], CATALOGUE)
    by_name = baskets.parse([f"{names[item]} × {quantity}" for item, quantity in wanted.items()], CATALOGUE)
    assert by_number == by_name == baskets.of(wanted)


@given(st.text())
def test_whatever_is_typed_gives_a_basket_or_a_sentence(entry: str) -> None:
    """Nothing a person types is a crash."""
    try:
        basket = baskets.parse([entry], CATALOGUE)
    except (UnknownItem, BadQuantity):
        return
    assert set(basket.items) <= {item.number for item in CATALOGUE}
