"""Evidence that is lost for good: an entry in which two people say so, so that the audit says it with their names.

Nothing comes back by it. What is said to be lost and stands again is simply there; what is different is never excused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import encoding
from ledger.row_by_row import UNREADABLE

KIND = "evidence-lost"
"""Of the evidence; also how the reference begins."""

_SAID = """
SELECT x.position, x.effective_on, x.body, k.salt, k.text FROM ledger_transaction AS x
JOIN evidence_snapshot_text AS k ON k.snapshot = x.evidence_kind || '/' || x.evidence_id
WHERE x.evidence_kind = ? AND x.kind = 'act' ORDER BY x.position"""


@dataclass(frozen=True, slots=True)
class Loss:
    """An entry that says whose evidence is lost: spans of positions, both ends included, all before its own."""

    position: int
    on: str
    by: str
    approved_by: str
    reason: str
    spans: tuple[tuple[int, int], ...]

    def names(self, position: int) -> bool:
        """Whether the evidence of an entry is among what was lost."""
        return position < self.position and any(first <= position <= last for first, last in self.spans)


async def every(db: BaseDBAsyncClient) -> list[Loss]:
    """The losses that a book's entries tell of, oldest first; most books have none. One statement.

    Only what its entry cites counts: a text whose digest is another's excuses nothing.
    """
    found = []
    for row in await db.execute_query_dict(_SAID, [KIND]):
        try:
            if encoding.parse(bytes(row["body"]))["evidence"]["digest"] == encoding.digest(
                row["salt"] + row["text"]
            ):
                found.append(_read(row["position"], row["effective_on"], row["text"]))
        except UNREADABLE:
            continue  # the check of texts, or that of evidence, names it
    return found


def _read(position: int, on: str, text: str) -> Loss:
    said = encoding.parse(text.encode())
    return Loss(position, on, said["by"], said["approved_by"], said["reason"], _spans(said["lost"]))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (one.partition("-") for one in text.split(",") if one)
    return tuple((int(first), int(last or first)) for first, _, last in pairs)


def naming(losses: Sequence[Loss], position: int) -> Loss | None:
    """The first loss that names an entry's evidence."""
    return next((one for one in losses if one.names(position)), None)


def written(positions: Iterable[int]) -> str:
    """Positions as the evidence says them, neighbours together: `1201-1240,1244`."""
    spans: list[list[int]] = []
    for position in sorted(set(positions)):
        if spans and spans[-1][1] == position - 1:
            spans[-1][1] = position
        else:
            spans.append([position, position])
    return ",".join(f"{first}-{last}" if first != last else str(first) for first, last in spans)
