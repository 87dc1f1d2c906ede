"""Households that became part of another: what they earned together stays where it is, and the other spends it."""

from __future__ import annotations

from ledger.book import Book

_ABSORBED = """
WITH RECURSIVE came (household) AS (
    SELECT CAST(? AS VARCHAR)
    UNION SELECT o.before FROM came
    JOIN people_household_change_line AS o ON o.after = came.household
    JOIN people_household_change AS c ON c.id = o.change
    WHERE c.what = 'merged' AND o.before IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM people_household_change AS u WHERE u.undoes = c.id)
        AND NOT EXISTS (SELECT 1 FROM people_household_join AS j WHERE j.household = o.before
        AND j.id = (SELECT l.id FROM people_household_join AS l WHERE l.member = j.member
            ORDER BY l.joined_on DESC, l.id DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM people_ending AS e WHERE e.joined = j.id)))
SELECT household FROM came WHERE household <> ? ORDER BY household"""


async def by(book: Book, household: str) -> list[str]:
    """The households that were merged into this one, and into those, by merges that stand; where somebody lives again,
    that household spends for itself. One statement.

    Their accounts move nowhere: what is on notice there vests there, corrections find it, and a merge that is undone
    has only to stop counting. A trigger asks the same once more of whatever is spent (`market/0012_absorbed`).
    """
    rows = await book.reader.execute_query_dict(_ABSORBED, [household, household])
    return [str(row["household"]) for row in rows]
