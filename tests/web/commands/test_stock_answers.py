"""Items, quantities and reasons as they are typed after the commands of stock."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from points.district import open_district
from points.market.errors import UnknownItem
from web.commands import stock_answers

pytestmark = pytest.mark.anyio


async def test_what_is_typed_is_read(book: Path) -> None:
    """A number counted may be 0, and what is none is refused; a reason stands behind its item."""
    async with open_district(f"sqlite://{book}") as opened:
        assert await stock_answers.counted(opened, ["香皂x0", "食盐x12"]) == {1: 0, 2: 12}
        assert await stock_answers.goods(opened, ["香皂x3", "食盐"]) == {1: 3, 2: 1}
        assert await stock_answers.reasons_of(opened, ["香皂=broken"]) == {1: "broken"}
        for wrong in ("香皂", "香皂x很多"):
            with pytest.raises(click.BadParameter):
                await stock_answers.counted(opened, [wrong])
        with pytest.raises(UnknownItem):
            await stock_answers.counted(opened, ["飞船x1"])
    assert stock_answers.listed({"a": "甲", "b": "乙"}) == "为什么：a 甲、b 乙 · why: a, b"
