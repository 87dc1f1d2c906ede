"""Period honours (优秀网格员): who earned the most honour in an area and a period, by consent, closed once for good.

The formula, the same for every area: honour that came in by awards that took effect in the period, for events of the
area, less what corrections took back in it; equal sums go by minutes volunteered in the period, then by who was there
first in the ledger. Nobody is ranked who did not agree to be on the board, and nobody below the first PLACES.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger import encoding, tree
from ledger.book import Book
from ledger.errors import RowConflict
from points import paging
from points.events.latest import AREA
from points.evidence import acts
from points.honours import spans
from points.honours.errors import BadBoardPeriod, NobodyOnBoard, PeriodNotOver, UnknownBoard
from points.honours.models import Board, BoardLine
from points.honours.spans import Span
from points.keys import new_key
from points.paging import FIRST, Part, Turn
from points.people import areas, consents, roles
from points.people.models import Area
from points.people.records import MemberErasure
from points.people.twice import merges

PLACES = 10
"""So many are on a board, at most: first among equals, not a list of everybody."""
CLOSERS = ("notice_publisher", "admin")
CONSENT = "board"


@dataclass(frozen=True, slots=True)
class Earned:
    """What one person earned in an area and a period. `reached_at` is the position of their last award in it."""

    member: str
    honour: int
    minutes: int
    reached_at: int


@dataclass(frozen=True, slots=True)
class Computed:
    """The order of an area and a period as the ledger says it at a position.

    everybody   all who earned something, in the order of the formula
    shown       the first of those who agreed to be on the board
    """

    area: Area
    span: Span
    as_of: int
    everybody: tuple[Earned, ...]
    shown: tuple[Earned, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a closed board as it may be read today, with what was corrected since. `member` goes on for it now."""

    line: BoardLine
    member: str
    corrected: int


_MOVED = """
SELECT v.reference AS reference, v.member, v.event, 1 AS sign FROM awards_verification AS v
WHERE v.decided_on >= ? AND v.decided_on <= ? AND v.reference IS NOT NULL
UNION ALL
SELECT c.reference, v.member, v.event, -1 FROM awards_correction AS c
JOIN awards_verification AS v ON v.reference = c.of_reference
WHERE c.corrected_on >= ? AND c.corrected_on <= ?"""

_EARNED = """
SELECT m.member, CAST(sum(CASE WHEN p.unit = 'honour' THEN m.sign * p.amount ELSE 0 END) AS BIGINT) AS honour,
    CAST(sum(CASE WHEN p.unit = 'minutes' THEN m.sign * p.amount ELSE 0 END) AS BIGINT) AS minutes,
    max(CASE WHEN m.sign > 0 THEN x.position ELSE 0 END) AS reached_at
FROM ({moved}) AS m
JOIN events_event AS e ON e.id = m.event
JOIN people_area AS a ON a.code = {area}
JOIN ledger_transaction AS x ON x.reference = m.reference
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
WHERE p.unit IN ('honour', 'minutes') AND x.position <= ? AND {inside}
GROUP BY m.member ORDER BY m.member"""


async def statement(book: Book, area: str, span: Span, as_of: int) -> tuple[str, list[Any]]:
    """What `compute` asks of the database, and with which values: it begins with the days of the period."""
    inside, values = await areas.below(book, [area])
    days = [span.first.isoformat(), span.last.isoformat()] * 2
    return _EARNED.format(moved=_MOVED, area=AREA, inside=inside), [*days, as_of, *values]


async def compute(book: Book, area: str, period: str) -> Computed:
    """The order of an area and a period, by the formula, for who may close it. A constant number of statements.

    Raises UnknownArea and BadBoardPeriod.
    """
    span = spans.read(period)
    if span is None:
        raise BadBoardPeriod(period=period)
    place = await areas.find(book, area)
    as_of = await tree.head(book.reader)  # before what is read up to it
    everybody = await _order(book, area, span, as_of)
    agreed = await _agreed(book, [each.member for each in everybody])
    shown = [each for each in everybody if each.member in agreed][:PLACES]
    return Computed(place, span, as_of, tuple(everybody), tuple(shown))


async def order_at(book: Book, board: Board) -> list[Earned] | None:
    """The order of a closed board as the ledger says it now of its position; None when it names no period."""
    span = spans.read(board.period)
    return await _order(book, board.area, span, board.as_of) if span else None


async def _order(book: Book, area: str, span: Span, as_of: int) -> list[Earned]:
    sql, values = await statement(book, area, span, as_of)
    rows = [Earned(**row) for row in await book.reader.execute_query_dict(sql, values)]
    return ordered(rows, await merges.into(book, [row.member for row in rows]))


def ordered(rows: Sequence[Earned], into: dict[str, str]) -> list[Earned]:
    """The formula: numbers of one person together, more honour first, then more minutes, then who was there first.

    Whoever has nothing left of the period is not in it. Pure.
    """
    people: dict[str, Earned] = {}
    for row in rows:
        member = into.get(row.member, row.member)
        before = people.get(member, Earned(member, 0, 0, 0))
        people[member] = Earned(
            member,
            before.honour + row.honour,
            before.minutes + row.minutes,
            max(before.reached_at, row.reached_at),
        )
    found = [each for each in people.values() if each.honour > 0]
    return sorted(found, key=lambda each: (-each.honour, -each.minutes, each.reached_at, each.member))


