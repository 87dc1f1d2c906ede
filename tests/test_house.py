"""The rules of the house that a machine can keep. Each failure names the file and what to do about it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = "alembic_like_migrations"
FLOORS = {
    "ledger": {"ledger"},
    "points": {"points", "ledger", SCHEMA},
    "web": {"web", "points", "ledger", SCHEMA},
}
PRODUCT = (*FLOORS, SCHEMA)
OURS = {*PRODUCT, "benchmarks"}
"""Packages of this tree; `jishan bench` runs the one that measures the others."""
MOST_LINES_IN_A_FILE = 300
MOST_LINES_IN_A_FUNCTION = 50
LONGER = {"ledger/verify.py": (320, "an auditor is handed one file, so it can never become two")}

# Product modules without a test at the mirrored path, and why that is right. One that has its test leaves the list.
UNMIRRORED = {
    "*/models.py": "tables only; the tests of the migrations hold them against the real schema",
    "*records.py": "tables only, as models.py",
    "*errors.py": "sentences only; each is met in the test of the module that raises it",
    "web/doors/*.py": "lists only; tests/web/test_routes.py reads them through the site map",
}

# Put together here, so that this file does not break its own rule.
FOREIGN = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "python" + "hosted",
            "npm" + r"js\.(org|com)",
            "deb" + r"\.debian\.org",
            r"(?<!emit-)index" + r"-url\b",
        ]
    )
)
MACHINE = re.compile(r"(?<![\w./:])/(work|root|home|Users|opt)/\w")
PUT_OFF = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
OPENINGS = {
    ".sql": ("--",),
    ".css": ("/*", "@charset"),
    ".js": ("/*", "//", '"use strict"'),
    ".sh": ("#!",),
    ".toml": ("#",),
}


@cache
def files() -> tuple[Path, ...]:
    """The project's files, from the root: what git knows or would add; without git, what is not hidden or made."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = [
            str(path) for path in found if not (hidden(path) or re.search(r"\.(db|key|mo|pyc)\b", path.name))
        ]
    return tuple(sorted(Path(name) for name in names if name and (ROOT / name).is_file()))


def hidden(path: Path) -> bool:
    """Whether a path lies in a folder that tools made."""
    made = {"__pycache__", "var", "build", "dist"}
    return any(part in made or (part.startswith(".") and part != ".ci") for part in path.parts[:-1])


def texts() -> Iterator[tuple[Path, str]]:
    """Each file that is a text, with its text."""
    for path in files():
        try:
            yield path, (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@cache
def modules(*tops: str) -> dict[Path, ast.Module]:
    """The syntax tree of each Python file under these folders; of all Python files when none is named."""
    return {
        path: ast.parse((ROOT / path).read_text(encoding="utf-8"))
        for path in files()
        if path.suffix == ".py" and (not tops or path.parts[0] in tops)
    }


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted names a module imports, `from a import b` as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names)


def test_there_is_a_house_to_look_at() -> None:
    """The checks below see the product; were the list of files empty, all of them would pass."""
    assert {"Makefile", "pyproject.toml", "tests/test_house.py", "ledger/encoding.py"} <= {
        str(path) for path in files()
    }
    assert len(modules("ledger")) > 3


def test_imports_go_one_way() -> None:
    """web → points → ledger, never back, never from tests or tools: a floor can be read without those above it."""
    known = {*PRODUCT, "tests", "tools"}
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules(*FLOORS).items()
        for name in imports(tree)
        if name.split(".")[0] in known - FLOORS[path.parts[0]]
    ]
    assert_none(wrong)


def test_pages_write_only_through_points() -> None:
    """web reads from the ledger, but nothing in web posts to it."""
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules("web").items()
        for name in imports(tree)
        if name.startswith("ledger.journal")
    ]
    assert_none(wrong)


BEGINNERS = {
    "in_transaction",
    "_in_transaction",
    "atomic",
    "get_or_create",
    "update_or_create",
    "execute_script",
}
"""What of Tortoise begins, or commits, a transaction of its own."""


def test_only_a_book_begins_transactions() -> None:
    """A verb that began one inside Book.write would part its rows from its entry, or lock the writer for ever.

    Migrations are run by Tortoise itself, before anybody has the book open.
    """
    wrong = [
        f"{path} uses {name}: write single statements inside Book.write"
        for path, tree in modules(*FLOORS).items()
        if path != Path("ledger/one_transaction.py")
        for node in ast.walk(tree)
        for name in names_in(node)
        if name in BEGINNERS
    ]
    assert_none(wrong)


def names_in(node: ast.AST) -> Iterator[str]:
    """The names a node uses: an attribute (sqlite3's `in_transaction` only tells), a plain name, what is imported."""
    if isinstance(node, ast.Attribute) and node.attr != "in_transaction":
        yield node.attr
    if isinstance(node, ast.Name):
        yield node.id
    if isinstance(node, ast.ImportFrom):
        yield from (name.name for name in node.names)
        if node.module == "tortoise.transactions":
            yield "in_transaction"


