"""A closed year as it was kept: its text is the cited one, or it is said that it is not."""

from __future__ import annotations

import pytest

from points.awards.years import closed, closing
from tests.points.awards.town import ADMIN, KEEPER, LIUHE, SHAHU, Town

pytestmark = pytest.mark.anyio
YEAR = 2018
CHANGE = """
UPDATE evidence_snapshot_text SET text = replace(text, '"year":2018', '"year":2019') WHERE snapshot = ?"""


async def test_a_closed_year_is_read_from_what_was_kept(town: Town) -> None:
    """Another year, and another community, are open."""
    now = await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k1")
    done = await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    assert await closed.find(town.book, LIUHE, YEAR) == done
    assert await closed.is_closed(town.book, LIUHE, YEAR)
    for community, year in ((LIUHE, 2017), (SHAHU, YEAR)):
        assert await closed.find(town.book, community, year) is None
        assert not await closed.is_closed(town.book, community, year)
    assert (
        await closed.year_of(town.book, [f"fund/{LIUHE}/2018-07", "system/honour"], "2018-12-01")
        == f"{LIUHE}/2018"
    )
    assert await closed.year_of(town.book, [f"fund/{LIUHE}/2018-07"], "2019-01-01") is None
    assert await closed.year_of(town.book, ["system/honour"], "2018-12-01") is None


async def test_a_statement_that_was_changed_does_not_match(town: Town) -> None:
    """Somebody with the file changed a figure in the kept text: the page says so."""
    now = await closing.ask(town.book, LIUHE, YEAR, by=KEEPER, key="k1")
    await closing.confirm(town.book, LIUHE, YEAR, digest=now.digest, by=ADMIN)
    name = f"year/{LIUHE}/{YEAR}"
    async with town.book.write() as db:
        await db.execute_query(CHANGE, [name])
    found = await closed.find(town.book, LIUHE, YEAR)
    assert found is not None
    assert not found.whole
