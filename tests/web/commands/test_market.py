"""`jishan shop`, `jishan redeem`: goods in, goods out, once for each key."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

REDEEM = ("redeem", "--shop", "1", "--member", "V-000001", "--by", "S-0004")


def stock(book: Path, item: int) -> int:
    """How many of an item stand in the first shop."""
    return int(asked("shop", "list", book=book)["shops"][0]["stock"][str(item)])


def test_a_redemption_is_said_and_done_once(book: Path) -> None:
    """Before and after, what was handed over, a masked name; the same key again changes nothing and says so."""
    said = call(*REDEEM, "--item", "香皂", "--key", "k1", book=book)
    assert said.status == 0
    assert "✓ 已兑换" in said.out
    assert "王*兰" in said.out
    assert "王秀兰" not in said.out
    again = asked(*REDEEM, "--item", "香皂", "--key", "k1", book=book)
    assert again["repeated"] is True
    assert again["before"] - again["after"] == again["points"] == 3
    assert "没有重复扣" in call(*REDEEM, "--item", "香皂", "--key", "k1", book=book).out
    other = call(*REDEEM, "--item", "毛巾", "--key", "k1", book=book)
    assert other.status == 1


def test_goods_come_in_once_for_each_key(book: Path) -> None:
    """The shelf has as many more as the document says."""
    words = (
        "shop",
        "receive",
        "--shop",
        "1",
        "--item",
        "香皂x5",
        "--document",
        "单 7",
        "--by",
        "S-0007",
        "--key",
        "d",
    )
    (item,) = (line["item"] for line in asked(*REDEEM, "--item", "香皂", "--key", "k", book=book)["lines"])
    before = stock(book, item)
    assert asked(*words, book=book)["repeated"] is False
    assert asked(*words, book=book)["repeated"] is True
    assert stock(book, item) == before + 5


def test_more_than_there_is_and_more_than_one_has_are_refused(book: Path) -> None:
    """With how many are left, and how many points are missing; nothing moves."""
    before = asked("balance", "V-000001", book=book)
    poor = call(*REDEEM, "--item", "保温杯", "--item", "雨伞x9", "--key", "k", book=book)
    assert poor.status == 1
    assert "还差" in poor.err
    out = call(*REDEEM, "--item", "大米 5kgx99", "--key", "k", book=book)
    assert out.status == 1
    assert "积分没有扣" in out.err
    assert asked("balance", "V-000001", book=book) == before


def test_a_shop_is_opened_where_there_is_a_place(book: Path) -> None:
    """By an admin; the same again is the same shop; an area that is none is refused."""
    words = ("shop", "open", "碧岭驿站", "--by", "S-0001", "--area")
    assert asked(*words, "440310003001", book=book) == {"shop": 2}
    assert asked(*words, "440310003001", book=book) == {"shop": 2}
    assert call(*words, "44", book=book).status == 1
    assert len(asked("shop", "list", book=book)["shops"]) == 2
