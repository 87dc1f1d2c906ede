"""After a restore from texts alone: whoever asks again under an old reference is told what is not there."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger import replay, statements, tree
from ledger.book import Book
from ledger.encoding import leaf_hash
from ledger.errors import RowsLost
from ledger.segments import Entry
from ledger.transactions import Receipt
from points.awards import corrections, vesting
from points.awards.models import Correction, Verification
from points.awards.vesting import Swept
from points.district import open_district
from points.evidence import snapshots
from points.market import baskets, catalogue_files, counter, deliveries, items, shops
from points.market.models import Shop
from points.openness import notices
from points.people import roles
from tests import books, postgres
from tests.ledger.drafts import draft
from tests.points.awards import town as towns
from tests.points.awards.test_corrections import CLOSES, REASON, V1, award
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, LIUHE, ON, PUBLISHER, Town

pytestmark = pytest.mark.anyio
COUNTER = "S-0007"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town where an award vested and soap was bought."""
    async with towns.fresh(tmp_path) as it:
        await it._enrol({COUNTER})
        for member, role in ((COUNTER, "counter"), (KEEPER, "stock_keeper")):
            await roles.grant(it.book, member=member, role=role, area=None, by=ADMIN, on=LAID_OUT)
        await items.install(it.book, catalogue_files.default(), by="system", on=LAID_OUT)
        await award(it)
        await notices.publish(it.book, DISTRICT, by=PUBLISHER, on=ON)
        await vesting.sweep(it.book, CLOSES)
        yield it


async def shop_of(book: Book) -> Shop:
    """The one shop, opened if it is not there."""
    return await shops.open_shop(book, "积善超市", area=LIUHE, hours="", by=ADMIN, on=LAID_OUT)


async def receive(book: Book, shop: Shop) -> None:
    """Soap, under one key."""
    await deliveries.receive(book, shop, {1: 5}, document="单", by=KEEPER, on=ON, key="d1")


async def redeem(book: Book, shop: Shop) -> None:
    """One soap, under one key."""
    basket = baskets.of({1: 1})
    await counter.redeem(book, shop, V1, basket, by=COUNTER, key="r1", on=CLOSES, found_by="card")


async def entries(book: Book, after: int) -> list[Entry]:
    """The texts after a position, as a segment has them."""
    found = []
    for position in range(after + 1, await tree.head(book.reader) + 1):
        body = await statements.text_at(book.reader, position)
        assert body is not None
        found.append(Entry(position, body, leaf_hash(body), await tree.root_at(book.reader, position)))
    return found


async def test_what_is_asked_again_is_told_that_its_rows_are_lost(town: Town, tmp_path: Path) -> None:
    """A backup, then a delivery, a redemption and a correction, of which only the texts come back.

    Each of them asked again is refused by its position; nothing is written, and nothing passes for done.
    """
    shop, size = await shop_of(town.book), await town.head() + 1
    (verified,) = await Verification.all().using_db(town.book.reader)
    reference = verified.reference or ""
    with closing(sqlite3.connect(town.book.path)) as file, closing(sqlite3.connect(tmp_path / "b.db")) as to:
        file.backup(to)
    await receive(town.book, shop)
    await redeem(town.book, shop)
    await corrections.correct(town.book, reference, REASON, by=PUBLISHER, on=CLOSES)
    segment = await entries(town.book, size - 1)
    async with open_district(f"sqlite://{tmp_path / 'b.db'}") as book:
        await replay.replay(book, iter(segment))
        again = (
            receive(book, shop),
            redeem(book, shop),
            corrections.correct(book, reference, REASON, by=PUBLISHER, on=CLOSES),
        )
        for position, work in enumerate(again, size):
            with pytest.raises(RowsLost) as told:
                await work
            assert told.value.facts["position"] == position
        assert not await Correction.all().using_db(book.reader)
        assert await tree.head(book.reader) == size + 2


async def test_an_award_that_vested_and_lost_its_row_waits_where_it_can_be_seen(
    town: Town, tmp_path: Path
) -> None:
    """Its notice is there, so that only its own row tells: a sweep says that one award waits, each time."""
    await award(town, days=1)
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    size = await town.head()
    with closing(sqlite3.connect(town.book.path)) as file, closing(sqlite3.connect(tmp_path / "b.db")) as to:
        file.backup(to)
    assert (await vesting.sweep(town.book, CLOSES)).vested == 1
    segment = await entries(town.book, size)
    async with open_district(f"sqlite://{tmp_path / 'b.db'}") as book:
        await replay.replay(book, iter(segment))
        for _ in range(2):
            assert await vesting.sweep(book, CLOSES) == Swept(waiting=1)


@pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)
async def test_the_journal_tells_on_both_engines(engine: str, tmp_path: Path) -> None:
    """One entry whose rows came with it, and again: the same receipt. Its text alone in another book: RowsLost.

    What came without rows has lost none.
    """
    async with books.fresh(tmp_path, "one.db") as one, books.fresh(tmp_path, "other.db") as other:
        evidence, rows = snapshots.take("note", "1", {"said": "this"}, at=one.now())
        with_rows = draft("with", kind="act", evidence=evidence, rows=rows)
        without = draft("without", kind="act", evidence=evidence)
        for number, each in enumerate((with_rows, without), 1):
            first = await one.journal.post(each)
            again = await one.journal.post(each)
            assert (first.position, again) == (number, first._replace(repeated=True))
        await replay.replay(other, iter(await entries(one, 0)))
        told = await other.journal.post_all([with_rows, without])
        assert [type(each) for each in told] == [RowsLost, Receipt]
        with pytest.raises(RowsLost):
            await other.journal.post(with_rows)
        with pytest.raises(RowsLost):
            await other.journal.post_together([without, with_rows])
