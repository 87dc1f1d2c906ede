"""What the pages of the register share."""

from __future__ import annotations

from points.people import clerks, consents, kinds, mending
from points.people.roles import Grant
from web import register
from web.access import Who


def test_every_kind_consent_and_field_has_a_word() -> None:
    """The same as the room's own."""
    assert register.KINDS == kinds.NAMES
    assert {k: v for k, v in register.CONSENTS.items() if k != "guardian"} == consents.NAMES
    assert register.FIELDS == mending.FIELDS


def test_ones_members_are_those_of_the_roles_that_keep_the_register() -> None:
    """A verifier's area adds nobody."""
    grants = tuple(
        Grant(role, "S-0009", role, area, "2000-01-01", None)
        for role, area in (("counter", "1"), ("verifier", "2"), ("grid_worker", "3"))
    )
    asking = Who("S-0009", "某人", "staff", grants)
    assert register.mine(asking) == ("1", "3")
    assert register.mine(asking, clerks.PIN_ROLES) == ("1",)


def test_a_card_is_read_out_in_two_groups() -> None:
    """Four and four."""
    assert register.shown_card("48271936") == "4827 1936"
