"""Every error is a sentence with its facts, and travels between processes."""

from __future__ import annotations

import pickle
import re

import pytest

from ledger import errors
from ledger.errors import BelowFloor, LedgerError


def kinds(root: type[LedgerError] = LedgerError) -> list[type[LedgerError]]:
    """The whole tree."""
    return [root, *(kind for child in root.__subclasses__() for kind in kinds(child))]


OURS = [kind for kind in kinds() if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", OURS)
def test_an_error_is_a_sentence_in_chinese_with_its_facts(kind: type[LedgerError]) -> None:
    """Its docstring is what a person reads, with every fact in its place and nothing left open."""
    names = re.findall(r"\{(\w+)\}", kind.__doc__ or "")
    error = kind(**{name: f"<{name}>" for name in names})
    assert re.search(r"[\u4e00-\u9fff].*。$", str(error)), str(error)
    assert "{" not in str(error)
    assert all(f"<{name}>" in str(error) for name in names)


def test_an_error_survives_pickling() -> None:
    """Kind, facts and sentence arrive."""
    error = BelowFloor(address="box/a", unit="points", available=1, amount=2)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.facts, str(again)) == (BelowFloor, error.facts, str(error))


def test_the_tree_in_the_file_is_the_tree() -> None:
    """The drawing at the head of the file names every kind, under the kind it is of."""
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ([│├└─ ]*)(\w+)", line):
            depth = len(found[1]) // 4
            above[depth:] = [found[2]]
            drawn[found[2]] = above[depth - 1] if depth else "Exception"
    assert drawn == {kind.__name__: kind.__base__.__name__ for kind in OURS if kind.__base__}
