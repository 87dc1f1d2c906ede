"""`jishan balance`, `jishan statement`: the same figures in words and as data, found by number or by phone."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call


def test_a_balance_is_the_end_of_the_statement(quiet_book: Path) -> None:
    """By member number and by phone, and in any month nothing is lost between its lines."""
    has = asked("balance", "V-000001", book=quiet_book)
    assert has == asked("balance", "10000900001", book=quiet_book)
    months = asked("statement", "V-000001", book=quiet_book)["months"]
    assert months[-1]["closing"] == has["spendable"] > 0
    balance = 0
    for month in months:
        assert month["opening"] == balance
        balance += sum(line["amount"] for line in month["lines"])
        assert month["closing"] == balance


def test_one_month_is_one_month(quiet_book: Path) -> None:
    """The same lines as in the whole statement; a month without any adds up too."""
    last = asked("statement", "V-000001", book=quiet_book)["months"][-1]
    (alone,) = asked("statement", "V-000001", "--month", last["month"], book=quiet_book)["months"]
    assert alone == last
    (empty,) = asked("statement", "V-000001", "--month", "2018-07", book=quiet_book)["months"]
    assert (empty["opening"], empty["lines"], empty["closing"]) == (0, [], 0)


def test_what_is_printed_says_the_sum(quiet_book: Path) -> None:
    """月初 ＋ 收入 − 支出 ＝ 月末, a real minus sign, and where each line stands in the ledger."""
    said = call("statement", "V-000001", book=quiet_book).out
    assert "月初 0 ＋ 收入" in said
    assert "−3" in said
    assert "-3" not in said
    assert " #" in said
    assert said.splitlines()[0].startswith("王秀兰  V-000001")


def test_who_has_nothing_is_told_so(quiet_book: Path) -> None:
    """Not an empty answer."""
    said = call("statement", "S-0005", book=quiet_book)
    assert "还没有可以用的积分" in said.out
    assert asked("balance", "S-0005", book=quiet_book)["spendable"] == 0


def test_a_balance_of_the_past_is_of_that_day(quiet_book: Path) -> None:
    """Before anything happened there is nothing."""
    assert asked("balance", "V-000001", "--on", "2018-01-01", book=quiet_book)["honour"] == 0
