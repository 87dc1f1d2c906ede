"""Ages: who is still a child. Under 14 a guardian agrees first, and no public list has a line. Pure."""

from __future__ import annotations

from datetime import date

CHILD_UNDER = 14
OLDEST = 125


def age(birthday: str | None, born_year: int | None, on: date) -> int | None:
    """Whole years on a day, None when the year of birth is not known.

    Without a birthday (MM-DD) the last day of the year counts, so that nobody is taken for older than they are.
    """
    if born_year is None:
        return None
    return on.year - born_year - (on.isoformat()[5:] < (birthday or "12-31"))


def is_child(birthday: str | None, born_year: int | None, on: date) -> bool:
    """Whether somebody is known to be under 14."""
    years = age(birthday, born_year, on)
    return years is not None and years < CHILD_UNDER


def possible(born: date, on: date) -> bool:
    """Whether somebody alive on a day can have been born on another."""
    return born <= on and on.year - born.year <= OLDEST
