"""Both engines can do what keeping a book safe needs."""

from __future__ import annotations

import inspect

import pytest

from ledger import backups
from ledger.copying import Copier

VERBS = [name for name, verb in vars(Copier).items() if inspect.isfunction(verb) and not name.startswith("_")]


@pytest.mark.parametrize("engine", backups.ENGINES)
@pytest.mark.parametrize("verb", VERBS)
def test_an_engine_has_every_verb(engine: str, verb: str) -> None:
    """With the same arguments by the same names, so that whoever calls need not ask which it is."""
    wanted = list(inspect.signature(getattr(Copier, verb)).parameters)[1:]
    assert list(inspect.signature(getattr(backups.ENGINES[engine], verb)).parameters) == wanted


def test_a_copy_says_whose_it_is() -> None:
    """Each engine's copies have an ending of their own, and one of the names of its addresses."""
    assert len(VERBS) == 7
    endings = {(copier.NAME, copier.SUFFIX) for copier in backups.ENGINES.values()}
    assert endings == {("sqlite", ".db"), ("postgres", ".dump")}
