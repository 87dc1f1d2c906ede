"""Public notices: every award is shown for some days before its points can be spent. Nothing vests without one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import Refusal, RowConflict
from ledger.transactions import Draft
from points.awards import rule_books
from points.events.latest import AREA, CATEGORY
from points.evidence import acts
from points.keys import new_key
from points.openness import lists, models
from points.openness.errors import BadDays, UnknownNotice
from points.openness.lists import Waiting
from points.people import area_changes, areas, consents, roles
from points.people.area_changes import Changes

MOST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One award as everybody may see it: a code that only its member knows, the category, the points."""

    code: str
    category: str
    points: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A published list. It is shown from `published_on` until the day before `closes_on`."""

    id: str
    number: str
    area: str
    published_on: date
    days: int
    closes_on: date
    digest: str
    lines: tuple[Line, ...]


async def publish(book: Book, under: str, *, by: str, on: date, days: int | None = None) -> list[Notice]:
    """Publish every award of an area that is on no notice yet, a list for each community, as acts in the ledger.

    A list of fewer than five goes up into that of the street, then of the district, but not above `under`. `days` is
    that of the rule book in force on the day unless given, 0 to 30. With nothing to publish the answer is empty, and
    nothing is written. Corrected awards are not shown, and somebody under 14 has no line: their awards belong to the
    notice all the same, so that they vest. Raises NotAllowed unless `by` publishes notices in the area,
    UnknownArea, BadDays, NoRuleBook.
    """
    await roles.require(book, by, "notice_publisher", under, on)
    top = await areas.find(book, under)
    if days is None:
        days = (await rule_books.in_force(book, on)).notice_days
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        raise BadDays(least=0, most=MOST_DAYS, days=days)
    waiting = await _waiting(book, top.code)
    children = await consents.children(book, {each.member for each in waiting}, on)
    placed = lists.placed(waiting, children, top=under)
    made = [
        _notice(area, number, lines, children, on=on, days=days)
        for area, number, lines in await _numbered(book, placed, on)
    ]
    answers = await book.journal.post_all(
        [_draft(book, notice, lines, by=by, on=on) for notice, lines in made]
    )
    published = []
    for (notice, _), answer in zip(made, answers, strict=True):
        if isinstance(answer, RowConflict):
            continue  # somebody else has just published one of these; what is left is in the next run
        if isinstance(answer, Refusal):
            raise answer
        if not answer.repeated:
            published.append(notice)
    return published


async def find(book: Book, number: str) -> Notice:
    """A notice with its lines, by number. Raises UnknownNotice."""
    row = await models.Notice.get_or_none(number=number, using_db=book.reader)
    if row is None:
        raise UnknownNotice(number=number)
    lines = await models.NoticeLine.filter(notice=row.id).using_db(book.reader).order_by("code")
    return _read(row, _seen(lines))


async def open_on(book: Book, day: date) -> list[Notice]:
    """The notices that hang on a day, without their lines, the newest first."""
    rows = models.Notice.filter(published_on__lte=day.isoformat(), closes_on__gt=day.isoformat())
    return [_read(row, []) for row in await rows.using_db(book.reader).order_by("-published_on", "number")]


_UNPUBLISHED = f"""
SELECT v.reference, v.member, {CATEGORY} AS category, a.code, a.path,
    v.points + coalesce((SELECT sum(h.points) FROM awards_share AS h WHERE h.award = v.reference), 0) AS points
FROM awards_verification AS v
JOIN events_event AS e ON e.id = v.event
JOIN people_area AS a ON a.code = substr({AREA}, 1, 12)
WHERE v.reference IS NOT NULL AND {{inside}}
    AND NOT EXISTS (SELECT 1 FROM openness_notice_line AS l WHERE l.award = v.reference)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = v.reference)
