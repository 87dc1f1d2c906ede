"""Rehearsals on a book: the verified contributions of a past period, read in parts, and played by both rule books.

Nothing is written. The books in force are computed anew, in the order in which things happened; beside them stands what
the ledger holds for the same contributions. The two may differ where caps or money were used up in another order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ledger.book import Book
from points import chart
from points.awards import particulars, repeats, rule_books, waiting
from points.awards.cases import Case, Decision, Repetition
from points.awards.errors import BadPeriod, NothingHappened
from points.awards.rehearsal import Rehearsal, Stage, always, stage
from points.awards.rule_books import Shelf
from points.awards.rules import RuleBook
from points.awards.waiting import Bench
from points.events.selection import midnight
from points.progress import Progress, quiet

AT_ONCE = 500
"""Events read together, as at a verification."""
MOST_DAYS = 366

_EVENTS = """
SELECT e.id FROM events_event AS e
WHERE e.occurred_at >= ? AND e.occurred_at < ?
    AND EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.event = e.id AND v.decision = 'accepted')
ORDER BY e.occurred_at, e.id"""

_CORRECTED = """
SELECT v.contribution FROM awards_correction AS k
JOIN awards_verification AS v ON v.reference = k.of_reference JOIN events_event AS e ON e.id = v.event
WHERE e.occurred_at >= ? AND e.occurred_at < ?"""

_FUNDS = """
SELECT f.address, sum(p.amount) AS points
FROM ledger_account AS f JOIN ledger_posting AS p ON p.target = f.id JOIN ledger_account AS s ON s.id = p.source
WHERE f.address >= 'fund/' AND f.address < 'fund0' AND f.unit = ? AND s.address = ?
GROUP BY f.address"""


async def rehearse(
    book: Book, draft: RuleBook, first: date, last: date, *, progress: Progress = quiet
) -> Rehearsal:
    """Play a draft over the verified contributions of some days, both included; about twenty statements for 500 events.

    What was corrected since is left out, and what waits or was returned is not counted. Caps begin empty on the first
    day, for both books. Repeats are as they were judged; a draft that asks for other hours has them judged anew. Raises
    BadPeriod, NoRuleBook and NothingHappened.
    """
    if not first <= last or (last - first).days >= MOST_DAYS:
        raise BadPeriod(first=first.isoformat(), last=last.isoformat(), most=MOST_DAYS)
    rules = await rule_books.shelf(book)
    days = [midnight(book, first), midnight(book, last + timedelta(days=1))]
    events = [str(row["id"]) for row in await book.reader.execute_query_dict(_EVENTS, days)]
    if not events:
        raise NothingHappened(first=first.isoformat(), last=last.isoformat())
    gone = {str(row["contribution"]) for row in await book.reader.execute_query_dict(_CORRECTED, days)}
    playing, other_hours = stage(rules, draft), _other_hours(rules, draft, first, last)
    progress(0, len(events))
    for start in range(0, len(events), AT_ONCE):
        part = events[start : start + AT_ONCE]
        await _part(book, playing, part, rules, draft, gone=gone, anew=other_hours)
        progress(start + len(part), len(events))
    funds = await allocated(book, first, last)
    return playing.found(first, last, funds=funds, repeats_anew=other_hours)


def _other_hours(rules: Shelf, draft: RuleBook, first: date, last: date) -> bool:
    """Whether a draft judges repeats by other hours than a book that was in force on some of the days."""
    ends = [each for each in rules.versions if first < each.in_force_from <= last]
    in_force = [rules.on(first), *(rules.on(each.in_force_from) for each in ends)]
    return any(each.repeats.within_hours != draft.repeats.within_hours for each in in_force)


async def _part(
    book: Book,
    playing: Stage,
    events: Sequence[str],
    rules: Shelf,
    draft: RuleBook,
    *,
    gone: set[str],
    anew: bool,
) -> None:
    """Read some events and let both books go through them."""
    bench = await waiting.load(book, events, by="")
    placed = [event for event in bench.events if event.area in bench.paths]
    judged = await repeats.foresee(book, placed, rules=rules, settled=[event.id for event in placed])
    asking = Shelf((*rules.versions, draft))
    cases = await particulars.fill(book, _cases(book, bench, judged), rules=asking)
    found = await repeats.anew(book, placed, rules=always(draft)) if anew else judged
    decisions = _count(playing, cases, gone)
    fresh = [_as_new(case) for case in cases]
    playing.now.go(fresh, decisions)
    playing.draft.go([replace(case, repeat=found.get(case.event)) for case in fresh], decisions)


def _cases(book: Book, bench: Bench, judged: Mapping[str, Repetition]) -> list[Case]:
    return [
        bench.case(event, event.occurred_at.astimezone(book.zone).date(), judged.get(event.id))
        for event in bench.events
        if event.area in bench.paths
    ]


def _count(playing: Stage, cases: Sequence[Case], gone: set[str]) -> dict[str, Decision]:
    """What was decided, as decisions once more; what the ledger holds for it is counted on the way."""
    decisions: dict[str, Decision] = {}
    for case in cases:
        playing.events += 1
        for doing in case.contributions:
            if doing.decided == "accepted" and doing.id in gone:
                playing.corrected += 1
            elif doing.decided:
                decisions[doing.id] = Decision(doing.id, accepted=doing.decided == "accepted")
            if doing.id in decisions and decisions[doing.id].accepted:
                playing.contributions += 1
                playing.ledger[case.community] += doing.awarded
    return decisions


def _as_new(case: Case) -> Case:
    """The case before anything of it was awarded."""
    doings = tuple(
        replace(doing, decided="" if doing.decided == "accepted" else doing.decided, awarded=0, rule="")
        for doing in case.contributions
    )
    return replace(case, contributions=doings)


async def allocated(book: Book, first: date, last: date) -> dict[str, int]:
    """What was allocated to each community for the months of some days. One statement."""
    months = {f"{first + timedelta(days=n):%Y-%m}" for n in range((last - first).days + 1)}
    found: Counter[str] = Counter()
    for row in await book.reader.execute_query_dict(_FUNDS, [chart.POINTS, chart.ISSUED]):
        _, community, month = str(row["address"]).split("/")
        if month in months:
            found[community] += int(row["points"])
    return dict(found)
