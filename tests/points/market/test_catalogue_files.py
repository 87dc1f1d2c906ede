"""The catalogue's file: what it must hold, and that every problem is told."""

from __future__ import annotations

import pytest

from points.market import catalogue_files
from points.market.errors import BadCatalogue

PRICES = {
    "Soap": 3, "Salt": 3, "Towel": 5, "Toothpaste": 6, "Washing-up liquid": 8, "Tissues, 6 packs": 12,
    "Laundry liquid": 15, "Umbrella": 20, "Eggs, 30": 22, "Rice, 5 kg": 30, "Cooking oil, 5 L": 60, "Box of milk": 40,
    "Thermos": 45, "Rice cooker": 120, "Parking, one day": 5, "Haircut": 10, "Health check": 15, "Appliance check": 20,
    "Legal consultation": 20, "Flower": 0, "Certificate": 0,
}  # fmt: skip


def test_the_default_catalogue_has_the_prices_that_were_decided() -> None:
    """Goods and services at their points, honours for none."""
    entries = catalogue_files.default()
    assert {entry.name_en: entry.points for entry in entries} == PRICES
    assert {entry.name for entry in entries if entry.kind == "honour"} == {"小红花", "荣誉证书"}
    assert sum(entry.kind == "service" for entry in entries) == 5


def test_one_point_of_goods_costs_about_one_yuan() -> None:
    """So that a fund of points stands for a sum the community can pay."""
    goods = [entry for entry in catalogue_files.default() if entry.kind == "goods"]
    assert all(entry.cost_fen == 100 * entry.points for entry in goods)


def test_every_problem_of_a_file_is_told_at_once() -> None:
    """Nobody corrects a file line by line."""
    good = '[[item]]\nname = "盐"\nname_en = "Salt"\nkind = "goods"\ncost_fen = 300\npoints = 3\n'
    assert len(catalogue_files.read(good)) == 1
    bad = (
        good + good + good.replace("goods", "gold").replace("points = 3", "points = -3").replace("盐", " 糖")
    )
    with pytest.raises(BadCatalogue) as refused:
        catalogue_files.read(bad + '[[item]]\nname = "茶"\n' + good.replace("300", "3.5").replace("盐", "油"))
    told = str(refused.value)
    for problem in (
        "第 3 项的名字",
        "第 3 项的种类",
        "第 3 项的价格",
        "第 4 项要有",
        "第 5 项的文字",
        "“盐”出现了 2 次",
    ):
        assert problem in told


@pytest.mark.parametrize("text", ["", "item = 3", "[[item]", 'item = ["盐"]'])
def test_a_file_that_is_no_catalogue_is_refused(text: str) -> None:
    """With a sentence, not a traceback."""
    with pytest.raises(BadCatalogue):
        catalogue_files.read(text)
