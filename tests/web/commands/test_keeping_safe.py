"""`jishan backup` and `ship`: what they print, what they refuse, and how a shipper is stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import town
from web.cli import main
from web.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The sample town, copied."""
    return town.copied(tmp_path)


def say(settings: Settings, *words: str | Path) -> Result:
    """Run a command on the town."""
    return CliRunner().invoke(main, ["--book", settings.book, *map(str, words)])


def test_a_backup_says_what_is_not_in_it(settings: Settings, tmp_path: Path) -> None:
    """The file and its size, the root, and that key and PIN secret stay outside; neither is touched."""
    secrets = (settings.key_file.read_bytes(), settings.pepper_file.read_bytes())
    said = say(settings, "backup", tmp_path / "copies")
    assert said.exit_code == 0, said.output
    (name,) = [path.name for path in (tmp_path / "copies").glob("*.db")]
    assert re.fullmatch(r"\d{8}T\d{6}Z-\d+\.db", name)
    assert name in said.output
    assert str(settings.key_file) in said.output
    assert str(settings.pepper_file) in said.output
    assert secrets == (settings.key_file.read_bytes(), settings.pepper_file.read_bytes())
    data = b"".join(path.read_bytes() for path in (tmp_path / "copies").iterdir())
    for secret in secrets:
        assert secret.strip().split(b"+", 4)[-1] not in data, "a secret is in the backup"


def test_a_backup_as_data(settings: Settings, tmp_path: Path) -> None:
    """--json is one object and nothing else, with what a program needs to find the file again."""
    said = json.loads(say(settings, "--json", "backup", tmp_path / "copies").stdout)
    assert Path(said["path"]).exists()
    assert said["size"] == int(said["path"].rpartition("-")[2].removesuffix(".db"))
    assert (said["removed"], said["sha256"][:7], len(said["root"])) == ([], "sha256:", 64)


def test_old_backups_go_only_when_asked(settings: Settings, tmp_path: Path) -> None:
    """Without --keep all stay; with it those that are superseded go and are named; a wrong --keep is refused."""
    folder = tmp_path / "copies"
    say(settings, "backup", folder)
    (made,) = folder.glob("*.db")
    text = json.loads(made.with_suffix(".json").read_text())
    for year in (2019, 2020):
        old = folder / f"{year}0102T030405Z-{text['size']}.db"
        old.write_bytes(made.read_bytes())
        manifest = {**text, "file": old.name, "made_at": f"{year}-01-02T03:04:05.000000Z"}
        old.with_suffix(".json").write_text(json.dumps(manifest))
    assert json.loads(say(settings, "--json", "backup", folder).stdout)["removed"] == []
    gone = json.loads(say(settings, "--json", "backup", folder, "--keep", "1/1/1").stdout)["removed"]
    assert [Path(path).name[:4] for path in gone] == ["2019", "2020"]
    assert len(list(folder.glob("*.db"))) == len(list(folder.glob("*.json"))) == 3
    wrong = say(settings, "backup", folder, "--keep", "7-4-12")
    assert (wrong.exit_code, "7-4-12" in wrong.output) == (2, True)


def test_a_book_that_is_not_there_is_said(settings: Settings, tmp_path: Path) -> None:
    """In one sentence, with exit 1, and no folder full of nothing."""
    said = CliRunner().invoke(
        main, ["--book", f"sqlite://{tmp_path / 'none.db'}", "backup", str(tmp_path / "c")]
    )
    assert (said.exit_code, "Traceback" in said.output) == (1, False)
    assert "none.db" in said.output
    assert list((tmp_path / "c").iterdir()) == []


def test_shipping_says_how_far_it_is(settings: Settings, tmp_path: Path) -> None:
    """How many entries in how many segments; the second time, that there was nothing new."""
    first = json.loads(say(settings, "--json", "ship", tmp_path / "there").stdout)
    assert first["entries"] == first["last"] > 300
    assert first["segments"] == -(-first["entries"] // 100)
    again = say(settings, "ship", tmp_path / "there")
    assert (again.exit_code, "没有新的" in again.output) == (0, True)


def test_a_folder_of_another_book_is_refused(settings: Settings, tmp_path: Path) -> None:
    """By both commands, in words, with exit 1."""
    for command in ("ship", "backup"):
        say(settings, command, tmp_path / command)
    other = f"sqlite://{tmp_path / 'other.db'}"
    CliRunner().invoke(main, ["--book", other, "init"])
    for command in ("ship", "backup"):
        said = CliRunner().invoke(main, ["--book", other, command, str(tmp_path / command)])
        assert (said.exit_code, "另一本账" in said.output) == (1, True), said.output


def test_a_shipper_ends_when_it_is_asked(settings: Settings, tmp_path: Path) -> None:
    """SIGTERM, as a service manager sends it: what is there is shipped, it says so and leaves with 0."""
    command = [sys.executable, "-c", "from web.cli import main; main()", "--book", settings.book]
    shipper = subprocess.Popen(
        [*command, "ship", str(tmp_path / "there"), "--follow"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        deadline = time.monotonic() + 60
        while not list((tmp_path / "there").glob("*.ndjson")):
            assert time.monotonic() < deadline, "nothing was shipped"
            time.sleep(0.05)
        shipper.send_signal(signal.SIGTERM)
        said, _ = shipper.communicate(timeout=60)
    finally:
        shipper.kill()
        shipper.wait()
    assert shipper.returncode == 0
    assert said.splitlines()[-1].startswith("✓ 送出")
