"""The growing edge of the tree has the root that the whole tree has."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ledger import tree, verify
from ledger.frontier import Frontier
from ledger.merkle import EMPTY_ROOT
from tests.ledger import drafts
from tests.ledger.copies import fill

LEAVES = [hashlib.sha256(str(number).encode()).digest() for number in range(300)]


def test_each_root_is_the_root_of_the_leaves_so_far() -> None:
    """After every append, the root is what the definition gives for that many leaves."""
    frontier = Frontier()
    assert frontier.root == EMPTY_ROOT
    for size, leaf in enumerate(LEAVES, 1):
        frontier.append(leaf)
        assert (frontier.size, frontier.root) == (size, verify.subtree(LEAVES[:size]))


def test_a_frontier_without_its_hashes_is_refused() -> None:
    """A size of five takes two hashes."""
    with pytest.raises(AssertionError, match="one hash"):
        Frontier(5, [LEAVES[0]])


@pytest.mark.anyio
@pytest.mark.parametrize("size", [0, 1, 255, 256, 300])
async def test_it_goes_on_from_the_tiles_of_a_book(size: int, tmp_path: Path) -> None:
    """Taken from a book's tiles at any size and moved on over its leaves, it ends at the book's root."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 300)
        frontier = await tree.frontier(book.reader, size)
        assert frontier.root == await tree.root_at(book.reader, size)
        rows = await book.reader.execute_query_dict(
            "SELECT leaf FROM ledger_transaction WHERE position > ? ORDER BY position", [size]
        )
        for row in rows:
            frontier.append(bytes(row["leaf"]))
        assert frontier.root == await tree.root_at(book.reader, 300)
