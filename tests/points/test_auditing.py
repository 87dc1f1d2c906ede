"""The list of everything that an audit looks at."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import audit
from points import auditing
from tests import books

pytestmark = pytest.mark.anyio


async def test_the_list_holds_the_ledgers_checks_and_the_houses(tmp_path: Path) -> None:
    """Each once, under its own name; an empty book passes them all."""
    async with books.fresh(tmp_path) as book:
        checks = auditing.checks(book, witness=None)
        names = [check.__name__ for check in checks]
        assert len(names) == len(set(names))
        assert {check.__name__ for check in audit.CHECKS} < set(names)
        assert {"evidence_matches", "pages_agree", "history_is_whole", "records_are_ours"} < set(names)
        assert (await audit.run(book.reader, checks, guards=book.guards)).findings == ()
