"""A QR code on a page can be read back, and what is written around it cannot break out."""

from __future__ import annotations

import re

from web import qr


def test_the_drawing_is_inline_named_and_without_styles() -> None:
    """No style attribute, which the policy of our pages would refuse, and a name for those who do not see it."""
    drawing = qr.inline("https://jishan.example/ledger/128417", label='查"这一笔"<b>')
    assert drawing.startswith('<svg role="img" aria-label="查&quot;这一笔&quot;&lt;b&gt;"')
    assert "style=" not in drawing
    assert 'class="qr"' in drawing


def test_it_keeps_its_quiet_zone() -> None:
    """Four modules of white on each side: a version 3 code (29 modules) is drawn in 37."""
    assert re.search(r'viewBox="0 0 37 37"', qr.inline("https://jishan.example/ledger/128417", label="x"))
