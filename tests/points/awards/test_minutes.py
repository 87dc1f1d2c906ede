"""Minutes: how the papers of a meeting are kept."""

from __future__ import annotations

from datetime import date

from ledger import encoding
from points.awards import minutes
from points.awards.minutes import Minutes, Paper


def test_the_papers_are_read_as_they_were_kept() -> None:
    """By key, digest and name; the canonical text is the same whoever writes it."""
    papers = (Paper("a", "sha256:1", "other"), Paper("b", "sha256:2", "sign_in"))
    kept = encoding.canonical(Minutes("e", "M-1", "议事会", date(2026, 1, 1), papers).said()).decode()
    assert kept.startswith('[{"digest":"sha256:1","id":"a","name":"other"}')
    assert minutes.read_papers(kept) == papers
