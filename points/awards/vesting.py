"""Vesting and expiry: what was noticed becomes spendable until a day, and what is left after that day expires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import BelowFloor, Moved, Refusal
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points import chart
from points.awards import rule_books
from points.awards.models import Vesting
from points.awards.rule_books import Shelf
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


@dataclass(frozen=True, slots=True)
class _Stale:
    """An account whose day has passed, with what is left in it; the version counts its postings."""

    address: str
    version: int
    balance: int


async def sweep(book: Book, on: date, *, progress: Progress = quiet) -> Swept:
    """Let every award vest whose notice has closed by this day, then let expire what was usable until before it.

    An award vests by itself: what its member owes is settled first, the rest can be spent until 31 December, so many
    years after this day's as its rule book says. Nothing vests without a notice, after a correction, or twice; points
    that an objection froze go on waiting. A sweep that is late, killed or run twice does nothing twice.
    """
    await following.follow(book, on)
    due = await _due(book, on)
    stale = await _stale(book, on)
    total = len(due) + len(stale)
    progress(0, total)
    rules = await rule_books.shelf(book)
    vested = await _vest(book, due, rules, on, lambda done: progress(done, total))
    expired, lapsed = await _expire(book, stale, rules, on)
    progress(total, total)
    return Swept(*vested, expired, lapsed)


_DUE = """
SELECT l.award, l.member, v.points, l.notice, s.digest, v.rule_book
FROM openness_notice AS n
JOIN openness_notice_line AS l ON l.notice = n.id
JOIN awards_verification AS v ON v.reference = l.award
JOIN evidence_snapshot AS s ON s.id = 'notice/' || n.id
WHERE n.closes_on <= ? AND v.points > 0
    AND NOT EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = l.award)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = l.award)
ORDER BY l.award"""


async def _due(book: Book, on: date) -> list[_Due]:
    return [_Due(**row) for row in await book.reader.execute_query_dict(_DUE, [on.isoformat()])]


async def _vest(
    book: Book, due: Sequence[_Due], rules: Shelf, on: date, told: Callable[[int], None]
) -> tuple[int, int, int, int]:
    """Vest in parts: awards, their points, the points that settled what was owed, and the awards that wait."""
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
                waiting += isinstance(answer, Refusal) and not isinstance(answer, Moved)
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


_PASSED = """
SELECT a.address, coalesce((SELECT max(side.version) FROM (
    SELECT max(source_version) AS version FROM ledger_posting WHERE source = a.id
    UNION ALL SELECT max(target_version) FROM ledger_posting WHERE target = a.id) AS side), 0) AS version
FROM ledger_account AS a
WHERE a.unit = ? AND a.address >= 'member/' AND a.address < 'member0'
    AND (a.address LIKE 'member/%/until/%' OR a.address LIKE 'member/%/held/%')
    AND substr(a.address, length(a.address) - 9) < ?
ORDER BY a.address"""


async def _stale(book: Book, on: date) -> list[_Stale]:
    """The accounts whose day has passed and that still hold something. Two statements.

    Should an account move between the two, its balance is newer than its version: what is left is moved all the same.
    """
    passed = await book.reader.execute_query_dict(_PASSED, [chart.POINTS, on.isoformat()])
    balances = await statements.balances_of(book.reader, [(row["address"], chart.POINTS) for row in passed])
    found = [_Stale(row["address"], row["version"], balances[row["address"], chart.POINTS]) for row in passed]
    return [account for account in found if account.balance > 0]


async def _expire(book: Book, stale: Sequence[_Stale], rules: Shelf, on: date) -> tuple[int, int]:
    """Move what is left of them to the expired account; one that was spent from meanwhile is left to the next sweep."""
    if not stale:
        return 0, 0
    evidence = await rule_books.evidence(book, rules.on(on))
    answers = await book.journal.post_all([_expiry(account, evidence, on) for account in stale])
    moved = [
        account.balance
        for account, answer in zip(stale, answers, strict=True)
        if isinstance(answer, Receipt) and not answer.repeated
    ]
    for answer in answers:
        if isinstance(answer, Refusal) and not isinstance(answer, BelowFloor):
            raise answer
    return len(moved), sum(moved)


def _expiry(account: _Stale, evidence: Evidence, on: date) -> Draft:
    return Draft(
        reference=f"expire/{account.address}/{account.version}",
        kind="expire",
        evidence=evidence,
        effective_on=on,
        request=encoding.digest_of({"address": account.address, "version": account.version}),
        postings=(Posting(account.address, chart.EXPIRED, account.balance, chart.POINTS),),
    )
