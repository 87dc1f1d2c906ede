"""`jishan reserve`, `pickup`, `cancel`: a code at home, goods over the counter, or everything back."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call

RESERVE = ("reserve", "--shop", "1", "--member", "V-000001", "--item", "香皂")


def test_a_code_is_printed_and_fetches_what_was_reserved_once(book: Path) -> None:
    """Reserved twice with one key it is one; handed over by the code it is a receipt, and not a second time."""
    made = asked(*RESERVE, "--key", "r1", book=book)
    assert asked(*RESERVE, "--key", "r1", book=book) | {"repeated": False} == made
    (listed,) = asked("reservations", "--shop", "1", book=book)["reservations"]
    assert listed["reservation"] == made["reservation"]
    assert asked("reservations", "--shop", "1", "--missed", book=book)["reservations"] == []
    assert asked("reservations", "--shop", "1", "--day", "2001-01-01", book=book)["reservations"] == []
    fetch = ("pickup", made["code"], "--shop", "1", "--by", "S-0004")
    assert "✓ 已兑换" in call(*fetch, "--key", "p1", book=book).out
    assert asked(*fetch, "--key", "p1", book=book)["repeated"] is True
    again = call(*fetch, "--key", "p2", book=book)
    assert (again.status, "已经取走" in again.err) == (1, True)
    assert "没有等着取的" in call("reservations", "--shop", "1", book=book).out


def test_cancelled_it_comes_back(book: Path) -> None:
    """The member need not say why; a neighbour may not."""
    before = asked("balance", "V-000001", book=book)
    made = asked(*RESERVE, "--key", "r2", book=book)
    assert call("cancel", made["reservation"], "--by", "V-000002", book=book).status == 1
    assert "退回 3 分" in call("cancel", made["reservation"], "--by", "V-000001", book=book).out
    assert asked("balance", "V-000001", book=book) == before


def test_a_wrong_code_fetches_nothing(book: Path) -> None:
    """And it is said what is safe."""
    said = call("pickup", "5000 0000", "--shop", "1", "--by", "S-0004", "--key", "p", book=book)
    assert said.status == 1
    assert "积分和货都没有动" in said.err


def test_a_home_reserves_as_it_was_shown(book: Path) -> None:
    """王秀兰 and 王军 agreed: what each gives is named; other parts are refused, and cancelled each has it back."""
    for member in ("V-000001", "V-000003"):
        assert call("household", "share", member, "--by", member, book=book).status == 0
    before = [asked("balance", member, book=book) for member in ("V-000001", "V-000003")]
    own = before[0]["spendable"]
    many = own // 3 + 1
    wanted = (*RESERVE[:-1], f"香皂x{many}", "--part", f"member/V-000001={own}")
    wrong = call(*wanted, "--part", f"member/V-000003={3 * many}", "--key", "r3", book=book)
    assert (wrong.status, "谁的积分都没有动" in wrong.err) == (1, True)
    made = asked(*wanted, "--part", f"member/V-000003={3 * many - own}", "--key", "r4", book=book)
    assert made["points"] == 3 * many
    assert asked("balance", "V-000001", book=book)["spendable"] == 0
    assert call("cancel", made["reservation"], "--by", "V-000001", book=book).status == 0
    assert [asked("balance", member, book=book) for member in ("V-000001", "V-000003")] == before
