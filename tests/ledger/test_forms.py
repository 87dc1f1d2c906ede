"""The form of a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ledger import encoding
from ledger.decisions import State, decide
from ledger.errors import BadDraft
from ledger.transactions import Draft, Evidence, Posting, Transaction
from tests.ledger.drafts import CHART, draft, move

NOON = datetime(2018, 7, 4, 4, tzinfo=UTC)
GOOD = draft("good", move("bank", "a", 1))
BAD_FORMS: dict[str, Draft] = {
    "one word for a reference": replace(GOOD, reference="good"),
    "a long reference": replace(GOOD, reference="t/" + "x" * 199),
    "Chinese in a reference": replace(GOOD, reference="t/奖励"),
    "a newline in a reference": replace(GOOD, reference="t/x\n"),
    "a capital kind": replace(GOOD, kind="Move"),
    "a request that is no digest": replace(GOOD, request="sha256:abc"),
    "no evidence id": replace(GOOD, evidence=Evidence("note", "", encoding.digest("x"))),
    "an evidence without digest": replace(GOOD, evidence=Evidence("note", "1", "")),
    "an evidence id not in NFC": replace(GOOD, evidence=Evidence("note", "e\u0301", encoding.digest("x"))),
    "half a character": replace(GOOD, evidence=Evidence("note", "\ud800", encoding.digest("x"))),
    "a line break in an evidence id": replace(GOOD, evidence=Evidence("note", "a\nb", encoding.digest("x"))),
    "an instant for a day": replace(GOOD, effective_on=datetime(2018, 7, 4, tzinfo=UTC)),
    "a nought": replace(GOOD, postings=(move("bank", "a", 0),)),
    "a debt": replace(GOOD, postings=(move("bank", "a", -1),)),
    "a truth for an amount": replace(GOOD, postings=(move("bank", "a", True),)),
    "a half": replace(GOOD, postings=(Posting("bank", "box/a", 0.5, "points"),)),  # type: ignore[arg-type]
    "to itself": replace(GOOD, postings=(move("a", "a", 1),)),
    "257 lines": replace(GOOD, postings=(move("bank", "a", 1),) * 257),
}


@pytest.mark.parametrize("bad", BAD_FORMS.values(), ids=BAD_FORMS.keys())
def test_a_draft_out_of_form_is_refused(bad: Draft) -> None:
    """What would not survive being written and read back is a BadDraft, not an error further down."""
    state = State(CHART, position=0, recorded_at=None)
    assert isinstance(decide(state, bad, NOON), BadDraft)
    assert isinstance(decide(state, GOOD, NOON), Transaction)
