"""The command as people type it: in a process of its own, or within this one where that would be too slow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from web.cli import main

PROGRAM = Path(sys.executable).parent / "jishan"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on standard output; anything else there is an error."""
        read = json.loads(self.out)
        assert isinstance(read, dict)
        return read


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a process, without this one's settings, with the command on its path."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("JISHAN_")}
    return clean | {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"} | more


def run(*words: str, folder: Path, stdin: str = "", **env: str) -> Said:
    """Type it in a folder, with nothing set that is not named."""
    done = subprocess.run(
        [str(PROGRAM), *words],
        cwd=folder,
        env=surroundings(**env),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def call(*words: str, book: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Said:
    """The same within this process; what it raises beyond a sentence is raised here."""
    given = {"JISHAN_BOOK": f"sqlite://{book}", **(env or {})}
    with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright leaves a loop running in this one
        asked = thread.submit(
            CliRunner().invoke, main, list(words), input=stdin, env=given, prog_name="jishan"
        )
        result = asked.result()
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


def asked(*words: str, book: Path) -> dict[str, Any]:
    """What a command that must succeed says to a program."""
    said = call("--json", *words, book=book)
    assert said.status == 0, said
    return said.data
