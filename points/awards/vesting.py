"""Vesting and expiry: what was noticed becomes spendable until a day, and what is left after that day expires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import Moved, Refusal, RowConflict
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points import chart
from points.awards import expiring, line, rule_books, share_vesting
from points.awards.models import Vesting
from points.awards.rule_books import Shelf
from points.market import lapsing
from points.people.twice import following, merges
from points.progress import Progress, quiet

AT_ONCE = 500
ROUNDS = 5
"""How often in a row nothing of a part vests because what its members owe moved meanwhile."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did. `settled` of the vested points paid what was owed; `waiting` awards could not vest yet."""

    vested: int = 0
    points: int = 0
    settled: int = 0
    waiting: int = 0
    expired: int = 0
    lapsed: int = 0
    """Points that expired, from `expired` accounts."""
    paid: int = 0
    """Awards that had waited in line for money."""


@dataclass(frozen=True, slots=True)
class _Due:
    """An award whose notice has closed; `kept` goes on for its member, whose number was merged into it."""

    award: str
    member: str
    points: int
    notice: str
    digest: str
    rule_book: int
    kept: str | None = None

    @property
    def who(self) -> str:
        """The number whose points they are now."""
        return self.kept or self.member


@dataclass(frozen=True, slots=True)
class _Debt:
    """What a member owes, as a positive number, and what is noticed, each with the version of its account."""

    points: int = 0
    version: int = 0
    noticed: int = 0
    noticed_version: int = 0


@dataclass(frozen=True, slots=True)
class _Settlement:
    """So much of an award settles what is owed. `version` and `noticed`: those of both accounts, right before."""

    points: int
    version: int
    noticed: int


async def sweep(book: Book, on: date, *, progress: Progress = quiet) -> Swept:
    """Let every award vest whose notice has closed by this day, then let expire what was usable until before it.

    An award vests by itself: what its member owes is settled first, the rest can be spent until 31 December, so many
    years after this day's as its rule book says. Nothing vests without a notice, after a correction, or twice; points
    that an objection froze go on waiting. Before all that, those who wait in line for money are paid as far as it
    reaches, and what nobody fetched in time goes back, to expire like all else. A sweep that is late, killed or run
    twice does nothing twice.
    """
    await following.follow(book, on)
    await lapsing.sweep(book, on)
    paid = (await line.sweep(book, on=on)).awards
    due = await _due(book, on)
    stale = await expiring.stale(book, on)
    total = len(due) + len(stale)
    progress(0, total)
    rules = await rule_books.shelf(book)
    vested, points, settled, waiting = await _vest(book, due, rules, on, lambda done: progress(done, total))
    shared = await share_vesting.vest(book, rules, on)
    waiting += await _frozen(book, on) + shared.waiting
    vested, points, settled = vested + shared.vested, points + shared.points, settled + shared.settled
    expired, lapsed = await expiring.expire(book, stale, rules, on)
    progress(total, total)
    return Swept(vested, points, settled, waiting, expired, lapsed, paid)


async def vest(book: Book, awards: Sequence[str], on: date) -> int:
    """Let those of these awards vest that the sweep would let vest on this day; how many did."""
    due = await _due(book, on, awards)
    rules = await rule_books.shelf(book)
    return (await _vest(book, due, rules, on, lambda _: None))[0] if due else 0


_FROZEN = """EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = l.award
        AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference))"""

_DUE = f"""
SELECT l.award, l.member, v.points, l.notice, s.digest, v.rule_book
FROM openness_notice AS n
JOIN openness_notice_line AS l ON l.notice = n.id
JOIN awards_verification AS v ON v.reference = l.award
JOIN evidence_snapshot AS s ON s.id = 'notice/' || n.id
WHERE n.closes_on <= ? AND v.points > 0
    AND NOT EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = l.award)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = l.award)
    AND NOT {_FROZEN}{{among}}
ORDER BY l.award"""  # noqa: S608 - a fragment of ours

_STILL_FROZEN = """
SELECT count(*) AS n FROM openness_freeze AS f
JOIN openness_notice_line AS l ON l.award = f.award JOIN openness_notice AS n ON n.id = l.notice
WHERE n.closes_on <= ? AND f.points > 0
    AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)"""


async def _due(book: Book, on: date, awards: Sequence[str] | None = None) -> list[_Due]:
    """The awards to vest, of these only where they are named. The frozen ones are refused once more when written."""
    among = "" if awards is None else f" AND l.award IN ({', '.join('?' for _ in awards)})"
    values = [on.isoformat(), *(awards or ())]
    return [_Due(**row) for row in await book.reader.execute_query_dict(_DUE.format(among=among), values)]


async def _frozen(book: Book, on: date) -> int:
    """How many awards would vest but for an objection."""
    (row,) = await book.reader.execute_query_dict(_STILL_FROZEN, [on.isoformat()])
    return int(row["n"])


