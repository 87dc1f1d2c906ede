"""The second person's word on a page."""

from __future__ import annotations

import pytest

from points.people.errors import OwnRequest
from web import forms
from web.bodies import Form
from web.deciding import Decision, why_not


def test_only_two_words_can_be_said_to_what_was_seen() -> None:
    """Yes, or no; a form without one of them decides nothing."""
    said = {
        word: forms.read(Decision, Form([("digest", "sha256:1"), ("decision", word)])).value
        for word in ("approve", "refuse", "perhaps")
    }
    assert said["approve"] is not None
    assert said["approve"].approved
    assert said["refuse"] is not None
    assert not said["refuse"].approved
    assert said["perhaps"] is None


@pytest.mark.anyio
async def test_who_may_not_decide_reads_why() -> None:
    """In the sentence of the refusal; who may reads nothing, and a fault of ours is not taken for a refusal."""

    async def asked(fault: Exception | None) -> None:
        if fault is not None:
            raise fault

    assert await why_not(asked(None)) is None
    assert str(await why_not(asked(OwnRequest()))) == str(OwnRequest())
    with pytest.raises(LookupError):
        await why_not(asked(LookupError()))
