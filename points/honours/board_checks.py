"""Do closed boards still say what the ledger and their evidence say? A check for the audit of a book."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence

from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points.honours import boards
from points.honours.models import Board, BoardLine

AT_MOST = 100
"""The boards that were closed last: the check costs the same in a book of any age."""
ADVICE = N_("先把这一期榜单撤下，由社区按账本重算核对；查清谁改过数据库")

_CITED = """
SELECT x.position, t.text FROM ledger_transaction AS x
LEFT JOIN evidence_snapshot_text AS t ON t.snapshot = x.evidence_kind || '/' || x.evidence_id WHERE x.reference = ?"""
_MOVED_ON = """
SELECT EXISTS (SELECT 1 FROM ledger_transaction WHERE position > ? AND evidence_kind IN
    ('merge', 'unmerge', 'amendment', 'area')) AS moved_on"""


def boards_agree(book: Book) -> Check:
    """Of each of the latest boards: period, area, position and order are what its act's evidence says; the order is
    what the ledger says at its position, and the lines are of that order.

    Where places, categories or numbers of people were amended since, the ledger's order of that day cannot be asked
    any more: then its evidence stands alone.
    """

    async def boards_agree(audit: Audit) -> AsyncIterator[Finding]:
        latest = Board.all().using_db(audit.db).order_by("-closed_on", "-id").limit(AT_MOST)
        for row in await latest:
            cited = await audit.db.execute_query_dict(_CITED, [row.reference])
            position = cited[0]["position"] if cited else None
            for where, what in [
                *_of_evidence(row, cited[0]["text"] if cited else None, bool(cited)),
                *await _of_ledger(book, audit, row),
            ]:
                yield Finding("boards", position, where, what, advice=ADVICE)

    return boards_agree


def _of_evidence(row: Board, text: str | None, there: bool) -> list[tuple[str, str]]:
    """What differs from the evidence of the act that closed it; a text that was erased says nothing."""
    where = f"honours_board {row.id}"
    if not there:
        return [(where, N_("榜单结榜的那一条不在账上"))]
    if text is None:
        return []
    said = json.loads(text)
    written = {
        "area": row.area,
        "as_of": row.as_of,
        "by": row.closed_by,
        "order": row.digest,
        "period": row.period,
    }
    same = all(said.get(name) == value for name, value in written.items())
    return [] if same else [(where, N_("榜单上写的和结榜时的凭据不一样"))]


async def _of_ledger(book: Book, audit: Audit, row: Board) -> list[tuple[str, str]]:
    """What differs from the order of the ledger at the board's position."""
    (since,) = await audit.db.execute_query_dict(_MOVED_ON, [row.as_of])
    if since["moved_on"]:
        return []
    order = await boards.order_at(book, row)
    if order is None or boards.digest_of(order) != row.digest:
        return [(f"honours_board {row.id}", N_("榜单的摘要和账本按那时重算的不一样"))]
    lines = await BoardLine.filter(board=row.id).using_db(audit.db).order_by("place")
    return _of_lines(lines, order)


def _of_lines(lines: Sequence[BoardLine], order: Sequence[boards.Earned]) -> list[tuple[str, str]]:
    """Lines that are not of the order: another sum, or another place among those who are shown."""
    ranks = {each.member: (rank, each) for rank, each in enumerate(order)}
    found, last = [], -1
    for place, line in enumerate(lines, 1):
        rank, right = ranks.get(line.member, (-1, None))
        figures = right is not None and (right.honour, right.minutes) == (line.honour, line.minutes)
        if not figures or rank <= last or line.place != place:
            found.append((f"honours_board_line {line.id}", N_("榜单的这一行和账本不一样")))
        last = max(rank, last)
    return found
