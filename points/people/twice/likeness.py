"""Likeness: whether two members may be one person, by name, day of birth and phone. Pure.

Two members never have one whole phone: the book refuses the second. Who enrolled twice gave another one, or none.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

SHORT = 2
"""In a name of two characters one other character is half of it: then the year of birth must be the same as well."""


@dataclass(frozen=True, slots=True)
class Traits:
    """By what a member is compared; None is what nobody said."""

    number: str
    name: str
    birthday: str | None = None
    born_year: int | None = None
    phone: str | None = None


def alike(a: Traits, b: Traits) -> tuple[str, ...]:
    """Why two members may be one person: `name`, `birthday`, `phone`; empty when they are not alike.

    It takes like names on one day of birth, whose years do not differ; or one name, and phones that end alike or
    differ by one slip, unless their days of birth say that they are two.
    """
    names, day = like_names(a.name, b.name), a.birthday is not None and a.birthday == b.birthday
    if not names or _differ(a.born_year, b.born_year):
        return ()
    slip = like_phones(a.phone, b.phone)
    if day:
        sure = same_name(a.name, b.name) or a.born_year == b.born_year is not None or slip
        short = min(len(plain(a.name)), len(plain(b.name))) <= SHORT
        return () if short and not sure else ("name", "birthday", *(["phone"] if slip else []))
    if slip and same_name(a.name, b.name) and not _differ(a.birthday, b.birthday):
        return ("name", "phone")
    return ()


def plain(name: str) -> str:
    """A name without dots, spaces and letter case: 阿依·古丽 and 阿依古丽 are one."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def same_name(a: str, b: str) -> bool:
    """Whether two names are spelled alike but for dots, spaces and letter case."""
    return plain(a) == plain(b) != ""


def like_names(a: str, b: str) -> bool:
    """Whether two names are one, have the same characters in another order, or differ by one character."""
    one, two = plain(a), plain(b)
    return bool(one and two) and (sorted(one) == sorted(two) or one_slip(one, two))


def like_phones(a: str | None, b: str | None) -> bool:
    """Whether two phones end with the same four digits, or differ by one digit or two that changed places."""
    if not a or not b:
        return False
    swapped = [i for i in range(min(len(a), len(b))) if a[i] != b[i]]
    turned = len(a) == len(b) and len(swapped) == 2 and sorted(a) == sorted(b)
    return a[-4:] == b[-4:] or one_slip(a, b) or turned


def one_slip(a: str, b: str) -> bool:
    """Whether one character put in, left out or exchanged makes one text of the other (edit distance at most 1)."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    at = next((i for i, c in enumerate(a) if c != b[i]), len(a))
    return a[at + (len(a) == len(b)) :] == b[at + 1 :]


def _differ(a: object, b: object) -> bool:
    return a is not None and b is not None and a != b
