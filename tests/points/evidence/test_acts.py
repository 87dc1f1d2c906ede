"""Acts: entries in the ledger that move nothing, with evidence that can be checked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.evidence import acts
from points.evidence.models import Snapshot, SnapshotText
from points.evidence.snapshots import matches
from tests import books

ABOUT = ("walk", "7")
FACTS = {"by": "S-0001", "places": ["x", "y"]}


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """A fresh book."""
    async with books.fresh(tmp_path) as fresh:
        yield fresh


@pytest.mark.anyio
async def test_an_act_is_known_with_what_it_was_about(book: Book) -> None:
    """Before and after; its evidence is what was cited."""
    assert not await acts.known(book, "walk/a")
    receipt = await acts.post(book, "walk/a", ABOUT, FACTS)
    assert (receipt.repeated, await acts.known(book, "walk/a")) == (False, True)
    assert await acts.subject(book, "walk/a") == "7"
    cited = await Snapshot.get(id="walk/7", using_db=book.reader)
    text = await SnapshotText.get(snapshot="walk/7", using_db=book.reader)
    assert matches(cited.digest, text.salt, text.text)


@pytest.mark.anyio
async def test_what_was_asked_may_be_less_than_the_facts(book: Book) -> None:
    """A key made for the act is a fact; the same question again has another, and is the same question."""
    asked = {"by": "S-0001"}
    drafts = [acts.draft(book, "walk/b", ABOUT, {**asked, "key": key}, request=asked) for key in ("k1", "k2")]
    assert drafts[0].request == drafts[1].request
    assert drafts[0].evidence.digest != drafts[1].evidence.digest
    assert drafts[0].request != acts.draft(book, "walk/b", ABOUT, asked, request=FACTS).request


@pytest.mark.anyio
async def test_a_form_sent_again_with_something_else_is_refused(book: Book) -> None:
    """The same again is what was done; other content, or other words beside it, are refused, saying where it is."""
    assert await acts.before(book, "walk/c", FACTS) is None
    receipt = await acts.post(book, "walk/c", ABOUT, FACTS)
    done = await acts.before(book, "walk/c", FACTS)
    assert done == acts.Done("walk/c", receipt.position, "7")
    done.require(True)
    with pytest.raises(ReferenceConflict) as other:
        await acts.before(book, "walk/c", {**FACTS, "by": "S-0002"})
    assert other.value.facts == {"reference": "walk/c", "position": receipt.position}
    with pytest.raises(ReferenceConflict, match="先办的有效"):
        done.require(False)
