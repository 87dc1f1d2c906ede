"""Plant a fault in a copy of the product and attack that: an attack that then still passes is worth nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.figures import figure

ROOT = Path(__file__).resolve().parent.parent.parent
COPIED = (
    "ledger",
    "alembic_like_migrations",
    "tests/attack",
    "tests/ledger/drafts.py",
    "tests/figures.py",
    "tests/patience.py",
)
"""What the attacks need; they bring their own chart, so points and web stay at home."""
OURS_SECONDS = 280


@dataclass(frozen=True)
class Change:
    """In `file` the text `right`, which stands there exactly once, becomes `wrong`."""

    file: str
    right: str
    wrong: str


@dataclass(frozen=True)
class Fault:
    """What is wrong, the changes that make it so, and the attack (module and arguments) that must notice it."""

    name: str
    attack: tuple[str, ...]
    changes: tuple[Change, ...]


def plant(fault: Fault, folder: Path, *, copied: Iterable[str] = COPIED) -> Path:
    """Copy the tree into a folder, with the fault in it; refuse a text that does not stand exactly once.

    What Python has compiled of it comes along, but for the files with the fault.
    """
    for name in copied:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    for change in fault.changes:
        broken = folder / change.file
        text = broken.read_text(encoding="utf-8")
        times = text.count(change.right)
        assert times == 1, f"{change.file} holds {times} times: {change.right}"
        broken.write_text(text.replace(change.right, change.wrong), encoding="utf-8")
        for compiled in (broken.parent / "__pycache__").glob(f"{broken.stem}.*"):
            compiled.unlink()
    return folder


def run(tree: Path, module: str, *arguments: str, minutes: int = 1) -> subprocess.CompletedProcess[str]:
    """Run an attack as a program in a tree, for a minute at most (an hour in full), or so many times as long.

    A broken product may hang. Ours does not, and may have as long as a test has: the machine may be busy.
    """
    short = OURS_SECONDS if tree == ROOT else 60 * minutes
    command = [
        "timeout",
        str(figure(short=short, full=3600 * minutes)),
        sys.executable,
        "-m",
        f"tests.attack.{module}",
        *arguments,
    ]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
