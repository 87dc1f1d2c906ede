"""What a verb refused, as a page says it."""

from __future__ import annotations

from points.events.errors import BadAttachment
from points.market.errors import NotEnough
from web.i18n import speaking
from web.refusals import said


def test_a_refusal_is_said_in_its_own_sentence() -> None:
    """With its facts."""
    assert str(said(NotEnough(missing=6))) == "换不了，积分没有扣。还差 6 分。"


def test_a_fact_in_words_is_translated_with_its_sentence() -> None:
    """No English sentence has a Chinese reason in it."""
    with speaking("en"):
        text = str(said(BadAttachment(problem="PDF 要有 1 到 50 页")))
    assert text == "This file cannot be used: a PDF must have 1 to 50 pages."
