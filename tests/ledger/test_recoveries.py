"""A recovery's entry says in its reference what was lost; what merely looks like one is not one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import recoveries, tree
from ledger.recoveries import Head, Recovery
from ledger.transactions import Evidence
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio
LOST, KEPT = Head(478, b"\1" * 32), Head(453, b"\2" * 32)


def test_the_reference_is_read_back() -> None:
    """Both heads, and it fits into a reference even for the greatest sizes."""
    text = recoveries.reference(LOST, KEPT)
    assert text == f"recovery/478-{'01' * 32}/453-{'02' * 32}"
    assert recoveries.read(454, text, "now") == Recovery(LOST, KEPT, 454, "now")
    assert len(recoveries.reference(Head(10**15 - 1, b"\1" * 32), Head(10**15 - 1, b"\2" * 32))) <= 200


@pytest.mark.parametrize(
    "text", ["recovery/1/2", "recovery/1-ab/2-cd", "x" + recoveries.reference(LOST, KEPT), ""]
)
def test_what_merely_looks_like_one_is_none(text: str) -> None:
    """Roots of another length, missing parts, something in front."""
    assert recoveries.read(1, text, "now") is None


def test_it_explains_what_was_signed_before_it_and_was_no_longer() -> None:
    """Not a head signed later, nor a longer one."""
    one = Recovery(LOST, KEPT, 454, "2026-11-21T10:00:00.000000Z")
    before, after = "2026-11-21T09:59:59.999999Z", "2026-11-21T10:00:00.000001Z"
    answers = [one.explains(*head) for head in ((478, before), (460, before), (478, after), (479, before))]
    assert answers == [True, True, False, False]


async def test_only_an_act_that_cites_a_recovery_counts(tmp_path: Path) -> None:
    """The same reference on a transfer, or on an act about something else, is no recovery."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
        kept = Head(1, await tree.root_at(book.reader, 1))
        plain = draft("x", move("bank", "a", 1))
        for lost, kind, cites, postings in (
            (Head(5, b"\1" * 32), "move", recoveries.KIND, plain.postings),
            (Head(6, b"\1" * 32), "act", "note", ()),
            (Head(7, b"\1" * 32), "act", recoveries.KIND, ()),
        ):
            evidence = Evidence(cites, str(lost.size), plain.evidence.digest)
            written = type(plain)(
                recoveries.reference(lost, kept), kind, evidence, plain.effective_on, plain.request, postings
            )
            await book.journal.post(written)
        assert [one.lost.size for one in await recoveries.every(book.reader)] == [7]
