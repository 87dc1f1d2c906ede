"""hledger and beancount accept the books, and their balances are ours."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import plaintext
from tests.ledger.stories import Texts, story

HLEDGER = pytest.mark.needs("hledger")
BEAN_CHECK = Path(sys.executable).parent / "bean-check"

ACCOUNT_OF_BEANCOUNT = re.compile(r"Equity(:[A-Z0-9][A-Za-z0-9-]*)+")
COMMODITY_OF_BEANCOUNT = re.compile(r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]")


def odd() -> Texts:
    """The story, and every character that addresses and units may hold, in first place too."""
    texts = story(40)
    for number, word in enumerate(
        ["a.b_c-d:e", "A:b", "_x", ".x", "-x", "9", "X-2e", "x-2e", "X.2e", "0x", "until"]
    ):
        texts.add("stock", ("system/issued", f"shop/{word}/{word}", number + 1, "points"))
    for unit in ["item:a-b_C", "item:aB", "item:AB", "item:ab", "x", "item:-", "item:_"]:
        texts.add("stock", ("system/goods", "shop/s.1/stock", 3, unit))
    return texts


def hledger(journal: Path, *arguments: str) -> str:
    """What hledger says of a journal."""
    command = ["hledger", "-f", str(journal), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The odd story as a journal."""
    path = tmp_path / "book.journal"
    path.write_text("".join(plaintext.hledger(odd().bodies)))
    return path


@HLEDGER
def test_hledger_accepts_the_journal_strictly(journal: Path) -> None:
    """Every account and commodity is declared, every transaction balances, every balance assertion holds."""
    hledger(journal, "check", "--strict")
    hledger(journal, "check", "accounts", "commodities", "ordereddates")


@HLEDGER
def test_hledgers_balances_are_ours_for_every_account_and_unit(journal: Path) -> None:
    """As hledger adds up the postings, without our assertions."""
    said = hledger(journal, "balance", "-I", "--flat", "-E", "--no-total", "--layout=bare", "-O", "csv")
    theirs = {
        (row["account"], row["commodity"]): int(row["balance"]) for row in csv.DictReader(io.StringIO(said))
    }
    ours = {
        (plaintext.hledger_account(address), plaintext.commodity(unit)): balance
        for (address, unit), (_, balance) in odd().accounts.items()
    }
    assert {key: balance for key, balance in theirs.items() if balance} == {
        key: balance for key, balance in ours.items() if balance
    }
    assert len(ours) == len(odd().accounts) > 30


@HLEDGER
def test_hledger_notices_a_changed_amount(journal: Path) -> None:
    """The balance assertions are alive: change one amount on both sides and hledger names the posting."""
    text = journal.read_text()
    changed = text.replace("-2000 ", "-2001 ").replace(' 2000 "POINTS" = 2000', ' 2001 "POINTS" = 2000')
    assert changed != text
    journal.write_text(changed)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        hledger(journal, "check")
    assert "assertion" in failed.value.stderr


@HLEDGER
def test_hledger_finds_transactions_by_reference_kind_and_effective_day(journal: Path) -> None:
    """Code, description, tags and secondary date are where a reader of hledger looks for them."""
    assert "(9) undo" in hledger(journal, "print", "tag:reverses=^8$")
    assert "(8) redeem" in hledger(journal, "print", "tag:reference=redeem/2018-07-04/8")
    assert "(3) act" in hledger(journal, "print", "code:^3$")
    body = json.loads(odd().bodies[4])
    assert "(5) award" in hledger(journal, "print", f"date2:{body['effective_on']}")


def test_every_member_posting_carries_its_balance() -> None:
    """Each posting line of the journal ends in the balance of its account after it."""
    text = "".join(plaintext.hledger(story().bodies))
    postings = [line for line in text.split("\n") if line.startswith("    ") and not line.startswith("    ;")]
    assert len(postings) == 2 * sum(len(json.loads(body)["postings"]) for body in story().bodies)
    assert all(re.search(r'"[A-Z0-9.\']+" = -?\d+ "[A-Z0-9.\']+"$', line) for line in postings)


def test_names_are_such_as_beancount_reads_and_no_two_share_one() -> None:
    """Every address and unit of the odd story keeps beancount's grammar, and different ones stay
    different.
    """
    addresses = {address for address, _ in odd().accounts} | {"x-0x", "X-0-2e", "a/b", "a:b", "a-b", "A-b"}
    units = {unit for _, unit in odd().accounts} | {"item", "xx"}
    accounts = [plaintext.beancount_account(address) for address in addresses]
    commodities = [plaintext.commodity(unit) for unit in units]
    assert all(map(ACCOUNT_OF_BEANCOUNT.fullmatch, accounts))
    assert all(map(COMMODITY_OF_BEANCOUNT.fullmatch, commodities))
    assert len(set(accounts)) == len(addresses)
    assert len(set(commodities)) == len(units)
    assert len({plaintext.hledger_account(address) for address in addresses}) == len(addresses)


def test_the_names_in_the_documentation_are_the_names() -> None:
    """The examples of the module's docstring."""
    assert plaintext.commodity("points") == "POINTS"
    assert plaintext.commodity("item:17") == "ITEM.17"
    assert plaintext.commodity("item:a-B_c") == "ITEM.A'1'B'0C"
    assert plaintext.hledger_account("member/1/cap/report:10/2018-07") == "member:1:cap:report=10:2018-07"
    assert (
        plaintext.beancount_account("member/1/cap/report:10/2018-07")
        == "Equity:Member:1:Cap:Report-3a10:2018--07"
    )


def test_beancount_opens_what_it_uses_and_asserts_what_is_left() -> None:
    """Each account is opened once before its use, and on the day after the last transaction every balance
    stands.
    """
    texts = odd()
    lines = "".join(plaintext.beancount(texts.bodies)).split("\n")
    opened = [line.split(" ")[2] for line in lines if " open " in line]
    assert len(opened) == len(set(opened)) == len({address for address, _ in texts.accounts})
    used = {line.split()[0] for line in lines if line.startswith("  Equity:")}
    assert used <= set(opened)
    asserted = {tuple(line.split(" balance ")[1].split()) for line in lines if " balance " in line}
    assert asserted == {
        (plaintext.beancount_account(address), str(balance), plaintext.commodity(unit))
        for (address, unit), (_, balance) in texts.accounts.items()
    }
    assert all(line.startswith("2026-11-22 ") for line in lines if " balance " in line)


def test_beancount_accepts_the_file(tmp_path: Path) -> None:
    """bean-check finds nothing."""
    path = tmp_path / "book.beancount"
    path.write_text("".join(plaintext.beancount(odd().bodies)))
    assert checked(path) == (0, "")


def test_beancount_refuses_a_changed_amount(tmp_path: Path) -> None:
    """One point more in one posting, and one balance assertion wrong: it would have said so."""
    text = "".join(plaintext.beancount(odd().bodies))
    changed = re.sub(r"(?m)^(  Equity:\S+  )5 POINTS$", r"\g<1>6 POINTS", text, count=1)
    asserted = re.sub(r"(?m)^(\S+ balance \S+  )(\d+) POINTS$", r"\g<1>1\2 POINTS", text, count=1)
    for number, wrong in enumerate((changed, asserted)):
        assert wrong != text
        path = tmp_path / f"{number}.beancount"
        path.write_text(wrong)
        assert checked(path)[0] == 1


def checked(path: Path) -> tuple[int, str]:
    """What bean-check answers, and what it complains of."""
    done = subprocess.run([str(BEAN_CHECK), str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr
