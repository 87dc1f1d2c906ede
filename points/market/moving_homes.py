"""What those who live together took while they lived elsewhere: a household's limit of a period counts that too.

Whoever moves brings along what they had in the period, and what was had in the home they left goes on counting there:
so nobody has more by moving, and nobody who stays has more because somebody left. It is read from the entries: whose
account a limit was drawn from says where the one who took it lived.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection
from datetime import date

from ledger.book import Book
from points import chart
from points.people import households
from points.people.models import HouseholdJoin
from points.people.records import Ending
from points.people.twice import merges

_DRAWN = re.compile(
    r"(?:household/[^/]+/cap/item-(?P<item>\d+)|member/[^/]+/cap/item-(?P<own>\d+)-home):\d+/(?P<period>.+)"
)
_TAKEN = """
WITH entries AS (
    SELECT x.position FROM market_redemption AS r JOIN ledger_transaction AS x ON x.reference = r.reference
    WHERE r.member IN (SELECT value FROM json_each(?)) AND r.redeemed_on >= ?
        AND NOT EXISTS (SELECT 1 FROM ledger_transaction AS u WHERE u.reverses = x.position)
    UNION ALL SELECT x.position FROM market_reservation AS h JOIN ledger_transaction AS x ON x.reference = h.reference
    WHERE h.member IN (SELECT value FROM json_each(?)) AND h.made_on >= ?
        AND NOT EXISTS (SELECT 1 FROM market_reservation_end AS e WHERE e.reservation = h.id))
SELECT s.address, sum(p.amount) AS amount FROM entries AS x
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
JOIN ledger_account AS s ON s.id = p.source WHERE p.unit = ? GROUP BY s.address"""


async def taken_elsewhere(
    book: Book, member: str, home: str | None, since: date, here: Collection[str]
) -> Counter[tuple[int, str]]:
    """How many of each item, by (item, period), those who live with a member now drew from the limits of other homes.

    `home` is the household, None for one of their own; `since` is the first day of the longest period that is asked
    about, and `here` are the accounts of this home, which count by themselves. What was undone or given back is not
    among it. Five statements where nobody moved since, eight at most.
    """
    there = await households.members_of(book, home) if home else [member]
    movers = await _moved_since(book, there, since)
    found: Counter[tuple[int, str]] = Counter()
    if not movers:
        return found
    numbers = json.dumps(sorted(movers))
    values = [numbers, since.isoformat(), numbers, since.isoformat(), chart.CAP]
    for row in await book.reader.execute_query_dict(_TAKEN, values):
        read = _DRAWN.fullmatch(row["address"])
        if read and row["address"] not in here:
            found[int(read["item"] or read["own"]), read["period"]] += int(row["amount"])
    return found


async def _moved_since(book: Book, there: Collection[str], since: date) -> set[str]:
    """Those of them who may have lived elsewhere since a day, by every number they had."""
    day = since.isoformat()
    standing = await households.standing(book, there)
    moved = {member for member, join in standing.items() if join.joined_on >= day}
    if homeless := [member for member in there if member not in standing]:
        joins = HouseholdJoin.filter(member__in=homeless).using_db(book.reader)
        of = {str(row.id): str(row.member) for row in await joins}
        ended = Ending.filter(joined__in=list(of), ended_on__gte=day).using_db(book.reader)
        moved |= {of[str(key)] for key in await ended.values_list("joined", flat=True)}
    names = await merges.names(book, there)
    merged = {member for number, member in names.items() if number != member}
    return {number for number, member in names.items() if member in moved | merged}
