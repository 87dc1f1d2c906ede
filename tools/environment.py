"""Makes `.venv` and keeps it as the locks say: `python3 tools/environment.py runtime|dev`. Standard library only.

A plain Debian has python3 and pip but neither venv's ensurepip nor git nor a compiler, so:

* without ensurepip the environment is made empty and the system's pip installs into it (`pip --python`);
* every file must carry a hash written in the lock, and only wheels are taken: an sdist would be built by tools
  that no lock names;
* the project itself is a line in `jishan.pth` and a five-line `jishan` command: nothing is built to run it.

pip's own configuration (index, mirror, proxy, certificates) is the user's and is left as it is. A stamp beside each
finished installation makes the next run a matter of milliseconds.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
CONTAINS = {"runtime": ["runtime"], "dev": ["dev", "runtime"]}
NAMES = {
    "runtime": ("运行所需", "what Jishan runs on"),
    "dev": ("测试与检查所需", "what its tests and checks need"),
}
OLDEST = (3, 11)
COMMAND = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
The `jishan` command of this working tree: first a line of sh, for a path may hold spaces; the rest is Python.
'''
import sys
from web.cli import main
sys.exit(main())
"""


class SetupError(Exception):
    """What stops the set-up, as the sentence the person at the terminal reads."""


def main(arguments: list[str]) -> int:
    """Bring `.venv` to what the named lock says: 0; 1 with a sentence when it cannot be done, 2 for a wrong call."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print(f"usage: {Path(__file__).name} {'|'.join(LOCKS)}", file=sys.stderr)
        return 2
    try:
        tree = os.open(ROOT, os.O_RDONLY)
        fcntl.flock(tree, fcntl.LOCK_EX)  # two makes at once take turns; the lock ends with this process
        prepare(arguments[0])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare(which: str) -> None:
    """Make the environment if it is missing or broken, install the lock unless that was done, compile the words."""
    check_python()
    if not runs(PYTHON):
        make_environment()
    if not installed(which):
        install(which)
        link_project()
        for name in CONTAINS[which]:
            stamp(name).write_text(fingerprint(name))
    compile_words()


def installed(which: str) -> bool:
    """Whether an installation of exactly this lock, in exactly this place, was finished."""
    return stamp(which).is_file() and stamp(which).read_text() == fingerprint(which)


def stamp(which: str) -> Path:
    """The file that says an installation was finished."""
    return VENV / f"jishan-{which}.stamp"


def check_python() -> None:
    """Refuse a Python too old to run the product."""
    if sys.version_info < OLDEST:
        need, have = ".".join(map(str, OLDEST)), ".".join(map(str, sys.version_info[:3]))
        raise SetupError(
            f"需要 Python {need} 以上，这里是 {have}。 Python {need} or newer is needed; this is {have}."
        )


def runs(python: Path) -> bool:
    """Whether this interpreter starts: an environment outlives the Python it was made from."""
    return python.exists() and works(python, "-c", "")


def works(*command: str | Path) -> bool:
    """Whether a command ends well; what it says does not matter."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def make_environment() -> None:
    """Make an empty `.venv`, with a pip of its own where Python carries one."""
    say("正在创建 .venv …", "Creating .venv …")
    options = ["--clear"] if works(sys.executable, "-c", "import ensurepip") else ["--clear", "--without-pip"]
    command = [sys.executable, "-m", "venv", *options, str(VENV)]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode:
        raise SetupError(f"不能创建 .venv。 Cannot create .venv:\n{made.stdout}{made.stderr}")


def fingerprint(which: str) -> str:
    """What an installation depends on: the lock, the place of the tree, and this file."""
    parts = [LOCKS[which].read_bytes(), str(ROOT).encode(), Path(__file__).read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install(which: str) -> None:
    """Install a lock's packages with pip, counting them as they come; on failure show the end of what pip said."""
    total = len(re.findall(r"(?m)^[\w.-]+==", LOCKS[which].read_text()))
    chinese, english = NAMES[which]
    say(f"正在安装{chinese}的软件包（{total} 个）…", f"Installing {english} ({total} packages) …")
    options = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--no-user", "--no-input"]
    options += ["--disable-pip-version-check", "--progress-bar=off", "-r", str(LOCKS[which])]
    last_lines: deque[str] = deque(maxlen=20)
    command = [*pip(), "install", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None, "asked for above"
        show_progress(process.stdout, total, last_lines)
    if process.returncode:
        raise SetupError(
            "安装没有成功，pip 最后说： Installing failed; pip's last words:\n" + "".join(last_lines)
        )


def pip() -> list[str | Path]:
    """The environment's own pip, or the system's working on it from outside, or one that Python carries."""
    own: list[str | Path] = [PYTHON, "-m", "pip"]
    system: list[str | Path] = [sys.executable, "-m", "pip", "--python", PYTHON]
    for command in (own, system):
        if works(*command, "--version"):
            return command
    if works(PYTHON, "-m", "ensurepip"):  # python3-venv came after the environment was made
        return own
    raise SetupError(
        "这里没有 pip（22.3 以上）。管理员可运行： There is no pip (22.3 or newer). An administrator can run:\n"
        "    apt-get install python3-pip"
    )


def show_progress(lines: Iterable[str], total: int, last_lines: deque[str]) -> None:
    """Count packages on one line of a terminal; in a log stay quiet. `last_lines` keeps the end of it all."""
    done, live = 0, sys.stdout.isatty()
    for line in lines:
        last_lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ", "Ignoring ")):
            done += 1
            if live:
                print(f"\r    {done}/{total} {line.split('==')[0].split()[-1]}\033[K", end="", flush=True)
    if live:
        print("\r\033[K", end="", flush=True)


def link_project() -> None:
    """Put this tree on the environment's path and the `jishan` command beside its Python."""
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run(
        [PYTHON, "-c", query], capture_output=True, text=True, check=True
    ).stdout.strip()
    (Path(packages) / "jishan.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "jishan"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def compile_words() -> None:
    """Compile each message catalogue that is newer than its compiled form."""
    for source in sorted(ROOT.glob("web/locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            command = [
                str(PYTHON),
                "-m",
                "babel.messages.frontend",
                "compile",
                "-i",
                str(source),
                "-o",
                str(compiled),
            ]
            answer = subprocess.run(command, check=False, capture_output=True, text=True)
            if answer.returncode:
                compiled.unlink(missing_ok=True)
                raise SetupError(f"不能编译词表 {source.name}。 Cannot compile it:\n{answer.stderr}")


def say(chinese: str, english: str) -> None:
    """One line about what is being done, in both languages."""
    print(f"{chinese} {english}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
