"""Lapsing: what was reserved and not fetched in time goes back by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from ledger.book import Book
from points.market import reservation_endings
from points.market.reservation_records import Reservation
from points.progress import Progress, quiet

AT_ONCE = 500
LATELY = timedelta(days=3)
_OVERDUE = """
SELECT r.id FROM market_reservation AS r
WHERE {which} AND r.until_at <= ?
    AND NOT EXISTS (SELECT 1 FROM market_reservation_end AS e WHERE e.reservation = r.id)
ORDER BY r.until_at, r.id LIMIT ?"""


async def sweep(book: Book, on: date | None = None, *, progress: Progress = quiet) -> int:
    """Let everything lapse whose time has come by now, or was over before the day `on`; how many did.

    It goes before expiry, which is then told the points that came back to a day that has passed. One that is picked up
    or cancelled in the same moment is not counted: it has ended.
    """
    begins = datetime.combine(on, time(), book.zone).astimezone(UTC) if on else book.now()
    until = max(book.now(), begins)
    lapsed = 0
    while found := await _overdue(book, "1 = 1", [], until):
        done = [await reservation_endings.lapse(book, row) for row in found]
        lapsed += sum(done)
        progress(lapsed, lapsed)
        if len(found) < AT_ONCE:
            break
    return lapsed


async def lately(book: Book) -> int:
    """The same of what was to be fetched within the last three days: as quick in a book of many years as in a new one,
    so it is done every minute. What nobody looked at for longer is left to the sweep."""
    return await _lapse(book, "r.until_at > ?", [book.now() - LATELY])


async def of_member(book: Book, member: str) -> int:
    """Let lapse what a member did not fetch: before they reserve anew. One statement where there is nothing."""
    return await _lapse(book, "r.member = ?", [member])


async def at_shop(book: Book, shop: int) -> int:
    """Let lapse what nobody fetched at a shop, so that it stands on the shelf again. One statement, as above."""
    return await _lapse(book, "r.shop = ?", [shop])


async def _lapse(book: Book, which: str, values: Sequence[str | int | datetime]) -> int:
    found = await _overdue(book, which, values, book.now())
    return sum([await reservation_endings.lapse(book, row) for row in found])


async def _overdue(
    book: Book, which: str, values: Sequence[str | int | datetime], until: datetime
) -> list[Reservation]:
    sql = _OVERDUE.format(which=which)
    rows = await book.reader.execute_query_dict(sql, [*values, until, AT_ONCE])
    found = Reservation.filter(id__in=[row["id"] for row in rows]).using_db(book.reader)
    return await found.order_by("until_at", "id")
