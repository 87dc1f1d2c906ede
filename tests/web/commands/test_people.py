"""`jishan staff`, `jishan member`: whole or not at all, and by somebody who may."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from points.people import roles
from tests.typed import call
from web.commands.people import STAFF_ROLES
from web.place_words import ROLES

ADD = ("staff", "add", "--name", "新来的", "--home", "440310001002", "--role", "auditor", "--by", "S-0001")


def enrolled(book: Path) -> int:
    """How many people the book knows."""
    with closing(sqlite3.connect(book)) as file:
        return int(file.execute("SELECT count(*) FROM people_member").fetchone()[0])


def test_somebody_new_gets_a_number_a_role_and_a_password(book: Path) -> None:
    """And stands in the list."""
    number = call(*ADD, "--json", stdin="hushhush-88\n", book=book).data["number"]
    grants = call("staff", "list", "--json", book=book).data["grants"]
    assert {"member": number, "role": "auditor"}.items() <= grants[-1].items() or any(
        g["member"] == number and g["role"] == "auditor" for g in grants
    )


@pytest.mark.parametrize(
    ("change", "password", "named"),
    [
        ((), "short", "口令"),
        ((), "新来的-12345", "口令"),
        (("--home", "44"), "hushhush-88", "44"),
        (("--area", "99"), "hushhush-88", "99"),
        (("--by", "S-0003"), "hushhush-88", "S-0003"),
        (("--by", "system"), "hushhush-88", "--by"),
        (("--role", "admin"), "hushhush-88", "审计"),
    ],
)
def test_a_refusal_leaves_nobody_behind(
    book: Path, change: tuple[str, ...], password: str, named: str
) -> None:
    """Weak password, unknown place, no right, two roles that clash: nobody is enrolled without what was asked for."""
    before = enrolled(book)
    said = call(*ADD, *change, stdin=f"{password}\n", book=book)
    assert (said.status, said.out) == (1, "")
    assert named in said.err
    assert password not in said.err
    assert enrolled(book) == before


def test_without_the_pepper_nobody_is_enrolled(book: Path) -> None:
    """The file is named, and what is wrong with it."""
    before = enrolled(book)
    book.with_suffix(".pepper").unlink()
    said = call(*ADD, stdin="hushhush-88\n", book=book)
    assert said.status == 1
    assert "town.pepper" in said.err
    assert enrolled(book) == before


def test_a_pin_is_set_by_the_counter_or_an_admin(book: Path) -> None:
    """Not by a verifier, nor by a number nobody has; and never one that is easily guessed."""
    for by, pin, status in (
        ("S-0004", "283746", 0),
        ("S-0001", "283746", 0),
        ("S-0003", "283746", 1),
        ("S-9999", "283746", 1),
        ("S-0004", "123456", 1),
        ("S-0004", "", 1),
    ):
        said = call("member", "pin", "V-000002", "--by", by, stdin=f"{pin}\n", book=book)
        assert said.status == status, (by, pin, said)
        assert not pin or pin not in said.out + said.err


def test_a_card_is_printed_in_two_groups(book: Path) -> None:
    """Eight digits, easy to read out."""
    said = call("member", "card", "V-000002", "--by", "S-0001", book=book)
    number, card = said.out.split(maxsplit=1)
    assert number == "V-000002"
    assert [len(part) for part in card.split()] == [4, 4]


def test_every_role_has_a_name_in_both_languages(quiet_book: Path) -> None:
    """The list of staff says it in the language asked for."""
    assert {role: roles.NAMES[role] for role in STAFF_ROLES} == ROLES
    said = call("--lang", "en", "staff", "list", book=quiet_book).out
    assert "Fund keeper" in said
    assert "资金管理员" not in said
