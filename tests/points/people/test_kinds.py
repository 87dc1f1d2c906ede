"""The kinds of member and their spellings."""

from __future__ import annotations

import pytest

from points.people import kinds


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_a_kind_is_known_by_code_and_by_name(kind: str) -> None:
    """Files carry the Chinese name, programs the code."""
    assert kinds.read(kind) == kind
    assert kinds.read(kinds.NAMES[kind]) == kind


def test_every_spelling_leads_to_a_kind() -> None:
    """A spelling that led nowhere would enrol people as nothing."""
    assert set(kinds.SPELLINGS.values()) <= set(kinds.NAMES)


def test_what_is_no_kind_is_none() -> None:
    """We do not guess what somebody is."""
    assert kinds.read("领导") is None
