"""There is no adjustment by hand: every way to write an entry is on this list, with what must stand behind it."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import town

ROOT = Path(__file__).resolve().parents[3]
DRAFTS = {
    ("points/awards/funds.py", "allocate"),
    ("points/awards/assessments.py", "assess"),
    ("points/awards/award.py", "award"),
    ("points/awards/vesting.py", "vest"),
    ("points/awards/share_vesting.py", "vest"),
    ("points/awards/expiring.py", "expire"),
    ("points/awards/correction_plans.py", "correct"),
    ("points/market/handing_over.py", "redemption"),
    ("points/market/undoing/plans.py", "undo"),
    ("points/market/undoing/plans.py", "back"),
    ("points/market/deliveries.py", "delivery"),
    ("points/market/reservations.py", "hold"),
    ("points/market/reservation_endings.py", "release"),
    ("points/market/settlements.py", "settle"),
    ("points/market/stock_drafts.py", "named by who calls"),
    ("points/market/giving/gifts.py", "gift"),
    ("points/market/giving/taking_back.py", "ungift"),
    ("points/market/giving/care_requests.py", "care"),
    ("points/people/twice/merging.py", "named by who calls"),
    ("points/awards/correction_plans.py", "act"),
    ("points/events/imports/plan.py", "act"),
    ("points/evidence/acts.py", "act"),
}
"""Where a draft is made, and of what kind. A new line is a decision: which event, or whose word, stands behind it?"""
POSTINGS = {
    "points/awards/funds.py",
    "points/awards/assessments.py",
    "points/awards/award.py",
    "points/awards/vesting.py",
    "points/awards/share_vesting.py",
    "points/awards/expiring.py",
    "points/awards/correction_plans.py",
    "points/market/handing_over.py",
    "points/market/undoing/plans.py",
    "points/market/deliveries.py",
    "points/market/holding.py",
    "points/market/limits.py",
    "points/market/losses.py",
    "points/market/settlements.py",
    "points/market/stocktaking.py",
    "points/market/transfers.py",
    "points/market/giving/gifts.py",
    "points/market/giving/taking_back.py",
    "points/market/giving/care_requests.py",
    "points/market/slips/losses.py",
    "points/openness/objections.py",
    "points/openness/rulings.py",
    "points/people/twice/moves.py",
    "points/people/twice/undoing.py",
}
"""Where something is moved at all: objections and rulings freeze and free, a merge follows its own moves."""
CITED = {
    "allocate": "decision",
    "award": "contribution",
    "vest": "notice",
    "redemption": "basket",
    "delivery": "delivery",
}
"""What the entries of the sample cite."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of this name in the product, with its file."""
    for top in ("points", "web"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name:
                    yield path.relative_to(ROOT).as_posix(), node


def test_every_draft_is_of_a_kind_on_the_list() -> None:
    """A verb that writes an entry of a new kind, or in a new place, has to be put here."""
    found = set()
    for file, call in calls("Draft"):
        kind = next(each.value for each in call.keywords if each.arg == "kind")
        found.add((file, kind.value if isinstance(kind, ast.Constant) else "named by who calls"))
        assert any(each.arg == "evidence" for each in call.keywords), f"{file} cites nothing"
    assert found == DRAFTS


def test_nothing_else_moves_anything() -> None:
    """No posting is made anywhere else, least of all on a page or in a command."""
    assert {file for file, _call in calls("Posting")} == POSTINGS


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The sample town's book, as anybody with the file may read it."""
    settings = town.copied(tmp_path_factory.mktemp("ways"))
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        yield connection


def test_every_kind_cites_its_own_evidence(book: sqlite3.Connection) -> None:
    """In a town that has lived."""
    rows = book.execute("""SELECT DISTINCT x.kind, x.evidence_kind FROM ledger_transaction AS x
        WHERE EXISTS (SELECT 1 FROM ledger_posting AS p WHERE p.id / 256 = x.position)""")
    found = dict(rows.fetchall())
    assert {kind: CITED.get(kind) for kind in found} == found


def test_points_come_to_people_only_by_what_was_verified(book: sqlite3.Connection) -> None:
    """Each point that came to a member from a fund has a contribution, accepted by somebody else than the member."""
    given = book.execute("""SELECT s.address, x.reference, v.verifier, v.member, v.decision
        FROM ledger_posting AS p JOIN ledger_transaction AS x ON x.position = p.id / 256
        JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
        LEFT JOIN awards_verification AS v ON v.reference = x.reference
        WHERE p.unit = 'points' AND t.address LIKE 'member/%' AND s.address NOT LIKE 'member/%'""").fetchall()
    assert len(given) > 50
    assert all(source.startswith("fund/") for source, *_ in given)
    assert all(decision == "accepted" and verifier != member for *_, verifier, member, decision in given)