async def close(book: Book, area: str, period: str, *, by: str) -> Board:
    """Close the board of a period that is over: lines and act stand from then on. Closing twice is closing once.

    Raises UnknownArea, BadBoardPeriod, NotAllowed, PeriodNotOver and NobodyOnBoard.
    """
    await roles.require_any(book, by, CLOSERS, await areas.path(book, area))
    if before := await closed(book, area, period):
        return before
    reference = _reference(area, period)
    found = await compute(book, area, period)
    if found.span.last >= book.today():
        raise PeriodNotOver(period=period, last=found.span.last.isoformat())
    if not found.shown:
        raise NobodyOnBoard
    board = Board(
        id=new_key(),
        area=area,
        period=period,
        as_of=found.as_of,
        digest=digest_of(found.everybody),
        closed_on=book.today().isoformat(),
        closed_by=by,
        reference=reference,
    )
    facts = {"area": area, "as_of": found.as_of, "by": by, "order": board.digest, "period": period}
    asked = {"area": area, "period": period, "verb": "close"}
    try:
        receipt = await acts.post(
            book, reference, ("board", board.id), facts, [board, *_lines(board, found)], request=asked
        )
    except RowConflict:
        return await Board.get(reference=reference, using_db=book.reader)
    return await Board.get(reference=reference, using_db=book.reader) if receipt.repeated else board


def _lines(board: Board, found: Computed) -> list[BoardLine]:
    return [
        BoardLine(
            id=f"{board.id}/{place}",
            board=board.id,
            place=place,
            member=each.member,
            honour=each.honour,
            minutes=each.minutes,
        )
        for place, each in enumerate(found.shown, 1)
    ]


def digest_of(order: Sequence[Earned]) -> str:
    """`sha256:` of the canonical [[member, honour, minutes] …] of everybody, in the order of the formula."""
    return encoding.digest_of({"order": [[e.member, e.honour, e.minutes] for e in order]})


def _reference(area: str, period: str) -> str:
    return f"board/{area}/{period}"


async def closed(book: Book, area: str, period: str) -> Board | None:
    """The board of an area and a period, None while it was not closed."""
    return await Board.get_or_none(reference=_reference(area, period), using_db=book.reader)


async def find(book: Book, key: str) -> Board:
    """A closed board by its key. Raises UnknownBoard."""
    board = await Board.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if board is None:
        raise UnknownBoard
    return board


async def recent(book: Book, codes: Sequence[str] | None = None, turn: Turn = FIRST) -> Part[Board]:
    """The boards that were closed, of these areas (None: of all), the latest first. One statement."""
    rows = Board.all() if codes is None else Board.filter(area__in=list(codes))
    return await paging.part(rows.using_db(book.reader), turn, by=("closed_on", "id"))


async def of_member(book: Book, member: str) -> list[tuple[Board, BoardLine]]:
    """The lines a member has on boards that were closed, the newest first."""
    group = await merges.group(book, member)
    lines = await BoardLine.filter(member__in=group).using_db(book.reader).order_by("-board")
    found = {b.id: b for b in await Board.filter(id__in=[line.board for line in lines]).using_db(book.reader)}
    return [(found[line.board], line) for line in lines]


async def lines(book: Book, board: Board) -> list[Shown]:
    """The lines of a board that may be read today: of those who still agree and were not forgotten.

    Each with the honour that corrections took back after the board was closed. A constant number of statements.
    """
    rows = await BoardLine.filter(board=board.id).using_db(book.reader).order_by("place")
    into = await merges.into(book, [row.member for row in rows])
    now = {row.id: into.get(row.member, row.member) for row in rows}
    agreed = await _agreed(book, now.values())
    taken = await _corrected(book, board, now.values())
    return [Shown(row, now[row.id], taken.get(now[row.id], 0)) for row in rows if now[row.id] in agreed]


_CORRECTED = """
SELECT v.member, CAST(sum(p.amount) AS BIGINT) AS honour FROM json_each(?) AS wanted
JOIN awards_verification AS v ON v.member = wanted.value ->> 0
JOIN events_event AS e ON e.id = v.event
JOIN people_area AS a ON a.code = {area}
JOIN ledger_transaction AS x ON x.reference = v.reference
JOIN ledger_transaction AS r ON r.reverses = x.position
JOIN ledger_posting AS p ON p.id >= r.position * 256 AND p.id < r.position * 256 + 256
WHERE v.decided_on >= ? AND v.decided_on <= ? AND x.position <= ? AND r.position > ? AND p.unit = 'honour'
    AND {inside}
GROUP BY v.member"""


async def _corrected(book: Book, board: Board, people: Any) -> dict[str, int]:
    """Honour of a board's period that was taken back after it was closed, by who goes on for the member."""
    named = await merges.names(book, people)
    span = spans.read(board.period)
    assert span is not None, "what was closed had a period"
    inside, values = await areas.below(book, [board.area])
    wanted = json.dumps([[number] for number in named])
    given = [wanted, span.first.isoformat(), span.last.isoformat(), board.as_of, board.as_of, *values]
    rows = await book.reader.execute_query_dict(_CORRECTED.format(area=AREA, inside=inside), given)
    found: dict[str, int] = {}
    for row in rows:
        member = named[row["member"]]
        found[member] = found.get(member, 0) + row["honour"]
    return found


async def _agreed(book: Book, people: Any) -> set[str]:
    """Those who agree to be on a board, are not under 14, and were not forgotten."""
    wanted = set(people)
    standing = await consents.of(book, wanted)
    young = await consents.children(book, wanted, book.today())
    gone = MemberErasure.filter(member__in=sorted(wanted)).using_db(book.reader)
    erased = {str(each) for each in await gone.values_list("member", flat=True)}
    return {member for member in wanted - young - erased if CONSENT in standing[member]}
