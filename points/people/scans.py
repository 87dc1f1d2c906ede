"""What a scanner or a hand typed into the one field of a counter, read as it was meant. Pure.

A QR of ours says `JF1:` and then a card's token (32 hex digits) or an identity code's (10 letters): capitals, so that
the QR stays small (alphanumeric, version 2). Scanners add tabs and ends of line, and a press too long reads twice.
"""

from __future__ import annotations

import re
import unicodedata

PREFIX = "JF1:"
_PREFIXED = re.compile(r"jf1[:;]", re.ASCII | re.IGNORECASE)
"""A scanner that thinks of another keyboard types ; for the colon."""
_CODE = re.compile(r"\d{8}|\d{4}[ -]\d{4}|[0-9a-z]{10}|[0-9a-f]{32}", re.ASCII | re.IGNORECASE)


def read(text: str) -> str:
    """The text without what a scanner adds: control characters, our prefix, and itself a second time."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if _is_kept(c))
    plain = " ".join(kept.split())
    parts = [part.strip() for part in _PREFIXED.split(plain) if part.strip()]
    if len(parts) > 1 and len(set(parts)) == 1:
        return parts[0]
    return _once(parts[0]) if len(parts) == 1 else plain


def written(token: str) -> str:
    """What stands in a QR for a token."""
    return PREFIX + token.upper()


def _once(text: str) -> str:
    """A code that was read twice, once; a telephone number and a name stay as they are."""
    half, rest = divmod(len(text), 2)
    first, second = text[:half], text[half + rest :]
    between = text[half : half + rest]
    if first == second and not between.strip() and _CODE.fullmatch(first):
        return first
    return text


def _is_kept(character: str) -> bool:
    """Between tab and end of line there may be something on both sides; other control characters mean nothing."""
    return character in "\t\r\n" or unicodedata.category(character)[0] != "C"
