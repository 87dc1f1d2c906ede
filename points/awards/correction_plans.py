"""What a correction moves: every source gets back exactly what it gave, from wherever the points are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import Moved
from ledger.transactions import Draft, Evidence, Posting
from points import chart
from points.awards import share_vesting, whereabouts
from points.awards.models import Correction, Verification, Vesting
from points.awards.records import CorrectionNote
from points.awards.vesting import vest_reference
from points.awards.years import closed
from points.evidence import snapshots
from points.keys import new_key
from points.openness import disputes
from points.people.twice import merges


@dataclass(frozen=True, slots=True)
class Asked:
    """The award to be undone, why (a code), and by whom; `who` goes on for its member, whose number may be merged.

    `request` is the key of what the second person approved, None for a correction that one person makes.
    """

    award: Verification
    who: str
    reason: str
    by: str
    on: date
    note: str = ""
    approved_by: str | None = None
    request: str | None = None

    @property
    def reference(self) -> str:
        """`reverse/AWARD`: an award is corrected once."""
        return f"reverse/{self.award.reference}"

    @property
    def digest(self) -> str:
        """What was asked, for the ledger: the note is no part of it, because it can be erased."""
        return encoding.digest_of({"by": self.by, "of": self.award.reference or "", "reason": self.reason})


@dataclass(frozen=True, slots=True)
class Plan:
    """The drafts of a correction as things stand, the last of them the correction itself."""

    drafts: tuple[Draft, ...]

    @property
    def postings(self) -> tuple[Posting, ...]:
        """What would move."""
        return self.drafts[-1].postings

    @property
    def points(self) -> int:
        """How many points."""
        return sum(each.amount for each in self.postings if each.unit == chart.POINTS)

    @property
    def owed(self) -> int:
        """How many of them were spent already, and would be owed."""
        return sum(each.amount for each in self.postings if each.source.endswith("/owed"))


def digest_of(asked: Asked, postings: Sequence[Posting]) -> str:
    """What names all that two people see: the award, the reason, who asked, and each line that would move.

    {"award": "award/…", "by": "S-0003", "lines": ["points 8 member/V-000001/noticed fund/440310001001/2026-11"],
    "reason": "wrong_sum"} as canonical text.
    """
    lines = [f"{each.unit} {each.amount} {each.source} {each.target}" for each in postings]
    facts = {"award": asked.award.reference or "", "by": asked.by, "lines": lines, "reason": asked.reason}
    return encoding.digest_of(facts)


async def plan(book: Book, asked: Asked, rows: Sequence[Any] = ()) -> Plan:
    """The correction as things stand now; before it what ends a dispute, and for an award that has not vested the act
    that uses up its vesting.

    `rows` go in with it. What was read is guarded: by floors, or by the versions in `seen`.
    """
    award, name = asked.award, asked.award.reference or ""
    why = {"reason": asked.reason, "note": asked.note}
    closing = await disputes.closing(book, name, asked.reference, by=asked.by, on=asked.on, **why)
    purse, freeze = await disputes.purse(book, award.member), await disputes.frozen(book, [name])
    if purse.who != asked.who:
        raise Moved(address=purse.noticed, unit=chart.POINTS)
    vesting = await Vesting.get_or_none(award=award.reference, using_db=book.reader)
    given = await _given(book, name)
    expired, merged = await _version_of_expired(book), await _versions(book, asked)
    postings, shared = await _back(book, asked, given, vesting, frozen=bool(freeze))
    of_merged = asked.who != award.member or _takes_expired(postings)  # or may be
    year = await closed.year_of(book, [each.source for each in given], award.decided_on)
    facts = _facts(asked) | ({"year_closed": year} if year else {})
    evidence, kept = snapshots.take("correction", new_key(), facts, at=book.now())
    reversal = Draft(
        reference=asked.reference,
        kind="correct",
        evidence=evidence,
        effective_on=asked.on,
        request=asked.digest,
        postings=postings,
        reverses=award.reference,
        rows=(*kept, *_rows(asked), *rows),
        seen=(
            *(((chart.EXPIRED, chart.POINTS, expired),) if _takes_expired(postings) else ()),
            *(
                one
                for one in (*(merged if of_merged else ()), *purse.seen)
                if any(each.source == one[0] for each in postings)
            ),
            *shared,
        ),
    )
    return Plan((*closing, *(() if vesting else (_never_vests(asked, evidence),)), reversal))


def _rows(asked: Asked) -> list[Any]:
    row = Correction(
        reference=asked.reference,
        of_reference=asked.award.reference,
        reason=asked.reason,
        corrected_by=asked.by,
        approved_by=asked.approved_by,
        corrected_on=asked.on.isoformat(),
    )
    return [row, *([CorrectionNote(about=asked.reference, text=asked.note)] if asked.note else [])]


def _takes_expired(postings: Sequence[Posting]) -> bool:
    """Whose points those on the expired account were, no floor says: two corrections might take the same ones."""
    return any(each.source == chart.EXPIRED for each in postings)


async def _version_of_expired(book: Book) -> int:
    """Read before what is planned from it."""
    key = (chart.EXPIRED, chart.POINTS)
    standing = (await statements.standings_of(book.reader, [key])).get(key)
    return standing.version if standing else 0


async def _versions(book: Book, asked: Asked) -> list[tuple[str, str, int]]:
    """How what every number of a person shares stands: a merge, or one that is taken back, moves it."""
    keys = [(chart.honour(asked.who), chart.HONOUR), (chart.hours(asked.who), chart.MINUTES)]
    found = await statements.standings_of(book.reader, keys)
    if asked.who != asked.award.member and await merges.stands_for(book, asked.award.member) != asked.who:
        raise Moved(address=keys[0][0], unit=chart.HONOUR)
    return [(address, unit, one.version) for (address, unit), one in found.items()]


def _never_vests(asked: Asked, evidence: Evidence) -> Draft:
    """One reference has one effect: either the award vests, or this act says that it never will."""
    return Draft(
        reference=vest_reference(asked.award.reference or ""),
        kind="act",
        evidence=evidence,
        effective_on=asked.on,
        request=encoding.digest_of({"award": asked.award.reference or "", "verb": "never"}),
    )


def _facts(asked: Asked) -> dict[str, Any]:
    return {
        "approved_by": asked.approved_by or "",
        "corrected_by": asked.by,
        "corrected_on": asked.on.isoformat(),
        "of": asked.award.reference or "",
        "reason": asked.reason,
        **({"request": asked.request} if asked.request else {}),
    }


_GIVEN = """
SELECT s.address AS source, t.address AS target, p.amount, p.unit
FROM ledger_transaction AS x
JOIN ledger_posting AS p ON p.id BETWEEN x.position * 256 AND x.position * 256 + 255
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE x.reference = ? ORDER BY p.id"""


async def _given(book: Book, reference: str) -> list[Posting]:
    """What the award posted."""
    return [Posting(**row) for row in await book.reader.execute_query_dict(_GIVEN, [reference])]


async def _back(
    book: Book, asked: Asked, given: Sequence[Posting], vesting: Vesting | None, *, frozen: bool
) -> tuple[tuple[Posting, ...], list[tuple[str, str, int]]]:
    """Each posting the other way round, points from wherever they are now; and what must still be so of the shares that
    others than the member got."""
    postings, seen = list[Posting](), list[tuple[str, str, int]]()
    for each in given:
        owner = each.target.removesuffix("/noticed")
        if each.unit == chart.POINTS and not owner.startswith("member/"):
            name = asked.award.reference or ""
            places, versions = await share_vesting.back(book, name, owner, each.amount, asked.on)
            postings += [Posting(address, each.source, amount, each.unit) for address, amount in places]
            seen += versions
        elif each.unit == chart.POINTS:
            until = date.fromisoformat(vesting.until_on) if vesting else None
            sources = await whereabouts.of(book, asked.who, each.amount, until, asked.on, frozen=frozen)
            postings += [Posting(address, each.source, amount, each.unit) for address, amount in sources]
        else:
            theirs, kept = f"member/{asked.award.member}/", f"member/{asked.who}/"
            postings.append(
                Posting(each.target.replace(theirs, kept, 1), each.source, each.amount, each.unit)
            )
    return tuple(postings), seen
