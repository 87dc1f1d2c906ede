"""Versions, running balances, floors and corrections are reckoned again; what does not add up is named."""

from __future__ import annotations

from datetime import date

import pytest

from ledger import encoding, stretches
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.district import open_district
from tests.ledger.tampering import Original, opened

pytestmark = pytest.mark.anyio

LAST = "(SELECT max(id) FROM ledger_posting)"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("source_balance = source_balance - 1", "余额应为"),
        ("target_balance = target_balance + 1", "余额应为"),
        ("amount = amount + 1", "余额应为"),
        ("source_version = source_version + 1", "版本"),
        ("target_version = target_version + 1", "版本"),
    ],
)
async def test_a_posting_that_does_not_add_up_is_named(
    original: Original, change: str, sentence: str
) -> None:
    """The balance is the one before plus what moved, and the versions follow each other: whichever side was changed."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            (number,) = file.execute(f"SELECT {LAST}").fetchone()
            file.execute(f"UPDATE ledger_posting SET {change} WHERE id = {number}")
        findings = await original.findings(spoilt)
    named = [(f.position, f.row) for f in findings if f.check == "balances" and sentence in f.what]
    assert (number // 256, f"ledger_posting {number}") in named


@pytest.mark.parametrize("at_once", [1, 7, 100])
async def test_accounts_are_reckoned_a_few_at_a_time(
    original: Original, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few fit into memory: nothing is found in a whole book, and the same in a spoilt one, once."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            file.execute(f"UPDATE ledger_posting SET target_balance = target_balance + 1 WHERE id = {LAST}")
        wanted = [finding for finding in await original.findings(spoilt) if finding.check == "balances"]
        monkeypatch.setattr(stretches, "REMEMBERED", at_once)
        monkeypatch.setattr(stretches, "PAGE", 16)
        found = [finding for finding in await original.findings(spoilt) if finding.check == "balances"]
    assert wanted
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert await original.findings(original.book) == ()


async def test_a_balance_below_its_floor_is_named(original: Original) -> None:
    """Where the floor was raised behind the book's back, what had gone below it is found too."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            file.execute("UPDATE ledger_account SET floor = 0 WHERE address = 'system/issued'")
        findings = await original.findings(spoilt)
    assert any(finding.check == "balances" and "下限" in finding.what for finding in findings)


async def test_a_correction_that_gives_back_too_little_is_named(original: Original) -> None:
    """The sum given back is held against the sum given, whatever the journal once let through."""
    with original.copy() as spoilt:
        async with open_district(f"sqlite://{spoilt}") as book:
            first = await book.journal.post(
                _draft("allocate/2026-01/a/x", chart.ISSUED, "fund/440310001002/2026-01", 5)
            )
            back = _draft("reverse/1", "fund/440310001002/2026-01", chart.ISSUED, 5, reverses=first.reference)
            second = await book.journal.post(back)
        assert not [f for f in await original.findings(spoilt) if f.check == "reversals"]
        with opened(spoilt) as file:
            file.execute("UPDATE ledger_posting SET amount = 4 WHERE id = ?", [second.position * 256])
        findings = await original.findings(spoilt)
    assert [f.position for f in findings if f.check == "reversals"] == [second.position]


async def test_a_correction_of_nothing_is_named(original: Original) -> None:
    """One that names a transaction that is not before it."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            file.execute("UPDATE ledger_transaction SET reverses = 100 WHERE position = 100")
        findings = await original.findings(spoilt)
    assert {(f.check, f.position) for f in findings} == {("texts", 100), ("reversals", 100)}


def _draft(reference: str, source: str, target: str, amount: int, *, reverses: str | None = None) -> Draft:
    evidence = Evidence("decision", "1", "sha256:" + "0" * 64)
    return Draft(
        reference=reference,
        kind="correct" if reverses else "allocate",
        evidence=evidence,
        effective_on=date(2026, 1, 1),
        request=encoding.digest_of({"reference": reference}),
        postings=(Posting(source, target, amount, chart.POINTS),),
        reverses=reverses,
    )
