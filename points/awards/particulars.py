"""What some rules ask about a case beyond its event: lane, campaign, studio, and a contributor's household and teams.

Only what a published version selects by is looked up, so that a book without such rules pays for none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ledger.book import Book
from points.awards.cases import Case, Doing
from points.awards.rule_books import Shelf
from points.events import campaigns
from points.events.records import Dispatch, Mediation
from points.people.models import HouseholdJoin, TeamJoin
from points.people.records import Ending, TeamNumber
from points.people.twice import merges

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody belonged to a household or a team from a day on; `until` is the first day on which they did not."""

    what: str
    since: str
    until: str | None

    def on(self, day: str) -> bool:
        """Whether they belonged to it on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was found, by event and by member; joinings in the order in which they began."""

    lanes: Mapping[str, str] = field(default_factory=dict)
    campaigns: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, Sequence[Joined]] = field(default_factory=dict)
    teams: Mapping[str, Sequence[Joined]] = field(default_factory=dict)
    studios: Mapping[str, str] = field(default_factory=dict)

    def of(self, case: Case) -> Case:
        """The case with what is known of it."""
        return replace(
            case,
            lane=self.lanes.get(case.event, ""),
            campaign=self.campaigns.get(case.event, ""),
            studio=self.studios.get(case.event, ""),
            contributions=tuple(self._doing(each, case.day.isoformat()) for each in case.contributions),
        )

    def _doing(self, doing: Doing, day: str) -> Doing:
        begun = [each for each in self.homes.get(doing.member, ()) if each.since <= day]
        home = begun[-1].what if begun and begun[-1].on(day) else ""
        teams = frozenset(each.what for each in self.teams.get(doing.member, ()) if each.on(day))
        return replace(doing, household=home, teams=teams) if home or teams else doing


async def fill(book: Book, cases: Sequence[Case], *, rules: Shelf) -> list[Case]:
    """The cases with what the rules ask about them: at most ten statements for 500, none when they ask for nothing."""
    found = await read(
        book,
        [case.event for case in cases],
        {doing.member for case in cases for doing in case.contributions},
        rules=rules,
    )
    return list(cases) if found == Particulars() else [found.of(case) for case in cases]


async def read(book: Book, events: Sequence[str], members: Iterable[str], *, rules: Shelf) -> Particulars:
    """What the rules ask about these events and members; the rest stays empty.

    Who has two numbers that were merged belonged wherever either of them did.
    """
    asked = {
        name for name in ("lanes", "campaigns", "teams") if any(v.selects_by(name) for v in rules.versions)
    }
    if any(version.caps_households or version.gives_to("household") for version in rules.versions):
        asked.add("homes")
    asked |= {"teams"} if any(version.gives_to("team") for version in rules.versions) else set()
    asked |= {"studios"} if any(version.gives_to("studio") for version in rules.versions) else set()
    names = await merges.names(book, members) if asked & {"homes", "teams"} else {}
    return Particulars(
        lanes=await _lanes(book, events) if "lanes" in asked else {},
        campaigns=await campaigns.of_events(book, events) if "campaigns" in asked else {},
        homes=await _homes(book, names) if "homes" in asked else {},
        teams=await _teams(book, names) if "teams" in asked else {},
        studios=await _studios(book, events) if "studios" in asked else {},
    )


async def _lanes(book: Book, events: Sequence[str]) -> dict[str, str]:
    rows = Dispatch.filter(event__in=events).using_db(book.reader).order_by("id")
    return {row.event: row.lane for row in await rows}


async def _studios(book: Book, events: Sequence[str]) -> dict[str, str]:
    rows = Mediation.filter(event__in=events, studio__isnull=False).using_db(book.reader)
    return {row.event: row.studio or "" for row in await rows}


async def _homes(book: Book, names: Mapping[str, str]) -> dict[str, list[Joined]]:
    rows: list[HouseholdJoin] = []
    for part in _parts(names):
        rows += await HouseholdJoin.filter(member__in=part).using_db(book.reader)
    return await _joined(book, [(names[r.member], r.household, r.joined_on, r.id) for r in rows])


async def _teams(book: Book, names: Mapping[str, str]) -> dict[str, list[Joined]]:
    rows: list[TeamJoin] = []
    for part in _parts(names):
        rows += await TeamJoin.filter(member__in=part).using_db(book.reader)
    numbered = TeamNumber.filter(team__in={row.team for row in rows}).using_db(book.reader)
    numbers = {row.team: row.number for row in await numbered}
    there = [(names[r.member], numbers[r.team], r.joined_on, r.id) for r in rows if r.team in numbers]
    return await _joined(book, there)


async def _joined(book: Book, rows: Sequence[tuple[str, str, str, str]]) -> dict[str, list[Joined]]:
    """Rows (member, what, since, id) by member, in the order in which they began."""
    ended: dict[str, str] = {}
    for part in _parts([row[3] for row in rows]):
        endings = Ending.filter(joined__in=part).using_db(book.reader)
        ended |= {each.joined: each.ended_on for each in await endings}
    found: dict[str, list[Joined]] = defaultdict(list)
    for member, what, since, key in sorted(rows, key=lambda row: (row[2], row[3])):
        found[member].append(Joined(what, since, ended.get(key)))
    return dict(found)


def _parts(keys: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(keys)
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
