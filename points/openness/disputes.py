"""Disputes: what objections did to an award, step by step. Each step uses up the next ordinal, so that it is a lock.

An objection freezes the points of one award, once; a ruling or a correction lets them go. Of two who take a step in the
same moment, one is told to look again: whoever plans a step reads its ordinal before anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger import statements
from ledger.book import Book
from ledger.errors import Moved
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import acts
from points.keys import new_key
from points.openness import ruling_rights
from points.openness.errors import NothingToUphold
from points.openness.records import Freeze, Objection, ObjectionText, Release, Ruling, RulingText
from points.people.twice import merges

AT_ONCE = 500
UPHELD = "objection_upheld"
"""The reason of a correction that answers an objection; for another reason it makes the objection needless."""


@dataclass(frozen=True, slots=True)
class Purse:
    """Whose points an award's are now, with the versions of what is on notice and what is frozen."""

    who: str
    seen: tuple[tuple[str, str, int], ...]

    @property
    def noticed(self) -> str:
        """The account on notice."""
        return chart.noticed(self.who)

    @property
    def disputed(self) -> str:
        """The account of what is frozen."""
        return chart.disputed(self.who)


def step(award: str, ordinal: int) -> str:
    """`dispute/AWARD/3`: the third thing that objections did to an award."""
    return f"dispute/{award}/{ordinal}"


async def next_step(book: Book, award: str) -> int:
    """The ordinal of the next step of an award, to be read before anything else is."""
    sql = "SELECT count(*) AS n FROM ledger_transaction WHERE reference >= ? AND reference < ?"
    beginning = f"dispute/{award}/"
    (row,) = await book.reader.execute_query_dict(sql, [beginning, beginning + "~"])
    return int(row["n"]) + 1


async def purse(book: Book, member: str) -> Purse:
    """Where the points of a member's awards are, who may have been merged. Raises Moved when that changes just now."""
    who = await merges.stands_for(book, member)
    keys = [(chart.noticed(who), chart.POINTS), (chart.disputed(who), chart.POINTS)]
    found = await statements.standings_of(book.reader, keys)
    if await merges.stands_for(book, member) != who:
        raise Moved(address=keys[0][0], unit=chart.POINTS)
    return Purse(who, tuple((*key, found[key].version if key in found else 0) for key in keys))


async def frozen(book: Book, awards: Iterable[str]) -> dict[str, Freeze]:
    """What keeps each of these awards frozen now; absent what is not. Two statements for each 500."""
    wanted, standing = sorted(set(awards)), dict[str, Freeze]()
    for start in range(0, len(wanted), AT_ONCE):
        rows = await Freeze.filter(award__in=wanted[start : start + AT_ONCE]).using_db(book.reader)
        ended = Release.filter(freeze__in=[row.reference for row in rows]).using_db(book.reader)
        gone = {str(each) for each in await ended.values_list("freeze", flat=True)}
        standing.update({row.award: row for row in rows if row.reference not in gone})
    return standing


async def of(book: Book, award: str) -> list[Objection]:
    """Every objection to an award, the earliest first."""
    return await Objection.filter(award=award).using_db(book.reader).order_by("made_on", "id")


async def unanswered(book: Book, award: str) -> list[Objection]:
    """Those among them that nobody ruled on."""
    rows = await of(book, award)
    ruled = Ruling.filter(objection__in=[row.id for row in rows]).using_db(book.reader)
    done = {str(each) for each in await ruled.values_list("objection", flat=True)}
    return [row for row in rows if row.id not in done]


async def texts(book: Book, objections: Sequence[str]) -> tuple[dict[str, ObjectionText], dict[str, str]]:
    """What was said in objections and in their answers; absent what was erased. Two statements."""
    said = await ObjectionText.filter(objection__in=list(objections)).using_db(book.reader)
    answered = await RulingText.filter(objection__in=list(objections)).using_db(book.reader)
    return {row.objection: row for row in said}, {row.objection: row.text for row in answered}


def draft(
    book: Book,
    award: str,
    ordinal: int,
    about: tuple[str, str],
    facts: Mapping[str, Any],
    rows: Sequence[Any],
    *,
    on: date,
    moves: tuple[str, Posting | None] = ("act", None),
    seen: tuple[tuple[str, str, int], ...] = (),
) -> Draft:
    """One step of an award: an entry of this kind where points move, an act where none do."""
    made = acts.draft(book, step(award, ordinal), about, facts, rows, on=on)
    kind, posting = moves
    return made if posting is None else replace(made, kind=kind, postings=(posting,), seen=seen)


async def closing(
    book: Book, award: str, correction: str, *, reason: str, by: str, on: date, note: str = ""
) -> list[Draft]:
    """What goes in before the correction of an award: the act that ends its freeze and answers what was objected.

    For the reason "objection_upheld" every open objection is upheld by it; whoever corrects then must be one who may
    rule. For another reason they have no ruling: the award they are about is gone. Without a dispute it is nothing.
    Raises NothingToUphold, NotAllowed and OwnRuling.
    """
    ordinal = await next_step(book, award)
    if ordinal == 1 and reason != UPHELD:
        return []
    freeze, open_ = (await frozen(book, [award])).get(award), await unanswered(book, award)
    if reason == UPHELD and not open_:
        raise NothingToUphold
    if freeze is None and not open_:
        return []
    reference, day, rows = step(award, ordinal), on.isoformat(), list[Any]()
    if freeze is not None:
        rows.append(Release(freeze=freeze.reference, how="corrected", released_on=day, reference=reference))
    if reason == UPHELD:
        await ruling_rights.require(book, award, await of(book, award), by=by)
        for each in open_:
            answer = {"decision": "upheld", "ruled_by": by, "ruled_on": day, "correction": correction}
            rows.append(Ruling(objection=each.id, reference=reference, **answer))
            rows += [RulingText(objection=each.id, text=note)] if note else []
    facts = {"award": award, "by": by, "correction": correction, "how": "corrected"}
    return [draft(book, award, ordinal, ("dispute-end", new_key()), facts, rows, on=on)]
