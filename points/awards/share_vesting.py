"""Shares vest: what a household, a team or a studio earned becomes spendable when its award's notice has closed.

Each share by an entry of its own, after what its owner owes. A trigger refuses it if its award is frozen or corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import BelowFloor, Moved, Refusal, RowConflict
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points import chart
from points.awards.rule_books import Shelf
from points.awards.shared_records import AwardShare, ShareVesting

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """What a sweep did with shares: how many vested, their points, what of them settled a debt, how many wait."""

    vested: int = 0
    points: int = 0
    settled: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Due:
    share: str
    award: str
    owner: str
    points: int
    notice: str
    digest: str
    rule_book: int


_DUE = """
SELECT h.id AS share, h.award, h.owner, h.points, l.notice, s.digest, v.rule_book
FROM openness_notice AS n
JOIN openness_notice_line AS l ON l.notice = n.id
JOIN awards_share AS h ON h.award = l.award
JOIN awards_verification AS v ON v.reference = h.award
JOIN evidence_snapshot AS s ON s.id = 'notice/' || n.id
WHERE n.closes_on <= ?
    AND NOT EXISTS (SELECT 1 FROM awards_share_vesting AS w WHERE w.share = h.id)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = h.award)
    AND NOT EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = h.award
        AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference))
ORDER BY h.id"""


async def vest(book: Book, rules: Shelf, on: date) -> Shared:
    """Let every share vest whose notice has closed by this day; late, killed or run twice it does nothing twice."""
    rows = await book.reader.execute_query_dict(_DUE, [on.isoformat()])
    by_owner: dict[str, list[_Due]] = defaultdict(list)
    for row in rows:
        by_owner[row["owner"]].append(_Due(**row))
    vested = points = settled = waiting = 0
    owed = await _owed(book, by_owner)
    free = [each for owner, due in by_owner.items() if not owed[owner][0] for each in due]
    answers = await book.journal.post_all([_draft(each, 0, 0, rules, on) for each in free])
    done = [(each, answer, 0) for each, answer in zip(free, answers, strict=True)]
    for owner, due in by_owner.items():
        if owed[owner][0]:
            done += [await _settling(book, each, rules, on) for each in due]
    for each, answer, part in done:
        if isinstance(answer, Refusal):
            waiting += 1
        elif not answer.repeated:
            vested, points, settled = vested + 1, points + each.points, settled + part
    return Shared(vested, points, settled, waiting)


async def _settling(book: Book, due: _Due, rules: Shelf, on: date) -> tuple[_Due, Receipt | Refusal, int]:
    """Vest one share of an owner who owes: what is owed first. One debt is settled once, by what was seen of it."""
    answer: Receipt | Refusal = Moved(address=due.owner, unit=chart.POINTS)
    for _ in range(ROUNDS):
        debt, version = (await _owed(book, [due.owner]))[due.owner]
        settled = min(debt, due.points)
        try:
            return due, await book.journal.post(_draft(due, settled, version, rules, on)), settled
        except Moved as refusal:
            answer = refusal
        except (BelowFloor, RowConflict) as refusal:  # frozen or corrected meanwhile
            return due, refusal, 0
    return due, answer, 0


async def _owed(book: Book, owners: Iterable[str]) -> dict[str, tuple[int, int]]:
    """What each owner owes, as a positive number, and the version of that account. One statement."""
    wanted = list(owners)
    keys = [(chart.account(owner, "owed"), chart.POINTS) for owner in wanted]
    found = await statements.standings_of(book.reader, keys)
    standing = [found.get(key) for key in keys]
    return {
        owner: (max(0, -one.balance), one.version) if one else (0, 0)
        for owner, one in zip(wanted, standing, strict=True)
    }


def _draft(due: _Due, settled: int, version: int, rules: Shelf, on: date) -> Draft:
    until = date(on.year + rules.version(due.rule_book).lapses_after_years, 12, 31)
    noticed, owed = chart.account(due.owner, "noticed"), chart.account(due.owner, "owed")
    parts = ((owed, settled), (chart.account(due.owner, f"until/{until}"), due.points - settled))
    reference = f"vest/{due.share}"
    row = ShareVesting(
        share=due.share,
        award=due.award,
        notice=due.notice,
        until_on=until.isoformat(),
        vested_on=on.isoformat(),
        reference=reference,
    )
    return Draft(
        reference=reference,
        kind="vest",
        evidence=Evidence("notice", due.notice, due.digest),
        effective_on=on,
        request=encoding.digest_of({"share": due.share, "verb": "vest"}),
        postings=tuple(Posting(noticed, target, n, chart.POINTS) for target, n in parts if n),
        rows=(row,),
        seen=((owed, chart.POINTS, version),) if settled else (),
    )


async def shares_of(book: Book, awards: Sequence[str]) -> dict[str, list[AwardShare]]:
    """What others got of these awards, by award; absent where nobody did. One statement."""
    found: dict[str, list[AwardShare]] = defaultdict(list)
    rows = AwardShare.filter(award__in=list(awards)).using_db(book.reader).order_by("owner")
    for row in await rows:
        found[row.award].append(row)
    return dict(found)


async def back(
    book: Book, award: str, owner: str, amount: int, on: date
) -> tuple[list[tuple[str, int]], list[tuple[str, str, int]]]:
    """Where an owner's share of an award is given back from, and the versions that must still be so.

    From what is noticed; when it has vested from that account, then the owner's other unexpired ones, the latest first;
    the rest is owed. What has expired is owed too: nobody else's expired points are taken for it.
    """
    noticed = (chart.account(owner, "noticed"), chart.POINTS)
    vested_row = await ShareVesting.get_or_none(share=f"{award}#{owner}", using_db=book.reader)
    standing = await statements.balances(book.reader, f"{owner}/", unit=chart.POINTS)
    held = {one.address: one.balance for one in standing}
    version = next((one.version for one in standing if one.address == noticed[0]), 0)
    order = [noticed[0]] if vested_row is None else _living(owner, vested_row.until_on, held, on)
    taken, left = [], amount
    for address in order:
        part = min(left, max(0, held.get(address, 0)))
        if part:
            taken.append((address, part))
            left -= part
    rest = [(chart.account(owner, "owed"), left)] if left else []
    return [*taken, *rest], [(*noticed, version)] if vested_row is None else []


def _living(owner: str, until: str, held: Mapping[str, int], on: date) -> list[str]:
    first = chart.account(owner, f"until/{until}")
    days = {address: chart.read_until(address) for address in held}
    others = sorted((a for a, day in days.items() if day and day >= on and a != first), reverse=True)
    return [first, *others]
