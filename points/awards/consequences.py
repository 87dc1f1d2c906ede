"""Consequences: what was awarded for an event that turned out false is taken back, or stays listed until it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.awards import corrections
from points.awards.errors import AwardsError
from points.awards.models import Verification
from points.events import events, steps
from points.events.latest import AREA
from points.events.life import Life
from points.events.taking import life_of
from points.people import areas
from points.people.errors import NotAllowed

REASON = "event_false"
REASON_REOPENED = "event_reopened"
MOST = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """An award that still stands though its event does not; `why` it could not be taken back, None when not tried."""

    award: Verification
    why: AwardsError | NotAllowed | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many awards were corrected now, and which still stand."""

    corrected: int
    standing: tuple[Standing, ...]


async def standing(book: Book, event: str) -> list[Standing]:
    """The awards of an event that were not corrected. One statement."""
    sql = _STANDING.format(condition="v.event = ?")
    return await _read(book, sql, [event, MOST])


async def follow(book: Book, event: str, *, by: str) -> Outcome:
    """Correct every award of an event that was found false or is handled anew, one correction for each.

    What this person may not correct (their own household's, one that needs a second person, without the role) goes on
    standing, with the reason; somebody else can follow again. Nothing happens to an event that stands. Raises
    UnknownEvent.
    """
    whole = await events.find(book, event)
    now = await life_of(book, whole)
    if not is_due(now):
        return Outcome(0, ())
    reason = REASON if now.false else REASON_REOPENED
    corrected, left = 0, []
    for each in await standing(book, event):
        try:
            await corrections.correct(book, each.award.reference or "", reason, by=by, on=book.today())
            corrected += 1
        except (AwardsError, NotAllowed) as refusal:
            left.append(Standing(each.award, refusal))
    return Outcome(corrected, tuple(left))


def is_due(now: Life) -> bool:
    """Whether the awards of an event with this life may be taken back because of it."""
    return now.false or now.reopened


async def to_correct(book: Book, paths: Sequence[str]) -> list[Standing]:
    """Awards of events found false below these paths ("/": everywhere) and not corrected yet. Three statements."""
    if not paths:
        return []
    inside, values = "1 = 1", list[str]()
    if "/" not in paths:
        inside, values = await areas.below(book, [areas.ancestors(path)[-1] for path in paths])
    place = f"EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {AREA} AND ({inside}))"  # noqa: S608
    false = "e.id IN (SELECT f.event FROM events_step AS f WHERE f.name = 'found_false')"
    sql = _STANDING.format(condition=f"{false} AND {steps.IS_FALSE} AND {place}")
    return await _read(book, sql, [*values, MOST])


_STANDING = """
SELECT v.contribution FROM awards_verification AS v JOIN events_event AS e ON e.id = v.event
WHERE {condition} AND v.reference IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = v.reference)
ORDER BY v.contribution LIMIT ?"""


async def _read(book: Book, sql: str, values: list[object]) -> list[Standing]:
    keys = [row["contribution"] for row in await book.reader.execute_query_dict(sql, values)]
    rows = Verification.filter(contribution__in=keys).using_db(book.reader).order_by("contribution")
    return [Standing(row) for row in await rows]
