"""QR codes as drawings inside the page: no request, no script, sharp on any paper."""

from __future__ import annotations

from html import escape

import segno


class Drawing(str):
    """SVG of our own making, which a template writes as it is: everything foreign in it was escaped here."""

    __slots__ = ()

    def __html__(self) -> str:
        """What Jinja asks of a text that needs no escaping."""
        return str(self)


def inline(text: str, *, label: str) -> Drawing:
    """An SVG of a QR code (level M, with its quiet zone), black on white in every contrast; `label` says what it is.

    Its size is the style sheet's (`.qr`). Raises segno's DataOverflowError beyond 2,331 characters.
    """
    code = segno.make_qr(text, error="m")
    drawing = code.svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    # The text is in the modules only; of what is written, the label alone is not segno's own.
    return Drawing(drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))