ORDER BY v.reference"""  # noqa: S608 - fragments of ours


async def _waiting(book: Book, under: str) -> list[Waiting]:
    """The awards under an area that are on no notice yet. A grid's are its community's."""
    inside, values = await areas.below(book, [under])
    rows = await book.reader.execute_query_dict(_UNPUBLISHED.format(inside=inside), values)
    changes = await area_changes.read(book.reader, None)
    return [
        Waiting(
            row["reference"],
            row["member"],
            row["category"],
            row["points"],
            _place(changes, row["code"], row["path"]),
        )
        for row in rows
    ]


def _place(changes: Changes, code: str, path: str) -> tuple[str, ...]:
    """The codes from the root to the community that a place belongs to today."""
    now = changes.last(code)
    return tuple(areas.ancestors(changes.path(path if now == code else changes.laid[now].path)))


async def _numbered(
    book: Book, merged: dict[str, list[Waiting]], on: date
) -> list[tuple[str, str, list[Waiting]]]:
    """Each list with its number: `G-DAY-AREA-n`, the n-th of that area and day."""
    same_day = models.Notice.filter(area__in=list(merged), published_on=on.isoformat()).using_db(book.reader)
    before = [str(area) for area in await same_day.values_list("area", flat=True)]
    return [(area, f"G-{on}-{area}-{before.count(area) + 1}", lines) for area, lines in merged.items()]


def _seen(rows: Iterable[models.NoticeLine]) -> list[Line]:
    """The lines that everybody may see, by code."""
    seen = [row for row in rows if not row.code.startswith(lists.UNSEEN)]
    return sorted((Line(row.code, row.category, row.points) for row in seen), key=lambda line: line.code)


def _notice(
    area: str, number: str, waiting: Sequence[Waiting], children: Collection[str], *, on: date, days: int
) -> tuple[Notice, list[models.NoticeLine]]:
    key = new_key()
    rows = [
        models.NoticeLine(
            award=each.award,
            notice=key,
            code=lists.UNSEEN + code if each.member in children else code,
            member=each.member,
            category=each.category,
            points=each.points,
        )
        for each, code in zip(waiting, lists.codes(len(waiting)), strict=True)
    ]
    lines = tuple(_seen(rows))
    notice = Notice(key, number, area, on, days, on + timedelta(days=days), _digest(number, lines), lines)
    return notice, rows


def _digest(number: str, lines: Sequence[Line]) -> str:
    """The fingerprint that is printed on the paper list: anyone can compute it from what hangs there."""
    return encoding.digest_of({"lines": [_text(line) for line in lines], "number": number})


def _text(line: Line) -> dict[str, Any]:
    return {"category": line.category, "code": line.code, "points": line.points}


def _draft(book: Book, notice: Notice, lines: Sequence[models.NoticeLine], *, by: str, on: date) -> Draft:
    """The act of publishing; its evidence is the list as it was published, its request the awards on it."""
    facts = {
        "area": notice.area,
        "closes_on": notice.closes_on.isoformat(),
        "days": notice.days,
        "lines": [_text(line) for line in notice.lines],
        "number": notice.number,
        "published_by": by,
        "published_on": on.isoformat(),
    }
    reference = f"notice/{notice.number}"
    row = models.Notice(
        id=notice.id,
        number=notice.number,
        area=notice.area,
        published_on=on.isoformat(),
        days=notice.days,
        closes_on=notice.closes_on.isoformat(),
        published_by=by,
        list_digest=notice.digest,
        reference=reference,
    )
    asked = {"area": notice.area, "awards": [line.award for line in lines], "number": notice.number}
    return acts.draft(book, reference, ("notice", notice.id), facts, [row, *lines], on=on, request=asked)


def _read(row: models.Notice, lines: Sequence[Line]) -> Notice:
    return Notice(
        row.id,
        row.number,
        row.area,
        date.fromisoformat(row.published_on),
        row.days,
        date.fromisoformat(row.closes_on),
        row.list_digest,
        tuple(lines),
    )
