"""Debian's programs for the tests: root installs what is missing, everybody else is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools import system

NOWHERE = system.Tool(packages=("nowhere",), commands=("no-such-command",), purpose="nothing")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that writes down what it is asked, fails on `install nowhere`, and is alone on the path."""
    log = tmp_path / "asked"
    apt = tmp_path / "apt-get"
    apt.write_text(
        f'#!/bin/sh\necho "$@" >> {log}\ncase "$*" in *nowhere*) echo E: unknown >&2; exit 100;; esac\n'
    )
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "TOOLS", {"nowhere": NOWHERE})
    return log


def test_root_installs_what_is_missing_and_goes_on_when_apt_cannot(
    asked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The package is named before, apt's complaint after, and the exit code is 0: the tests will say more."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert system.main() == 0
    update, install = asked.read_text().splitlines()
    assert update.endswith("update")
    assert install.endswith("--no-install-recommends nowhere")
    said = capsys.readouterr().out.splitlines()
    assert "nowhere" in said[0]
    assert said[1].endswith("E: unknown")


@pytest.mark.parametrize(("uid", "no_apt"), [(1000, ""), (0, "1")])
def test_nobody_else_touches_the_system(
    asked: Path, monkeypatch: pytest.MonkeyPatch, uid: int, no_apt: str
) -> None:
    """Without root, and for a root who said JISHAN_NO_APT=1, apt is not called."""
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setenv("JISHAN_NO_APT", no_apt)
    assert system.main() == 0
    assert not asked.exists()


def test_a_tool_is_there_when_all_of_it_is() -> None:
    """Commands are looked for on the path, files from the root; one that is missing makes the tool missing."""
    assert system.Tool(packages=("x",), commands=("sh",), files="etc/passwd", purpose="").present
    assert not system.Tool(packages=("x",), commands=("sh", "no-such-command"), purpose="").present
    assert not system.Tool(packages=("x",), files="etc/no-such-*", purpose="").present
