"""`jishan recover --evidence`: two passwords, and what the audit says before and after."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from tests import town
from tests.web.commands.test_witnessing import House


def lose(book: str) -> int:
    """One award's evidence is gone, as after a restore from segments; its position."""
    with contextlib.closing(sqlite3.connect(book)) as file:
        position, key = file.execute(
            "SELECT position, evidence_kind || '/' || evidence_id FROM ledger_transaction WHERE kind = 'award' LIMIT 1"
        ).fetchone()
        guard = "SELECT sql FROM sqlite_master WHERE name = 'evidence_snapshot_no_delete'"
        (sql,) = file.execute(guard).fetchone()
        file.execute("DROP TRIGGER evidence_snapshot_no_delete")
        file.execute("DELETE FROM evidence_snapshot WHERE id = ?", [key])
        file.execute("DELETE FROM evidence_snapshot_text WHERE snapshot = ?", [key])
        file.execute(sql)
        file.commit()
    return int(position)


def test_a_loss_is_a_finding_until_two_people_stand_behind_it(tmp_path: Path) -> None:
    """The finding says what to do; a wrong password does nothing; afterwards the audit says who and when."""
    house = House(town.copied(tmp_path), tmp_path)
    position = lose(house.settings.book.removeprefix("sqlite://"))
    audited = house.run("audit", "--full")
    assert audited.exit_code == 1
    assert f"第 {position} 笔" in audited.stdout
    assert "jishan recover --evidence" in audited.stdout
    words = ("recover", "--evidence", "--reason", "备份坏了", "--by", "S-0001", "--approved-by", "S-0005")
    refused = house.run(*words, said="zhushan-1988\nwrong\n")
    assert refused.exit_code != 0
    done = house.run(*words, said="zhushan-1988\nzhaoye-5729\n")
    assert done.exit_code == 0, done.output
    audited = house.run("audit", "--full")
    assert audited.exit_code == 0
    assert "1 份凭据已确认丢失" in audited.stdout
    assert "S-0005 批准" in audited.stdout
    english = house.run("--lang", "en", "--json", "audit", "--full")
    assert "acknowledged lost on" in json.loads(english.stdout)["known"][0]["what"]
