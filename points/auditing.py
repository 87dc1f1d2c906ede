"""Everything an audit of our books looks at, in the order it is done: the ledger's checks and the house's own."""

from __future__ import annotations

from pathlib import Path

from ledger import audit, audits, opening
from ledger.book import Book
from ledger.findings import Check
from points.awards.checks import shares_agree
from points.awards.draw_checks import draws_agree
from points.derived import pages_agree
from points.evidence.attached import files_stand
from points.evidence.checks import evidence_matches
from points.evidence.rows import rows_say_what_was_decided
from points.honours.board_checks import boards_agree
from points.honours.checks import certificates_agree
from points.market.checks import parts_agree, redemptions_agree
from points.market.price_checks import prices_agree
from points.market.settlement_checks import settlements_agree
from points.market.stock_checks import stock_balances
from points.openness.checks import disputes_agree


def checks(book: Book, *, witness: Path | None, files: Path | None = None) -> list[Check]:
    """The whole list. `witness` is the file with what a witness saw, if somebody keeps one here; `files` the folder of
    what was attached to events, which is looked through when it is named."""
    return [
        opening.history_is_whole(witness),
        *audit.CHECKS,
        audits.records_are_ours,
        evidence_matches,
        rows_say_what_was_decided,
        prices_agree,
        *([files_stand(files)] if files else []),
        disputes_agree(book),
        certificates_agree(book),
        boards_agree(book),
        shares_agree(book),
        draws_agree(book),
        parts_agree(book),
        redemptions_agree(book),
        stock_balances(book),
        settlements_agree(book),
        pages_agree(book),
    ]
