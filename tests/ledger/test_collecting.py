"""The collector is put off, and back, also when something breaks."""

from __future__ import annotations

import gc

import pytest

from ledger import collecting


def test_nothing_is_collected_until_it_is_over() -> None:
    """Off inside, also inside another one; on again at the end, whatever happened."""
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"):
        _breaking()
    assert gc.isenabled()


def _breaking() -> None:
    with collecting.after():
        with collecting.after():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("broken")
