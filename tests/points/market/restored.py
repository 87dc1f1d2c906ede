"""A market's book restored from the texts of its entries alone, as from segments: no rows, but the people came over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tortoise.models import Model

from ledger import replay, statements, tree
from ledger.book import Book
from ledger.merkle import leaf_hash
from ledger.replay import Entry
from points.people.models import Area, Member, RoleGrant
from tests import books
from tests.points.market.conftest import Town


@asynccontextmanager
async def restored(town: Town, folder: Path) -> AsyncIterator[Book]:
    """The restored book; people and areas are brought over, of a real restore they come from the backup."""
    async with books.fresh(folder, "restored.db") as book:
        await replay.replay(book, iter(await _texts(town.book)))
        models: tuple[type[Model], ...] = (Area, Member, RoleGrant)
        async with book.write() as db:
            for model in models:
                await model.bulk_create(await model.all().using_db(town.book.reader), using_db=db)
        yield book


async def _texts(book: Book) -> list[Entry]:
    found = []
    for position in range(1, await tree.head(book.reader) + 1):
        body = await statements.text_at(book.reader, position)
        assert body is not None
        found.append(Entry(position, body, leaf_hash(body), await tree.root_at(book.reader, position)))
    return found
