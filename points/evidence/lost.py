"""Rows that are no longer there: after a restore from texts an entry stands without what was registered with it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.transactions import Bulk, Draft
from points.evidence.models import Snapshot

_WITHOUT_EVIDENCE = """
SELECT x.reference FROM ledger_transaction AS x
WHERE x.reference IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM evidence_snapshot AS s WHERE s.id = x.evidence_kind || '/' || x.evidence_id)"""


async def rows(db: BaseDBAsyncClient, drafts: Sequence[Draft]) -> set[str]:
    """Of drafts that were written before, the references of those whose rows are lost.

    Keys are made anew when something is asked again, so rows are looked for by what stays: the evidence that the entry
    cites, when it came with the draft, and the reference that rows say they belong to.
    """
    with_evidence = [d.reference for d in drafts if any(_model(row) is Snapshot for row in d.rows)]
    found = await db.execute_query_dict(_WITHOUT_EVIDENCE, [json.dumps(with_evidence)])
    lost = {str(row["reference"]) for row in found}
    for model, references in _named(drafts).items():
        kept = model.filter(reference__in=references).using_db(db)
        lost |= set(references) - set(await kept.values_list("reference", flat=True))
    return lost


def _named(drafts: Sequence[Draft]) -> dict[Any, list[str]]:
    """The references that rows say they belong to, by model."""
    named: dict[Any, dict[str, None]] = defaultdict(dict)
    for draft in drafts:
        for row in draft.rows:
            if draft.reference in _references(row):
                named[_model(row)][draft.reference] = None
    return {model: list(references) for model, references in named.items()}


def _model(row: Any) -> Any:
    return row.model if isinstance(row, Bulk) else type(row)


def _references(row: Any) -> list[Any]:
    """What the rows say they belong to."""
    if not isinstance(row, Bulk):
        return [getattr(row, "reference", None)]
    return [dict(zip(row.fields, values, strict=True)).get("reference") for values in row.values]
