"""Going over: what of an allocation takes two people, and which version of a fund was seen when that was asked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ledger import statements
from ledger.book import Book
from points import chart
from points.awards import sponsors
from points.awards.errors import AllocatedBefore, BeyondMoney, GoesOver
from points.awards.sponsors import Backing
from points.people import areas

SEVERAL = 3
Shares = Sequence[tuple[str, int]]

_GIVEN = """
SELECT DISTINCT f.address FROM ledger_account AS f JOIN ledger_posting AS p ON p.target = f.id
JOIN ledger_transaction AS x ON x.position = p.id / 256
WHERE f.address IN (SELECT value FROM json_each(?)) AND f.unit = ? AND x.kind = 'allocate'"""


async def versions(book: Book, shares: Shares, month: str) -> dict[str, int]:
    """The version of each of these funds, 0 where nothing came into it yet. One statement."""
    keys = {community: (chart.fund(community, month), chart.POINTS) for community, _ in shares}
    there = await statements.standings_of(book.reader, keys.values())
    return {community: there[key].version if key in there else 0 for community, key in keys.items()}


async def goes_over(book: Book, shares: Shares, month: str, points: int, money: Backing) -> GoesOver | None:
    """Why an allocation takes two people, None when one suffices. Two statements."""
    funds = {chart.fund(community, month): community for community, _ in shares}
    rows = await book.reader.execute_query_dict(_GIVEN, [json.dumps(list(funds)), chart.POINTS])
    given = {funds[row["address"]] for row in rows}
    again = [community for community, _ in shares if community in given]
    if again:
        named = await areas.many(book, again[:SEVERAL])
        names = "、".join(named[code].name if code in named else code for code in again[:SEVERAL])
        more = f"等 {len(again)} 个社区" if len(again) > SEVERAL else ""
        return AllocatedBefore(names=names + more, month=month)
    if points * sponsors.FEN_A_POINT > money.fen:
        return BeyondMoney(
            points=points, needed=points * sponsors.FEN_A_POINT // 100, there=sponsors.yuan(money.fen)
        )
    return None
