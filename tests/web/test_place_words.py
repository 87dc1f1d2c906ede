"""Every level, kind and role has its words on pages."""

from __future__ import annotations

from points.people import areas, grids, roles, teams
from web import place_words


def test_pages_have_a_word_for_all_that_the_rooms_know() -> None:
    """And no other: the Chinese names are the same."""
    assert place_words.LEVELS == areas.LEVELS
    assert place_words.KINDS == grids.KINDS
    assert {name: zh for name, zh in roles.NAMES.items() if name != "volunteer"} | {} == place_words.ROLES
    assert place_words.TEAMS == teams.KINDS
