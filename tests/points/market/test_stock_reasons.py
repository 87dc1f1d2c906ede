"""Reasons are codes of short lists, typed as codes or as words."""

from __future__ import annotations

import pytest

from points.market import stock_reasons
from points.market.errors import NeedsReasonOfStock
from points.market.stock_records import StockLoss

LISTS = (stock_reasons.LOSSES, stock_reasons.DELIVERIES, stock_reasons.ON_THE_WAY, stock_reasons.COUNTS)


@pytest.mark.parametrize("among", LISTS)
def test_a_code_and_its_word_mean_the_same(among: dict[str, str]) -> None:
    """And every code fits where it is kept."""
    most = StockLoss._meta.fields_map["reason"].max_length  # type: ignore[attr-defined]
    for code, word in among.items():
        assert stock_reasons.checked(f" {word} ", among) == stock_reasons.checked(code, among) == code
        assert len(code) <= most


@pytest.mark.parametrize("said", ["", "  ", "因为", "wrong_shop"])
def test_anything_else_is_no_reason(said: str) -> None:
    """A reason of another list neither."""
    with pytest.raises(NeedsReasonOfStock):
        stock_reasons.checked(said, stock_reasons.LOSSES)
