"""Setting up: the stamp, the command and the words, in a tree made for the test; nothing is installed."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest

from tools import environment


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose path holds a space, with an environment that has no packages."""
    root = tmp_path / "积 善"
    (root / "web").mkdir(parents=True)
    (root / "web/__init__.py").touch()
    (root / "web/cli.py").write_text("import sys\n\n\ndef main():\n    print(sys.argv[1:])\n    return 7\n")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text("one==1 \\\n    --hash=sha256:00\n")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "VENV", root / ".venv")
    monkeypatch.setattr(environment, "PYTHON", root / ".venv/bin/python")
    locks = {"runtime": root / "requirements.txt", "dev": root / "requirements-dev.txt"}
    monkeypatch.setattr(environment, "LOCKS", locks)
    return root


def test_the_command_runs_from_anywhere_and_hands_on_its_exit_code(tree: Path, tmp_path: Path) -> None:
    """`.venv/bin/jishan` finds the project from a path with a space, past another `web` in the current folder."""
    (tmp_path / "web").mkdir()
    (tmp_path / "web/__init__.py").write_text("raise SystemExit('the wrong web')\n")
    environment.link_project()
    answer = subprocess.run(
        [tree / ".venv/bin/jishan", "balance", "王 秀兰"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stdout) == (7, "['balance', '王 秀兰']\n"), answer.stderr


def test_a_lock_is_installed_once_until_it_changes(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run installs nothing; a changed lock is installed again; `dev` holds all that `runtime` needs."""
    asked: list[str] = []
    monkeypatch.setattr(environment, "install", asked.append)
    for which in ("dev", "dev", "runtime"):
        environment.prepare(which)
    assert asked == ["dev"]
    (tree / "requirements.txt").write_text("one==2 \\\n    --hash=sha256:00\n")
    environment.prepare("runtime")
    assert asked == ["dev", "runtime"]


def test_an_installation_that_fails_is_not_taken_for_done(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip's last words are shown and no stamp is left, so that the next run tries again."""
    say_no = [sys.executable, "-c", "print('no such hash'); raise SystemExit(1)"]
    monkeypatch.setattr(environment, "pip", lambda: say_no)
    with pytest.raises(environment.SetupError, match="no such hash"):
        environment.prepare("runtime")
    assert not environment.stamp("runtime").exists()


def test_a_broken_environment_is_made_anew(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the Python it was made from is gone, `.venv` is made again and everything is installed again."""
    asked: list[str] = []
    monkeypatch.setattr(environment, "install", asked.append)
    environment.prepare("runtime")
    (tree / ".venv/bin/python").unlink()
    (tree / ".venv/bin/python").symlink_to("/nowhere/python3")
    environment.prepare("runtime")
    assert environment.runs(environment.PYTHON)
    assert asked == ["runtime", "runtime"]


def test_an_old_python_is_refused_in_a_sentence(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.10 gets a sentence with both versions, not a syntax error later."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 12, "final", 0))
    with pytest.raises(environment.SetupError, match=r"3\.11 .*3\.10\.12"):
        environment.prepare("runtime")


def test_words_are_compiled_when_they_are_newer(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue is compiled once; a mistake in it is named and leaves no half-made file behind."""
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    source = tree / "web/locale/en/LC_MESSAGES/jishan.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "善"\nmsgstr "good"\n'
    )
    environment.compile_words()
    made = source.with_suffix(".mo").stat().st_mtime_ns
    environment.compile_words()
    assert source.with_suffix(".mo").stat().st_mtime_ns == made
    source.with_suffix(".mo").unlink()
    source.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(environment.SetupError, match=r"jishan\.po"):
        environment.compile_words()
    assert not source.with_suffix(".mo").exists()


@pytest.mark.parametrize("live", [True, False])
def test_progress_is_for_terminals_only(
    live: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal sees `2/3 two`; a log sees nothing until the end; pip's words are kept for the case it fails."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: live)
    last: deque[str] = deque(maxlen=20)
    environment.show_progress(
        ["Collecting one==1 (from -r x)\n", "Collecting two==2\n", "Using cached\n"], 3, last
    )
    assert ("2/3 two" in capsys.readouterr().out) is live
    assert len(last) == 3
