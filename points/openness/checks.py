"""Is what is frozen just what objections froze? A check for the audit of a book."""

from __future__ import annotations

from collections.abc import AsyncIterator

from ledger import statements
from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points import chart
from points.people.twice import merges

ADVICE = N_("先不要答复和更正这一笔；把这一条告诉维护程序的人，查清再办")

_OPEN = """
SELECT f.award, f.points, l.member FROM openness_freeze AS f
JOIN openness_notice_line AS l ON l.award = f.award
WHERE NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference) ORDER BY f.award"""
_TORN = """
SELECT f.award FROM openness_freeze AS f JOIN awards_vesting AS w ON w.award = f.award
WHERE NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference) ORDER BY f.award"""
_ACCOUNTS = """
SELECT a.address FROM ledger_account AS a
WHERE a.unit = ? AND a.address >= 'member/' AND a.address < 'member0' AND a.address LIKE 'member/%/disputed'"""


def disputes_agree(book: Book) -> Check:
    """Nothing is both frozen and vested, and what stands frozen of each member is what open objections froze."""

    async def disputes_agree(audit: Audit) -> AsyncIterator[Finding]:
        for row in await audit.db.execute_query_dict(_TORN, []):
            what = N_("异议冻结的积分已经可以用了")
            yield Finding("disputes", None, row["award"], what, {}, ADVICE)
        for member, (right, there) in sorted((await _sums(book, audit)).items()):
            if right != there:
                what = N_("冻结的是 {there} 分，异议涉及的是 {right} 分")
                facts = {"there": there, "right": right}
                yield Finding("disputes", None, chart.disputed(member), what, facts, ADVICE)

    return disputes_agree


async def _sums(book: Book, audit: Audit) -> dict[str, tuple[int, int]]:
    """For each member: the points of open objections, and what stands frozen; merged numbers count as the kept one."""
    open_ = await audit.db.execute_query_dict(_OPEN, [])
    accounts = await audit.db.execute_query_dict(_ACCOUNTS, [chart.POINTS])
    there = await statements.balances_of(audit.db, [(row["address"], chart.POINTS) for row in accounts])
    frozen = [(address.split("/")[1], balance) for (address, _unit), balance in there.items()]
    known = await merges.into(book, {*[row["member"] for row in open_], *[member for member, _ in frozen]})
    sums: dict[str, tuple[int, int]] = {}
    for member, right, stands in (
        *[(row["member"], row["points"], 0) for row in open_],
        *[(member, 0, balance) for member, balance in frozen],
    ):
        who = known.get(member, member)
        before = sums.get(who, (0, 0))
        sums[who] = (before[0] + right, before[1] + stands)
    return sums
