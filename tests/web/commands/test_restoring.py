"""`jishan restore` and `drill`: in plain words what came back, what did not, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from points.evidence import files
from tests import town
from tests.points.events.photographs import photo
from web.cli import main
from web.settings import Settings

REDEEM = ("redeem", "--shop", "1", "--member", "V-000001", "--item", "香皂", "--by", "S-0004")


def say(settings: Settings, *words: str | Path) -> Result:
    """Run a command on the town."""
    return CliRunner().invoke(main, ["--book", settings.book, *map(str, words)])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The sample town: backed up, two redemptions later seen by a witness, and shipped."""
    settings = town.copied(tmp_path)
    assert say(settings, "backup", tmp_path / "copies").exit_code == 0
    for key in ("a", "b"):
        assert say(settings, *REDEEM, "--key", key).exit_code == 0
    (tmp_path / "seen").write_text(json.loads(say(settings, "--json", "checkpoint").stdout)["note"])
    assert say(settings, "ship", tmp_path / "there").exit_code == 0
    return settings


def test_a_book_comes_back_and_says_what_is_missing_around_it(settings: Settings, tmp_path: Path) -> None:
    """Where entries came from, which of them lack their evidence, that the witness agrees, and what to bring along."""
    to = f"sqlite://{tmp_path / 'new' / 'book.db'}"
    said = say(
        settings, "restore", tmp_path / "copies", "--segments", tmp_path / "there", "--to", to,
        "--witness", tmp_path / "seen",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    size = json.loads(say(settings, "--json", "checkpoint").stdout)["size"]
    for sentence in (
        f"已恢复 {size} 笔",
        f"{size - 2} 笔",
        "分段补上 2 笔：redemption 2",
        f"找不到凭据的有 2 笔：第 {size - 1}–{size} 笔",
        f"和见证人见过的 {size} 笔一致",
        str(tmp_path / "new" / "book.key"),
    ):
        assert sentence in said.output
    again = say(settings, "restore", tmp_path / "copies", "--to", to)
    assert (again.exit_code, "没有覆盖" in again.output) == (1, True)


def test_yesterdays_backup_is_reported_as_such(settings: Settings, tmp_path: Path) -> None:
    """Against the newer witness: how many entries are missing, why that may be, and the way of recovery; exit 1."""
    words = ("restore", tmp_path / "copies", "--witness", tmp_path / "seen", "--to")
    said = say(settings, *words, f"sqlite://{tmp_path / 'old.db'}")
    assert said.exit_code == 1
    assert "缺 2 笔：用的是旧备份" in said.output
    assert "docs/recovery.md" in said.output
    data = json.loads(say(settings, "--json", *words, f"sqlite://{tmp_path / 'older.db'}").stdout)
    assert (data["missing"], data["placed"], data["from_segments"]) == (2, True, 0)


def test_a_forged_witness_and_a_wrong_key_are_refused(settings: Settings, tmp_path: Path) -> None:
    """The note must be signed by the log's key, whether from the key file or from --key."""
    note = (tmp_path / "seen").read_text()
    (tmp_path / "forged").write_text(note.replace("\n", "\n1", 1))
    to = ("--to", f"sqlite://{tmp_path / 'new.db'}")
    forged = say(settings, "restore", tmp_path / "copies", *to, "--witness", tmp_path / "forged")
    assert (forged.exit_code, "签名" in forged.output) == (1, True)
    wrong = say(settings, "restore", tmp_path / "copies", *to, "--key", "nonsense")
    assert (wrong.exit_code, "Traceback" in wrong.output) == (1, False)
    assert not (tmp_path / "new.db").exists()


def test_without_a_key_it_is_said_that_nobody_checked(settings: Settings, tmp_path: Path) -> None:
    """On a fresh machine: it works, and says what it could not check, and that the end may be missing."""
    there = tmp_path / "fresh"
    there.mkdir()
    said = CliRunner().invoke(
        main,
        ["--book", f"sqlite://{there / 'none.db'}", "restore", str(tmp_path / "copies"),
         "--to", f"sqlite://{there / 'book.db'}"],
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "签名没有核对" in said.output
    assert "没有见证人的检查点可比" in said.output


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_drill_says_how_long_and_how_much(language: str, settings: Settings, tmp_path: Path) -> None:
    """RTO and RPO, who was served; in both languages, with exit 0 when nothing was found."""
    said = say(
        settings, "--lang", language, "drill", tmp_path / "copies", "--segments", tmp_path / "there",
        "--witness", tmp_path / "seen",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "RTO" in said.output
    assert "RPO" in said.output
    assert "香皂" in said.output


def test_a_drill_finds_and_leaves_with_one(settings: Settings, tmp_path: Path) -> None:
    """The backup alone against the newer witness, and a byte changed in a segment: named, exit 1, as data too."""
    assert say(settings, "drill", tmp_path / "copies", "--witness", tmp_path / "seen").exit_code == 1
    segment = min((tmp_path / "there").glob("*.ndjson"))
    segment.write_bytes(segment.read_bytes().replace(b"points", b"pointz", 1))
    said = say(settings, "--json", "drill", tmp_path / "copies", "--segments", tmp_path / "there")
    data = json.loads(said.stdout)
    assert (said.exit_code, data["well"], data["problems"][0]["error"]) == (1, False, "CopyDamaged")
    assert segment.name in data["problems"][0]["message"]


def test_the_book_in_use_stays_as_it_is(settings: Settings, tmp_path: Path) -> None:
    """A drill serves somebody on the copy, not in the shop."""
    before = json.loads(say(settings, "--json", "checkpoint").stdout)["size"]
    assert json.loads(say(settings, "--json", "drill", tmp_path / "copies").stdout)["redeemed"]
    assert json.loads(say(settings, "--json", "checkpoint").stdout)["size"] == before


def test_what_proves_events_comes_back_too(tmp_path: Path) -> None:
    """Once for all backups of a folder; a drill and a restore name what is damaged there, and what is whole returns."""
    settings, copies = town.copied(tmp_path), tmp_path / "copies"
    number = say(
        settings, "event", "new", "--area", "440310001002", "--category", "F", "--what", "消防通道堵塞",
        "--by", "S-0008",
    ).output.strip()  # fmt: skip
    (tmp_path / "a.jpg").write_bytes(photo(size=(640, 480)))
    added = say(settings, "event", "attach", number, tmp_path / "a.jpg", "--by", "S-0008")
    assert (added.exit_code, "✓" in added.output) == (0, True), added.output
    assert json.loads(say(settings, "--json", "backup", copies).stdout)["attachments"] == 2
    assert json.loads(say(settings, "--json", "backup", copies).stdout)["attachments"] == 0
    assert say(settings, "drill", copies).exit_code == 0
    restored = say(settings, "restore", copies, "--to", f"sqlite://{tmp_path / 'new' / 'book.db'}")
    assert restored.exit_code == 0, restored.output
    assert set(files.listed(tmp_path / "new" / "book.attachments")) == set(files.listed(settings.attachments))
    first = next(files.listed(copies / "attachments"))
    files.place(copies / "attachments", first).write_bytes(b"forged")
    drilled = say(settings, "drill", copies)
    assert (drilled.exit_code, "附件的文件被改动" in drilled.output) == (1, True)
