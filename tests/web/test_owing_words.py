"""What is owed in a member's statement: why, what it settled, and how much is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import corrections, purse
from points.awards.models import Verification
from tests.web.guests import Guests, links, visiting, words


async def spent_and_corrected(book: Book, contribution: str) -> None:
    """王秀兰 spent all she had, and then an award of hers turns out wrong."""
    today, evidence = book.today(), Evidence("test", "1", encoding.digest("test"))
    for number, (day, points) in enumerate(await purse.spendable(book, "V-000001", today)):
        posting = Posting(chart.until("V-000001", day), "shop/1/taken", points, chart.POINTS)
        await book.journal.post(
            Draft(f"test/{number}", "redeem", evidence, today, evidence.digest, (posting,))
        )
    row = await Verification.get(contribution=contribution, using_db=book.reader)
    await corrections.correct(book, row.reference or "", "wrong_sum", by="S-0003", on=today)


@pytest.fixture
def guests(tmp_path: Path) -> Iterator[Guests]:
    """A town of one's own."""
    with visiting(tmp_path) as opened:
        yield opened


def test_what_is_owed_is_said_in_plain_words(guests: Guests) -> None:
    """On the first page one sentence that leads to the statement, where each line opens the award behind it."""
    wang = guests.by("王秀兰")
    path = links(wang.get("/statement"), "/awards/")[0]
    assert "待补" not in words(wang.get("/points"))
    guests.run(spent_and_corrected, guests.book, path.rsplit("/", 1)[1])
    assert "已经用掉，以后得的先补上" in words(wang.get("/points"))
    page = wang.get("/statement")
    assert "更正时已经用掉的" in words(page)
    assert path in links(page.split('id="owed"')[1], "/awards/")
