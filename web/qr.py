"""QR codes as drawings inside the page: no request, no script, sharp on any paper."""

from __future__ import annotations

import segno
from markupsafe import Markup


def inline(text: str, *, label: str) -> Markup:
    """An SVG of a QR code (level M, with its quiet zone), black on white in every contrast; `label` says what it is.

    Its size is the style sheet's (`.qr`). Raises segno's DataOverflowError beyond 2,331 characters.
    """
    code = segno.make_qr(text, error="m")
    drawing = code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    # segno escapes what it writes, and the text is in the modules only.
    opening, rest = drawing.split(" ", 1)
    return Markup('{} role="img" aria-label="{}" {}').format(Markup(opening), label, Markup(rest))  # noqa: S704
