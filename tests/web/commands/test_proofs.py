"""`jishan checkpoint`, `audit`, `export`: what anyone can check, and what they say of a book that was spoilt."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.ledger.tampering import opened
from tests.typed import asked, call


def test_a_checkpoint_is_printed_as_it_is_signed(book: Path) -> None:
    """Origin, size, root, an empty line and the signature, so that it can be copied to a notice board."""
    said = call("checkpoint", book=book).out
    assert said.rstrip("\n") == asked("checkpoint", book=book)["note"].rstrip("\n")
    assert said.split("\n")[3:4] == [""]
    assert "— jishan/" in said


def test_a_whole_book_passes_with_its_figures(quiet_book: Path) -> None:
    """How many transactions and checks, and the root."""
    said = call("audit", book=quiet_book)
    data = asked("audit", book=quiet_book)
    assert said.status == 0
    assert f"{data['size']} 笔" in said.out
    assert data["root"] in said.out
    assert "evidence_matches" in data["checks"]


def test_a_spoilt_book_fails_and_the_row_is_named(book: Path) -> None:
    """Status 1, the position and the row in words and as data."""
    with opened(book) as file:
        (number,) = file.execute("SELECT max(id) FROM ledger_posting").fetchone()
        file.execute("UPDATE ledger_posting SET amount = amount + 1 WHERE id = ?", [number])
    said = call("audit", book=book)
    assert said.status == 1
    assert "✗ 账本不符" in said.out
    assert f"第 {number // 256} 笔" in said.out
    assert f"ledger_posting {number}" in said.out
    data = call("audit", "--json", book=book)
    assert data.status == 1
    assert number // 256 in {finding["position"] for finding in data.data["findings"]}


def test_many_findings_are_shortened(book: Path) -> None:
    """A hundred, and how many more; programs get them all."""
    with opened(book) as file:
        file.execute("UPDATE ledger_transaction SET effective_on = '1999-01-01'")
    said = call("audit", book=book)
    found = len(call("audit", "--json", book=book).data["findings"])
    assert said.out.count("  ✗ ") == 100
    assert f"还有 {found - 100} 处" in said.out


def test_an_export_is_checked_by_the_command_it_prints(book: Path, tmp_path: Path) -> None:
    """Typed as printed, where this project is not: 0. A second export into the folder is refused; it stays whole."""
    out = tmp_path / "out"
    said = call("export", str(out), book=book)
    assert said.status == 0
    key = asked("key", book=book)["key"]
    assert key in said.out
    (printed,) = [line for line in said.out.split("\n") if line.startswith("离线校验：")]
    command = ["env", "-i", "PATH=/usr/bin:/bin", "sh", "-c", printed.removeprefix("离线校验：")]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    again = call("export", str(out), book=book)
    assert again.status == 1
    assert str(out) in again.err
    assert subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0


def test_a_spoilt_book_is_not_exported_as_if_it_were_whole(book: Path, tmp_path: Path) -> None:
    """A text that is no text of ours: refused in a sentence, and no folder is left."""
    with opened(book) as file:
        file.execute("UPDATE ledger_transaction SET body = CAST('[]' AS BLOB) WHERE position = 100")
    said = call("export", str(tmp_path / "out"), book=book)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("✗ ")
    assert not (tmp_path / "out").exists()
