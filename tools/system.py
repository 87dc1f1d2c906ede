"""Programs from Debian that some tests need: `python3 tools/system.py` installs, as root, those that are missing.

Without root, or where apt cannot, nothing is installed and nothing fails: the suites that need them say so themselves
(tests/needs.py). `JISHAN_NO_APT=1` keeps root's hands off as well. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

APT = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
LONGEST_SECONDS = 900


@dataclass(frozen=True, kw_only=True)
class Tool:
    """Programs or files of the system: the Debian packages they come in, and where they must be found."""

    packages: tuple[str, ...]
    commands: tuple[str, ...] = ()
    files: str = ""
    purpose: str

    @property
    def present(self) -> bool:
        """Whether every command is on the path and a file matches the pattern (from `/`)."""
        return all(map(shutil.which, self.commands)) and (not self.files or any(Path("/").glob(self.files)))


TOOLS = {
    "chromium": Tool(
        packages=(
            "chromium",
            "libatomic1",
        ),  # the second is for Playwright's driver; a minimal Debian lacks it
        commands=("chromium",),
        files="usr/lib/*/libatomic.so.1",
        purpose="pages in a real browser",
    ),
    "fonts": Tool(
        packages=("fonts-noto-cjk",),
        files="usr/share/fonts/**/NotoSansCJK*",
        purpose="Chinese characters in that browser, and in the PDF of a certificate",
    ),
    "pango": Tool(
        packages=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        files="usr/lib/*/libpangoft2-1.0.so.0",
        purpose="certificates as PDF",
    ),
    "go": Tool(
        packages=("golang-go", "golang-golang-x-mod-dev"),
        commands=("go",),
        files="usr/share/gocode/src/golang.org/x/mod/sumdb/tlog/tlog.go",
        purpose="a second opinion on the log: the notes and proofs of Go's checksum database",
    ),
    "hledger": Tool(
        packages=("hledger",), commands=("hledger",), purpose="a second opinion on the exported journal"
    ),
    "postgresql": Tool(
        packages=("postgresql",),
        files="usr/lib/postgresql/*/bin/initdb",
        purpose="the second engine, tried on a server of the tests' own",
    ),
    "strace": Tool(
        packages=("strace",), commands=("strace",), purpose="what a program asks of the disk, seen and failed"
    ),
    "poppler": Tool(packages=("poppler-utils",), commands=("pdfinfo", "pdftotext"), purpose="printed pages"),
}


def main() -> int:
    """Install what is missing if this is root on a Debian; always 0, for a missing tool only skips its tests."""
    missing = [package for tool in TOOLS.values() if not tool.present for package in tool.packages]
    if missing and os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("JISHAN_NO_APT"):
        names = " ".join(missing)
        print(f"正在安装测试用的系统软件：{names} …  Installing for the tests: {names} …", flush=True)
        problem = install(missing)
        if problem:
            print(
                f"没有装上，相关测试将跳过。 Not installed, their tests will be skipped: {problem}",
                flush=True,
            )
    return 0


def install(packages: list[str]) -> str:
    """Install Debian packages without asking anything; the last line of apt's complaint, or nothing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        try:
            answer = subprocess.run(
                [*APT, *arguments],
                check=False,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=LONGEST_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return f"apt-get {arguments[0]}: more than {LONGEST_SECONDS} s"
        if answer.returncode:
            return (answer.stderr or answer.stdout).strip().rpartition("\n")[2]
    return ""


if __name__ == "__main__":
    sys.exit(main())
