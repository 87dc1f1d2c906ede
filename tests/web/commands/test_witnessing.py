"""The whole story on the command line: a receipt, a witness, a loss, two people, and the witness again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ledger import receipts, signatures, verify
from tests import town
from tests.ledger.logs import put_back
from web.cli import main
from web.commands.witnessing import drawn
from web.settings import Settings

ADMIN, AUDITOR = ("S-0001", "zhushan-1988"), ("S-0005", "zhaoye-5729")


class House:
    """A town, a witness beside it, and the command."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self.folder = settings, folder
        self.vkey = str(signatures.load(settings.key_file).verifier)
        self.environment = {"JISHAN_BOOK": settings.book}

    def run(self, *words: str, said: str = "") -> Any:
        """The command's result."""
        return CliRunner().invoke(main, list(words), input=said, env=self.environment)

    def done(self, *words: str, said: str = "") -> str:
        """What it printed; it must have succeeded."""
        result = self.run(*words, said=said)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def refused(self, *words: str, said: str = "") -> str:
        """Its one sentence; it must have ended with 1."""
        result = self.run(*words, said=said)
        assert result.exit_code == 1, result.output
        return result.stderr

    def file(self, name: str) -> str:
        """A file of the witness."""
        return str(self.folder / name)

    def watch(self, *more: str) -> tuple[str, ...]:
        """The witness's words."""
        who = ("--key", self.file("w.key"), "--state", self.file("state"), "--log-key", self.vkey)
        return ("witness", "--log", self.settings.book, *who, "--out", self.file("note"), *more)

    def allocate(self, month: str) -> tuple[str, ...]:
        """Words that write entries."""
        return (
            "fund",
            "allocate",
            "--under",
            "440310000000",
            "--month",
            month,
            "--points",
            "500",
            "--by",
            "S-0002",
        )


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A copy of the town, and a witness's key made by the command."""
    made = House(town.copied(tmp_path), tmp_path)
    public = made.done("witness", "--key", made.file("w.key"), "--new-key", "witness.example/audit")
    Path(made.file("vkey")).write_text(public)
    return made


def test_a_receipt_is_printed_kept_and_drawn(house: House) -> None:
    """It passes our check and the auditor's tool; the code says whether the whole receipt is in it."""
    text = house.done("receipt", "5")
    assert receipts.check(text, house.vkey).size >= 5
    house.done("receipt", "5", "--out", house.file("r.txt"), "--qr", house.file("r.svg"))
    assert verify.main([house.file("r.txt"), "--key", house.vkey]) == 0
    assert Path(house.file("r.svg")).read_bytes().startswith(b"<?xml")
    short, whole = drawn(text, 5, b"\1" * 32, "https://jishan.example")
    assert whole
    assert short == Path(house.file("r.svg")).read_bytes()
    assert drawn("x" * 3000, 5, b"\1" * 32, "https://jishan.example")[1] is False
    assert "99999" in house.refused("receipt", "99999")


def test_a_loss_is_refused_everywhere_until_two_people_stand_behind_it(house: House) -> None:
    """Witness, cosignature, rollback; read-only on every command with the reason; recovery; the witness goes on."""
    book = house.settings.book.removeprefix("sqlite://")
    shutil.copy(book, house.file("old.db"))
    house.done(*house.allocate("2027-01"))
    house.done("checkpoint")
    house.done(*house.watch())
    note = ("cosign", house.file("note"), "--key", house.file("vkey"))
    assert "收下了" in house.done(*note)
    assert "以前就收下了" in house.done(*note)
    put_back(Path(house.file("old.db")), Path(book))
    house.environment["JISHAN_WITNESS_FILE"] = house.file("note")

    assert "⚠ 账本现在只读：note 见过" in house.run("balance", "V-000001").stderr
    assert house.run("balance", "V-000001").exit_code == 0
    assert "只读" in house.refused(*house.allocate("2027-02"))
    audited = house.run("audit")
    assert (audited.exit_code, "note 见过" in audited.stdout) == (1, True)
    state = Path(house.file("state")).read_bytes()
    assert "末尾被截断" in house.refused(*house.watch())
    assert Path(house.file("state")).read_bytes() == state

    words = (
        "recover",
        "--reason",
        "磁盘坏了",
        "--by",
        ADMIN[0],
        "--approved-by",
        AUDITOR[0],
        "--out",
        house.file("r"),
    )
    assert "S-0005" in house.refused(*words, said=f"{ADMIN[1]}\nwrong\n")
    assert "S-0001" in house.refused(*words, said=f"wrong\n{AUDITOR[1]}\n")
    assert not Path(house.file("r")).exists()
    assert "接着记" in house.done(*words, said=f"{ADMIN[1]}\n{AUDITOR[1]}\n")
    assert "没有覆盖" in house.refused(*words)
    house.done(*house.allocate("2027-02"))
    assert "✓" in house.done("audit")
    house.done("checkpoint")
    house.done(*house.watch("--accept-recovery", house.file("r")))
    house.done(*house.watch())
    assert "收下了" in house.done(*note)
    assert verify.main([house.file("r"), "--key", house.vkey]) == 0


def test_a_whole_book_has_nothing_to_recover_from(house: House) -> None:
    """Two people with the right passwords cannot declare lost what is there."""
    words = (
        "recover",
        "--reason",
        "x",
        "--by",
        ADMIN[0],
        "--approved-by",
        AUDITOR[0],
        "--out",
        house.file("r"),
    )
    assert "不用恢复" in house.refused(*words, said=f"{ADMIN[1]}\n{AUDITOR[1]}\n")


def test_what_a_witness_needs_is_asked_for(house: House) -> None:
    """Without a log, a state and a key from elsewhere it looks at nothing."""
    result = house.run("witness", "--key", house.file("w.key"))
    assert (result.exit_code, "--log-key" in result.stderr) == (2, True)
    assert "没有覆盖" in house.refused("witness", "--key", house.file("w.key"), "--new-key", "x")
