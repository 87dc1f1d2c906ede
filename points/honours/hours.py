"""Volunteered hours, apart from points: what somebody did, for how long, and what was corrected, from the ledger."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger import statements, tree
from ledger.book import Book
from points import chart
from points.people.twice import merges


@dataclass(frozen=True, slots=True)
class Service:
    """Minutes that one award gave for one event. `on` is the day of the event.

    corrected_at    the position of the correction that took them back, None when they stand
    """

    position: int
    on: date
    event: str
    contribution: str
    category: str
    what: str
    minutes: int
    corrected_at: int | None

    def stood(self, as_of: int) -> bool:
        """Whether it was in the ledger at a position, and not corrected by then."""
        return self.position <= as_of and (self.corrected_at is None or self.corrected_at > as_of)


@dataclass(frozen=True, slots=True)
class Hours:
    """What a member has volunteered, in minutes: in all, in this year, and by year, each with how often."""

    minutes: int
    this_year: int
    years: tuple[tuple[int, int, int], ...]


_SERVICES = """
SELECT x.position AS position, substr(x.reference, 7, 10) AS day, e.id AS event, v.contribution, e.category,
    e.subtype_name, e.type_name, p.amount AS minutes, r.position AS corrected_at
FROM json_each(?) AS wanted
JOIN ledger_account AS a ON a.address = wanted.value ->> 0 AND a.unit = 'minutes'
JOIN ledger_posting AS p ON p.target = a.id
JOIN ledger_transaction AS x ON x.position = p.id / 256
JOIN awards_verification AS v ON v.reference = x.reference
JOIN events_event AS e ON e.id = v.event
LEFT JOIN ledger_transaction AS r ON r.reverses = x.position
WHERE x.kind = 'award' AND x.position <= ?
ORDER BY p.id"""
# The reference of an award begins with the day of its event: see points.awards.award.reference.


async def services(book: Book, numbers: Sequence[str], *, as_of: int | None = None) -> list[Service]:
    """All that these numbers of one person served, up to a position, in the order of the ledger. One statement.

    It reads all of an owner's minutes, so ask it for one person.
    """
    last = await tree.head(book.reader) if as_of is None else as_of
    wanted = json.dumps([[chart.hours(number)] for number in numbers])
    rows = await book.reader.execute_query_dict(_SERVICES, [wanted, last])
    return [
        Service(
            row["position"],
            date.fromisoformat(row["day"]),
            row["event"],
            row["contribution"],
            row["category"],
            row["subtype_name"] or row["type_name"],
            row["minutes"],
            row["corrected_at"],
        )
        for row in rows
    ]


async def of(book: Book, member: str) -> Hours:
    """The hours of a member and of every number that was merged into theirs. Three statements.

    `minutes` is what the ledger's accounts hold; the years are by the days on which they served.
    """
    numbers = await merges.group(book, member)
    held = await statements.balances_of(book.reader, [(chart.hours(n), chart.MINUTES) for n in numbers])
    years = by_year(each for each in await services(book, numbers) if each.corrected_at is None)
    this = next((minutes for year, minutes, _ in years if year == book.today().year), 0)
    return Hours(sum(held.values()), this, years)


def by_year(served: Iterable[Service]) -> tuple[tuple[int, int, int], ...]:
    """(year, minutes, times) by the day of service, the newest year first."""
    minutes: dict[int, int] = defaultdict(int)
    times: dict[int, int] = defaultdict(int)
    for each in served:
        minutes[each.on.year] += each.minutes
        times[each.on.year] += 1
    return tuple((year, minutes[year], times[year]) for year in sorted(minutes, reverse=True))


def by_content(served: Iterable[Service]) -> list[tuple[str, str, int, int]]:
    """(category, what, times, minutes) of each kind of service, the longest first."""
    found: dict[tuple[str, str], list[int]] = {}
    for each in served:
        found.setdefault((each.category, each.what), []).append(each.minutes)
    lines = [(category, what, len(all_), sum(all_)) for (category, what), all_ in found.items()]
    return sorted(lines, key=lambda line: (-line[3], line[0], line[1]))
