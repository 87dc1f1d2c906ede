"""Found a book: its first entry, the default rule book and the default catalogue."""

from __future__ import annotations

from datetime import date

from ledger import statements
from ledger.book import Book
from ledger.transactions import Receipt
from points.awards import rule_books, rule_text
from points.evidence import acts
from points.market import catalogue_files, items
from points.people import roles

FIRST = "book/1"


async def open_ledger(book: Book, *, vkey: str, on: date) -> Receipt:
    """The entry at position 1: this book begins, its zone, its chart of accounts and the key that signs its heads."""
    known = await statements.known(book.reader, [FIRST])
    if known:
        return known[FIRST]
    facts = {"chart": book.chart.digest, "key": vkey, "zone": str(book.zone)}
    return await acts.post(book, FIRST, ("book", "1"), facts, on=on)


async def settle(book: Book, *, on: date) -> tuple[int, int]:
    """Publish the default rule book and put up the default catalogue, where there is none.

    The catalogue's first prices begin with the first rule book, so that older events can be entered and redeemed.
    The answer: the version of the rule book in force, and how many items the catalogue has.
    """
    if not (await rule_books.shelf(book)).versions:
        await rule_books.publish(book, rule_text.default(), by=roles.SYSTEM, on=on)
    first = (await rule_books.shelf(book)).versions[0]
    await items.install(book, catalogue_files.default(), by=roles.SYSTEM, on=first.in_force_from)
    return (await rule_books.in_force(book, on)).version, len(await items.all_items(book))


async def has_admin(book: Book, on: date) -> bool:
    """Whether somebody can grant roles already; until then `system` does, on the command line."""
    return bool(await roles.holders(book, "admin", on))
