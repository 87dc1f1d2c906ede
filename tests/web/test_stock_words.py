"""Every reason, source and state that can stand in a row has its word."""

from __future__ import annotations

from points.market import stock_reasons
from web import stock_words, telling


def test_every_code_has_its_word() -> None:
    """The very words of the lists."""
    for among in (
        stock_reasons.LOSSES,
        stock_reasons.DELIVERIES,
        stock_reasons.ON_THE_WAY,
        stock_reasons.COUNTS,
    ):
        assert {code: stock_words.REASONS[code] for code in among} == among
    assert stock_words.SOURCES == stock_reasons.SOURCES


def test_every_kind_of_ours_is_told() -> None:
    """In a list of movements and in the ledger by the same word."""
    assert stock_words.MOVES.keys() - {"redemption"} == stock_words.OURS
    for kind in stock_words.OURS:
        assert telling.KINDS[kind]
    assert stock_words.COUNT_STATES.keys() > stock_words.STATES.keys()
