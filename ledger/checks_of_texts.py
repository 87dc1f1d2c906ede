"""Do the rows say what the texts say? Texts against leaves, postings and accounts against texts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from ledger import digests, row_by_row, tree
from ledger.findings import N_, Audit, Finding
from ledger.stretches import Stretch

_PLAIN = bytes(code for code in range(32, 127) if code != ord("\\"))
"""The bytes that stand in a text as they are: none of them is escaped, save the quote, and those are counted."""
_DIGEST = len(digests.BOOK.name) + 65
_HEAD = len('{"accounts":[],"chart":"')
_GAP = _DIGEST + len('","effective_on":"2018-07-04","evidence":{"digest":"')
"""Where the two digests stand: the first after the accounts, the second after the day, which has ten characters."""
_hash = digests.BOOK.new
_QUOTES, _OF_A_LINE, _OF_AN_ACCOUNT = 46, 22, 8
"""Quotes in a text that opens nothing and moves nothing, and those that each line and each account add."""
_WRONG = "\n"
"""What is written for a row that cannot be told of: a plain text never holds it."""


def of_stretch(stretch: Stretch) -> Iterator[Finding]:
    """Positions have no gap, every leaf is its text's, and columns, postings and accounts are those the texts tell of.

    A stretch from whose rows each text can be written again, byte for byte, is whole. Any other is looked at row
    by row.
    """
    if not (_is_plain(stretch) and _is_written(stretch)) and not _is_said(stretch):
        yield from row_by_row.of_stretch(stretch)


async def beyond(audit: Audit) -> AsyncIterator[Finding]:
    """Postings and accounts whose numbers belong to no position there is."""
    for check, table, share in (("postings", "ledger_posting", 256), ("accounts", "ledger_account", 512)):
        async for finding in _beyond(audit, check, table, share):
            yield finding


def _is_plain(stretch: Stretch) -> bool:
    """Whether no text holds anything that JSON would escape: no odd byte, and no quote but those of keys and ends."""
    joined = b"".join([row[9] for row in stretch.transactions])
    quotes = _QUOTES * len(stretch.transactions) + _OF_A_LINE * len(stretch.postings)
    quotes += sum([_OF_AN_ACCOUNT if row[3] is None else _OF_AN_ACCOUNT + 2 for row in stretch.accounts])
    quotes += 2 * sum([row[6] is not None for row in stretch.transactions])
    return joined.count(b'"') == quotes and not joined.translate(None, _PLAIN)


def _is_written(stretch: Stretch) -> bool:
    """Whether these rows, written out as `encoding.encode` does, are the texts, which are plain. Written for speed.

    Only two digests are taken from a text: no column has them.
    """
    lines, ids = _lines(stretch), [row[0] for row in stretch.postings]
    ids.append(0)
    opened, latest, line, after = _opened(stretch), stretch.latest, 0, stretch.after
    for position, reference, request, kind, by, what, reverses, on, at, body, leaf in stretch.transactions:
        first, after, number = line, after + 1, position * 256
        while ids[line] == number:
            line, number = line + 1, number + 1
        moved = lines[first] if line - first == 1 else ",".join(lines[first:line])
        new = opened.pop(position, "") if opened else ""
        text = body.decode("ascii")
        chart = _HEAD + len(new)
        digest = chart + _GAP
        back = "" if reverses is None else f',"reverses":{reverses}'
        if (
            position != after
            or at < latest
            or text
            != f'{{"accounts":[{new}],"chart":"{text[chart : chart + _DIGEST]}","effective_on":"{on}","evidence":'
            f'{{"digest":"{text[digest : digest + _DIGEST]}","id":"{what}","kind":"{by}"}},"kind":"{kind}",'
            f'"position":{position},"postings":[{moved}],"recorded_at":"{at}","reference":"{reference}",'
            f'"request":"{request}"{back},"v":1}}'
            or _hash(b"\0" + body).digest() != leaf
        ):
            return False
        latest = at
    return line == len(lines) and not opened


def _lines(stretch: Stretch) -> list[str]:
    """Each posting as it stands in a text."""
    known, lines = stretch.known, []
    for _, unit, source, given, left, target, taken, held, amount in stretch.postings:
        out, into = known[source], known[target]
        lines.append(
            f'{{"amount":{amount},"source":"{out.address}","source_balance":{left},"source_version":{given},'
            f'"target":"{into.address}","target_balance":{held},"target_version":{taken},"unit":"{unit}"}}'
            if unit == out.unit == into.unit
            else _WRONG
        )
    return lines


def _opened(stretch: Stretch) -> dict[int, str]:
    """By position: the accounts that it opened, as they stand in its text."""
    found: dict[int, str] = {}
    number = 0
    for identity, address, unit, floor, position in stretch.accounts:
        before = found.get(position)
        number = number + 1 if before else position * 512
        low = "" if floor is None else f'"floor":{floor},'
        one = f'{{"address":"{address}",{low}"unit":"{unit}"}}' if identity == number else _WRONG
        found[position] = f"{before},{one}" if before else one
    return found


def _is_said(stretch: Stretch) -> bool:
    """The same for texts of any characters, and slower: each is written with all that JSON does to them."""
    lines, opened = (
        row_by_row.by_position(stretch.postings, 256),
        row_by_row.by_position(stretch.accounts, 512),
    )
    after, latest = stretch.after, stretch.latest
    for row in stretch.transactions:
        after += 1
        if row[0] != after or row[8] < latest:
            return False
        if not row_by_row.says(row, lines.pop(after, ()), opened.pop(after, ()), stretch):
            return False
        latest = row[8]
    return not lines and not opened


async def _beyond(audit: Audit, check: str, table: str, share: int) -> AsyncIterator[Finding]:
    """The first rows of a table that belong to no position there is; each position has `share` numbers."""
    query = f"SELECT id FROM {table} WHERE id < ? OR id >= ? ORDER BY id LIMIT 20"  # noqa: S608 - our own tables
    for row in await audit.db.execute_query_dict(query, [share, (audit.size + 1) * share]):
        if row["id"] // share > await tree.head(audit.db) or row["id"] < share:
            yield Finding(check, row["id"] // share, f"{table} {row['id']}", N_("不属于任何一笔"))