async def _vest(
    book: Book, due: Sequence[_Due], rules: Shelf, on: date, told: Callable[[int], None]
) -> tuple[int, int, int, int]:
    """Vest in parts: awards, their points, the points that settled what was owed, and the awards that wait.

    What was frozen meanwhile is refused as a RowConflict, and counted with what is frozen.
    """
    vested = points = settled = waiting = 0
    for start in range(0, len(due), AT_ONCE):
        part = due[start : start + AT_ONCE]
        tries = 0
        while part and tries < ROUNDS:
            paid, answers = await _vest_once(book, part, rules, on)
            for each, answer in zip(part, answers, strict=True):
                if isinstance(answer, Receipt) and not answer.repeated:
                    vested, points = vested + 1, points + each.points
                    settled += paid[each.award].points
                waiting += isinstance(answer, Refusal) and not isinstance(answer, Moved | RowConflict)
            again = [each for each, answer in zip(part, answers, strict=True) if isinstance(answer, Moved)]
            tries = tries + 1 if len(again) == len(part) else 0
            part = again
        waiting += len(part)
        told(min(start + AT_ONCE, len(due)))
    return vested, points, settled, waiting


async def _vest_once(
    book: Book, part: Sequence[_Due], rules: Shelf, on: date
) -> tuple[dict[str, _Settlement], list[Receipt | Refusal]]:
    """Plan from what is owed now, and post. What somebody else's vesting settled meanwhile is refused as Moved.

    What leans on what an award before it does is not posted with it, but answered Moved as well: were the one before
    refused, another sweep's posting would stand where it was expected, and the debt be settled twice.
    """
    part, debts = await _as_known(book, part)
    paid = _settlements(part, debts)
    waits = _leaning(part, paid)
    drafts = [_vest_draft(each, paid[each.award], rules, on) for each in part if each.award not in waits]
    answers = iter(await book.journal.post_all(drafts))
    moved = Moved(address="", unit=chart.POINTS)
    return paid, [moved if each.award in waits else next(answers) for each in part]


def _leaning(part: Sequence[_Due], paid: Mapping[str, _Settlement]) -> set[str]:
    """The awards whose plan counts on an earlier one of the same person, which is held to what was seen."""
    held, waits = set[str](), set[str]()
    for each in part:
        if each.who in held:
            waits.add(each.award)
        elif paid[each.award].points or each.kept:
            held.add(each.who)
    return waits


async def _as_known(book: Book, part: Sequence[_Due]) -> tuple[list[_Due], dict[str, _Debt]]:
    """The awards with the numbers that go on for their members, and what those owe while they do."""
    closed = await merges.into(book, {each.member for each in part})
    while True:
        known = [replace(each, kept=closed.get(each.member)) for each in part]
        debts = await _owed(book, known)
        again = await merges.into(book, {each.member for each in part}) if closed else closed
        if again == closed:
            return known, debts
        closed = again


async def _owed(book: Book, part: Sequence[_Due]) -> dict[str, _Debt]:
    """What each member of a part owes, and has on notice to pay it from. One statement."""
    members = {each.who for each in part}
    keys = [(name(member), chart.POINTS) for member in members for name in (chart.owed, chart.noticed)]
    found = await statements.standings_of(book.reader, keys)
    debts = {}
    for member in members:
        owed = found.get((chart.owed(member), chart.POINTS))
        noticed = found.get((chart.noticed(member), chart.POINTS))
        debts[member] = _Debt(
            max(0, -owed.balance) if owed else 0,
            owed.version if owed else 0,
            noticed.balance if noticed else 0,
            noticed.version if noticed else 0,
        )
    return debts


def _settlements(part: Sequence[_Due], owed: Mapping[str, _Debt]) -> dict[str, _Settlement]:
    """How much of each award settles what its member owes: the earlier awards first.

    An award that is frozen, so that it will be refused, settles nothing: those after it do.
    """
    left = dict(owed)
    paid = {}
    for each in part:
        debt = left[each.who]
        settled = min(each.points, debt.points) if each.points <= debt.noticed else 0
        paid[each.award] = _Settlement(settled, debt.version, debt.noticed_version)
        if each.points <= debt.noticed:
            after = debt.version + 1 if settled else debt.version
            touched = debt.noticed_version + (1 if settled in (0, each.points) else 2)
            left[each.who] = _Debt(debt.points - settled, after, debt.noticed - each.points, touched)
    return paid


def vest_reference(award: str) -> str:
    """`vest/AWARD`. It is used once: by the vesting of the award, or by its correction, so that it never vests."""
    return f"vest/{award}"


def _vest_draft(due: _Due, paid: _Settlement, rules: Shelf, on: date) -> Draft:
    """One debt is settled once: nothing else keeps two sweeps from it, because what is owed has no floor above.

    Nor would a floor keep a merge from being taken back in the same moment: then these are not the kept one's points.
    """
    settled, owed, noticed = paid.points, chart.owed(due.who), chart.noticed(due.who)
    until = date(on.year + rules.version(due.rule_book).lapses_after_years, 12, 31)
    parts = ((owed, settled), (chart.until(due.who, until), due.points - settled))
    postings = tuple(Posting(noticed, target, amount, chart.POINTS) for target, amount in parts if amount)
    row = Vesting(
        award=due.award,
        notice=due.notice,
        until_on=until.isoformat(),
        vested_on=on.isoformat(),
        reference=vest_reference(due.award),
    )
    return Draft(
        reference=vest_reference(due.award),
        kind="vest",
        evidence=Evidence("notice", due.notice, due.digest),
        effective_on=on,
        request=encoding.digest_of({"award": due.award, "verb": "vest"}),
        postings=postings,
        rows=(row,),
        seen=(
            *(((owed, chart.POINTS, paid.version),) if settled else ()),
            *(((noticed, chart.POINTS, paid.noticed),) if due.kept else ()),
        ),
    )
