"""What stands beside the migrations is found, and what is missing, changed or too many is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from alembic_like_migrations.rooms import APPS
from ledger.schema import guards, missing_from, statements

WANTED = {
    "goods": "CREATE TABLE goods (id TEXT)",
    "goods_no_update": "CREATE TRIGGER goods_no_update BEFORE UPDATE ON goods BEGIN SELECT 1; END",
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"goods": "CREATE TABLE goods (id INTEGER)"}, ["goods"]),
        ({"goods_no_update": ""}, ["goods_no_update"]),
        ({"x": "CREATE TRIGGER x AFTER INSERT ON GOODS BEGIN SELECT 1; END"}, ["x"]),
        ({"x": "CREATE TRIGGER x AFTER INSERT ON other BEGIN DELETE FROM [goods]; END"}, ["x"]),
        ({"x": "CREATE TRIGGER x AFTER INSERT ON goods_more BEGIN SELECT 1; END"}, []),
        ({"x": "CREATE INDEX x ON goods (id)"}, []),
    ],
)
def test_differences_are_named(change: dict[str, str], found: list[str]) -> None:
    """By the name of the object, in a schema given as text by name."""
    assert missing_from(WANTED | change, WANTED) == found


def test_the_guards_are_those_of_the_ledger_and_its_rooms() -> None:
    """Tables and triggers of the ledger, triggers of the rooms, each with its whole text."""
    found = guards(APPS)
    assert found["ledger_account_no_update"].endswith("END")
    assert found["ledger_posting"].startswith("CREATE TABLE ledger_posting (")
    assert {name.partition("_")[0] for name in found} >= {"ledger", "people", "events", "awards", "market"}


def test_a_statement_ends_where_sqlite_says(tmp_path: Path) -> None:
    """A trigger's inner semicolons do not end it, comments are left out, and half a statement is refused."""
    file = tmp_path / "some.sql"
    trigger = "CREATE TRIGGER a BEFORE UPDATE ON b\nBEGIN SELECT 1; SELECT 2; END;"
    file.write_text(f"-- a comment;\nCREATE TABLE b (id TEXT);\n\n{trigger}\n", encoding="utf-8")
    assert list(statements(file)) == ["CREATE TABLE b (id TEXT);", trigger]
    file.write_text("CREATE TABLE b (id TEXT", encoding="utf-8")
    with pytest.raises(ValueError, match="middle of a statement"):
        list(statements(file))


def test_what_a_later_file_drops_is_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table takes what stands on it with it, and nothing that only names it; an index made anew is the new one."""
    guard = "CREATE TRIGGER {0}_no_update BEFORE UPDATE ON {0}\nBEGIN SELECT * FROM old; END;\n"
    first = (
        "CREATE INDEX i ON new (a);\nCREATE INDEX j ON old (a);\n" + guard.format("old") + guard.format("new")
    )
    second = "DROP TABLE old;\nDROP INDEX i;\nCREATE INDEX i ON new (a, b);\n"
    room = tmp_path / "a_room_of_this_test"
    room.mkdir()
    (room / "__init__.py").touch()
    (room / "0001_a.sqlite.sql").write_text(first, encoding="utf-8")
    (room / "0002_b.sqlite.sql").write_text(second, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = guards({"room": {"migrations": room.name}})
    assert found.keys() == {"i", "new_no_update"}
    assert found["i"] == "CREATE INDEX i ON new (a, b)"
