"""What is wrong with a stretch of the book whose texts could not be written again from its rows, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from ledger import encoding
from ledger.findings import N_, Finding, Row, Values
from ledger.stretches import COLUMNS, Stretch

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading a text may raise that is not of our form, whatever somebody wrote there."""


def of_stretch(stretch: Stretch) -> list[Finding]:
    """What is wrong with a stretch, row by row: if its rows all agree, a text says more than they do."""
    found = [*_of_texts(stretch), *_of_postings(stretch), *_of_accounts(stretch)]
    return found or [*_of_more(stretch)]


def _of_more(stretch: Stretch) -> Iterator[Finding]:
    lines, new = by_position(stretch.postings, 256), by_position(stretch.accounts, 512)
    for row in stretch.transactions:
        if not says(row, lines.get(row[0], ()), new.get(row[0], ()), stretch):
            what = N_("正文里还有这些行里没有的")
            yield Finding("texts", row[0], f"ledger_transaction {row[0]}", what)


def says(row: Values, lines: Sequence[Values], new: Sequence[Values], stretch: Stretch) -> bool:
    """Whether these rows, written as a text, are the text, whatever characters are in it. Slower than `_written`."""
    position, reference, request, kind, evidence_kind, evidence_id, reverses, on, recorded_at, body, leaf = (
        row
    )
    accounts = [_account(one, position * 512 + order) for order, one in enumerate(new)]
    postings = [_posting(one, position * 256 + order, stretch) for order, one in enumerate(lines)]
    if None in accounts or None in postings:
        return False
    try:
        said = encoding.parse(body)
        text = {
            "accounts": accounts,
            "chart": said["chart"],
            "effective_on": on,
            "evidence": {"digest": said["evidence"]["digest"], "id": evidence_id, "kind": evidence_kind},
            "kind": kind,
            "position": position,
            "postings": postings,
            "recorded_at": recorded_at,
            "reference": reference,
            "request": request,
        }
        if reverses is not None:
            text["reverses"] = reverses
        text["v"] = encoding.VERSION
        return bool(orjson.dumps(text) == body and encoding.leaf_hash(body) == leaf)
    except UNREADABLE:
        return False


def _account(row: Values, number: int) -> Row | None:
    identity, address, unit, floor, opened_at = row
    if identity != number or opened_at != number // 512:
        return None
    return (
        {"address": address, "unit": unit}
        if floor is None
        else {"address": address, "floor": floor, "unit": unit}
    )


def _posting(row: Values, number: int, stretch: Stretch) -> Row | None:
    identity, unit, source, given, left, target, taken, held, amount = row
    out, into = stretch.known[source], stretch.known[target]
    if identity != number or out.address is None or into.address is None:
        return None
    if not unit == out.unit == into.unit:
        return None
    return {
        "amount": amount,
        "source": out.address,
        "source_balance": left,
        "source_version": given,
        "target": into.address,
        "target_balance": held,
        "target_version": taken,
        "unit": unit,
    }


def by_position(rows: Sequence[Values], share: int) -> dict[int, list[Values]]:
    """Rows by the position to which their numbers belong, each position having so many."""
    found: dict[int, list[Values]] = {}
    for row in rows:
        found.setdefault(row[0] // share, []).append(row)
    return found


def _of_texts(stretch: Stretch) -> Iterator[Finding]:
    after, latest = stretch.after, stretch.latest
    for values in stretch.transactions:
        row = dict(zip(COLUMNS, values, strict=True))
        position = row["position"]
        if position != after + 1:
            gap = {"first": after + 1, "last": position - 1}
            where = f"ledger_transaction {after + 1}"
            yield Finding("texts", after + 1, where, N_("缺少第 {first}–{last} 笔"), gap)
        for template, facts in _text_problems(row, latest):
            yield Finding("texts", position, f"ledger_transaction {position}", template, facts)
        after, latest = position, row["recorded_at"]


def _text_problems(row: Row, latest: str) -> list[tuple[str, Row]]:
    body = bytes(row["body"])
    if encoding.leaf_hash(body) != bytes(row["leaf"]):
        return [(N_("正文与叶子指纹不符"), {})]
    try:
        text = encoding.parse(body)
        same, columns = encoding.canonical(text) == body, _columns(text)
    except UNREADABLE:
        return [(N_("正文不是规范的 JSON"), {})]
    problems: list[tuple[str, Row]] = [] if same else [(N_("正文不是规范写法"), {})]
    problems += [
        (
            N_("列 {name} 是 {stands}，正文写的是 {said}"),
            {"name": name, "stands": repr(row[name]), "said": repr(said)},
        )
        for name, said in columns.items()
        if row[name] != said
    ]
    if row["recorded_at"] < latest:
        problems.append((N_("记账时间早于前一笔"), {}))
    return problems


def _columns(text: Row) -> Row:
    """What the columns beside a text must say."""
    return {
        "position": text.get("position"),
        "reference": text.get("reference"),
        "request": text.get("request"),
        "kind": text.get("kind"),
        "evidence_kind": text.get("evidence", {}).get("kind"),
        "evidence_id": text.get("evidence", {}).get("id"),
        "reverses": text.get("reverses"),
        "effective_on": text.get("effective_on"),
        "recorded_at": text.get("recorded_at"),
    }


def _of_postings(stretch: Stretch) -> Iterator[Finding]:
    found = {row[0]: _posting(row, row[0], stretch) for row in stretch.postings}
    for number, said in _said(stretch, "postings", 256):
        if said is None or found.pop(number, None) != said:
            what, line = N_("第 {line} 条分录与正文不符"), {"line": number % 256 + 1}
            yield Finding("postings", number // 256, f"ledger_posting {number}", what, line)
    for number in found:
        what = N_("正文里没有这条分录")
        yield Finding("postings", number // 256, f"ledger_posting {number}", what)


def _of_accounts(stretch: Stretch) -> Iterator[Finding]:
    found = {row[0]: _account(row, row[0]) for row in stretch.accounts}
    for number, said in _said(stretch, "accounts", 512):
        if said is None or found.pop(number, None) != said:
            what = N_("账户与开户的正文不符")
            yield Finding("accounts", number // 512, f"ledger_account {number}", what)
    for number in found:
        what = N_("没有哪一笔开过这个账户")
        yield Finding("accounts", number // 512, f"ledger_account {number}", what)


def _said(stretch: Stretch, part: str, share: int) -> Iterator[tuple[int, Any]]:
    """What the texts say of a part of theirs, by the number that its row must have."""
    for row in stretch.transactions:
        try:
            told = list(encoding.parse(row[9])[part])
        except UNREADABLE:
            continue
        yield from ((row[0] * share + order, one) for order, one in enumerate(told))