def test_the_auditors_tool_stands_alone() -> None:
    """ledger/verify.py is copied into every export and must run with nothing but Python."""
    tree = modules("ledger").get(Path("ledger/verify.py"), ast.Module([], []))
    assert [name for name in imports(tree) if name.split(".")[0] not in sys.stdlib_module_names] == []


def test_what_the_product_imports_is_locked_by_name() -> None:
    """A package imported directly is in requirements.in itself, not there by the grace of another package."""
    lines = (ROOT / "requirements.in").read_text().splitlines()
    named = {normal(re.split(r"[\[>=<~ #]", line)[0]) for line in lines if line and line[0] != "#"}
    owners = packages_distributions()
    wrong = set()
    for path, tree in modules(*PRODUCT).items():
        for top in {name.split(".")[0] for name in imports(tree)} - sys.stdlib_module_names - OURS:
            if not {normal(owner) for owner in owners.get(top, [])} & named:
                wrong.add(f"{path} imports {top}")
    assert_none(sorted(wrong))


def test_files_and_functions_are_short() -> None:
    """A product file holds one noun, in at most 300 lines; a function does one thing, in at most 50."""
    wrong = []
    for path, tree in modules(*PRODUCT).items():
        written = path.match("alembic_like_migrations/*/0*.py")  # by makemigrations, not by hand
        most, _why = LONGER.get(str(path), (MOST_LINES_IN_A_FILE, ""))
        if not written and (lines := len((ROOT / path).read_text().splitlines())) > most:
            wrong.append(f"{path} has {lines} lines: it is two nouns")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_IN_A_FUNCTION:
                    wrong.append(f"{path}:{node.lineno} {node.name} has {lines} lines")
    assert_none(wrong)


def test_every_module_has_its_test() -> None:
    """points/market/counter.py is tested in tests/points/market/test_counter.py; exceptions are reasoned above."""
    there = {str(path) for path in files()}
    wrong = []
    for path in modules(*FLOORS):
        test = Path("tests") / path.parent / f"test_{path.stem.strip('_')}.py"
        excused = any(fnmatch(str(path), pattern) for pattern in UNMIRRORED)
        if path.name != "__init__.py" and not excused and str(test) not in there:
            wrong.append(f"{path} has no {test}")
    assert_none(wrong)


def test_no_exception_outlives_its_reason() -> None:
    """A pattern in UNMIRRORED that excuses no module is taken out."""
    wanting = [str(path) for path in modules(*FLOORS)]
    assert [pattern for pattern in UNMIRRORED if not any(fnmatch(path, pattern) for path in wanting)] == []


def test_every_file_says_what_it_is_for() -> None:
    """A Python file opens with a docstring; SQL, styles, scripts and settings open with a comment."""
    wrong = [str(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    wrong += [
        str(path)
        for path, text in texts()
        if path.suffix in OPENINGS
        and "vectors" not in path.parts
        and not text.startswith(OPENINGS[path.suffix])
    ]
    assert_none(wrong)


def test_packages_hold_no_code() -> None:
    """An `__init__.py` is empty or holds one docstring: `from points.market import counter` and nothing is hidden."""
    wrong = [
        str(path)
        for path, tree in modules(*PRODUCT).items()
        if path.name == "__init__.py" and len(tree.body) > bool(ast.get_docstring(tree))
    ]
    assert_none(wrong)


def test_nothing_is_put_off() -> None:
    """What is not done is an issue, not a mark in a file."""
    assert_none(found(PUT_OFF))


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Where packages come from is the configuration of whoever installs; where the tree lies is nobody's business."""
    assert_none(found(FOREIGN) + found(MACHINE))


def assert_none(findings: list[str]) -> None:
    """Fail with every finding on a line of its own."""
    if findings:
        pytest.fail("\n".join(findings), pytrace=False)


def found(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern occurs, as `file:line text`."""
    return [
        f"{path}:{number} {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_every_locked_package_has_hashes() -> None:
    """Each pin of both locks is followed by hashes, so that pip refuses a file nobody has seen."""
    for lock in ("requirements.txt", "requirements-dev.txt"):
        blocks = re.split(r"(?m)^(?=[a-z])", (ROOT / lock).read_text())
        pins = [block for block in blocks if "==" in block]
        assert len(pins) > 20
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_tests_run_on_what_the_product_runs_on() -> None:
    """Each pin of requirements.txt stands, the same, in requirements-dev.txt: `make lock` was run for both."""
    runtime, dev = (pins((ROOT / name).read_text()) for name in ("requirements.txt", "requirements-dev.txt"))
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}


def pins(lock: str) -> dict[str, str]:
    """The versions a lock names."""
    return dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", lock))


def normal(name: str) -> str:
    """A package's name as the locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()
