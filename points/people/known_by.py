"""By what somebody was known: their names and phones, the texts that hold one, and where one cannot be taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.book import Book
from points.evidence.models import SnapshotText
from points.people.models import FormerWord, Person

OF_ERASURES = ("erasure-asked/", "erasure/")
"""Snapshots of the erasing itself, which name a number and nothing else."""
_NUMBER = re.compile(r'"([VS]-\d{4,})"', re.ASCII)
PROSE_FOR_GOOD = (
    ("awards_correction", "reason"),
    ("events_batch_withdrawal", "reason"),
    ("events_campaign", "name"),
    ("events_event", "subtype_name"),
    ("events_event", "type_name"),
    ("events_seal_opening", "reason"),
    ("market_delivery", "document"),
    ("market_delivery_paper", "supplier"),
    ("market_item_change", "value"),
    ("market_settlement_payment", "document"),
    ("market_shop_change", "value"),
    ("people_team", "name"),
    ("people_team_number", "team"),
    ("people_team_join", "team"),
    ("people_team_leader", "team"),
)
"""Where people type what is never deleted: no name belongs there. A correction's was prose before it had a list."""


@dataclass(frozen=True, slots=True)
class Traces:
    """By what somebody was known, for whoever cleans what is outside these tables."""

    number: str
    names: tuple[str, ...]
    phones: tuple[str, ...]
    kept: tuple[str, ...] = ()
    """Columns of rows that are never deleted (`awards_correction.reason`) in which somebody wrote one of them."""

    @property
    def words(self) -> tuple[str, ...]:
        """Names and phones: what must be found nowhere afterwards."""
        return (*self.names, *self.phones)


async def find(book: Book, member: str) -> Traces:
    """The names and phones somebody has and had; none when they are erased already or nobody."""
    person = await Person.get_or_none(member=member, using_db=book.reader)
    if person is None:
        return Traces(member, (), ())
    former = await FormerWord.filter(member=member).using_db(book.reader)
    names = (person.name, person.guardian_name, *(each.word for each in former if each.field == "name"))
    phones = (person.phone, person.guardian_phone, *await _given_up(book, former))
    return Traces(
        member, tuple(dict.fromkeys(filter(None, names))), tuple(dict.fromkeys(filter(None, phones)))
    )


async def texts(book: Book, traces: Traces) -> list[str]:
    """The snapshots whose text is about this member and no other resident, or in which somebody wrote who they are.

    Staff who acted do not count.
    """
    member = traces.number
    about = await SnapshotText.filter(text__contains=f'"{member}"').using_db(book.reader)
    found = {
        row.snapshot
        for row in about
        if not row.snapshot.startswith(OF_ERASURES)
        and all(other == member or other[0] == "S" for other in _NUMBER.findall(row.text))
    }
    for word in traces.words:
        named = SnapshotText.filter(text__contains=word).using_db(book.reader)
        found |= {str(each) for each in await named.values_list("snapshot", flat=True)}
    return sorted(found)


async def kept(book: Book, traces: Traces) -> tuple[str, ...]:
    """The columns of `PROSE_FOR_GOOD` in which one of their words stands, for whoever must be told."""
    found = []
    for table, column in PROSE_FOR_GOOD:
        marks = " OR ".join(f"{column} LIKE ?" for _ in traces.words)
        if not marks:
            break
        sql = f"SELECT 1 AS there FROM {table} WHERE {marks} LIMIT 1"  # noqa: S608 - names of ours
        if await book.reader.execute_query_dict(sql, [f"%{word}%" for word in traces.words]):
            found.append(f"{table}.{column}")
    return tuple(found)


async def _given_up(book: Book, former: Iterable[FormerWord]) -> list[str]:
    """The phones somebody had, without those that are somebody else's today."""
    had = [each.word for each in former if each.field == "phone"]
    taken = Person.filter(phone__in=had).using_db(book.reader)
    others = {str(each) for each in await taken.values_list("phone", flat=True)}
    return [each for each in had if each not in others]
