"""What the ledger holds of the caps and funds that some cases touch: what planning begins with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ledger import statements
from ledger.book import Book
from points import chart
from points.awards import in_line
from points.awards.caps import Cap
from points.awards.cases import Case, Doing
from points.awards.planning import Fund
from points.awards.rule_books import Shelf
from points.awards.rules import History, caps_on, home


async def read(
    book: Book, cases: Sequence[Case], wanted: Collection[str], *, rules: Shelf, paying: bool = False
) -> tuple[History, dict[Fund, int]]:
    """What members and households used of each cap, and what each fund holds, for the contributions `wanted`.

    A fund that somebody stands in line for holds nothing for those who come after, unless it is the line that is
    `paying`. Two statements, of which the line's is the first: who joins it meanwhile is not passed by much.
    """
    lines = {} if paying else await in_line.lengths(book, {(c.community, c.month) for c in cases})
    caps: dict[statements.Key, tuple[str, str, str]] = {}
    for case in cases:
        for doing in case.contributions:
            if doing.id in wanted:
                for cap in caps_on(case, doing, rules.on(case.day)):
                    owner = doing.member if cap.of == "member" else home(doing.household)
                    period = cap.period(case.day)
                    for limit in rules.limits(cap.id):
                        address = _address(cap, doing, limit, period)
                        caps[address, chart.CAP] = (owner, cap.id, period)
    funds = {(chart.fund(c.community, c.month), chart.POINTS): (c.community, c.month) for c in cases}
    balances = await statements.balances_of(book.reader, [*caps, *funds])
    used: dict[str, dict[tuple[str, str], int]] = {}
    for key, (owner, name, period) in caps.items():
        mine = used.setdefault(owner, {})
        mine[name, period] = mine.get((name, period), 0) - balances[key]
    return History(used), {fund: 0 if fund in lines else balances[key] for key, fund in funds.items()}


def _address(cap: Cap, doing: Doing, limit: int, period: str) -> str:
    if cap.of == "household":
        return chart.household_cap(doing.household, cap.id, limit, period)
    return chart.cap(doing.member, cap.id, limit, period)
