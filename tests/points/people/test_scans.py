"""What a scanner typed is read as it was meant; what a person typed stays as it is."""

from __future__ import annotations

import pytest

from points.people import scans

TOKEN = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("48271936", "48271936"),
        ("４８２７ １９３６", "4827 1936"),
        ("4827193648271936", "48271936"),
        ("48271936\r\n48271936\r\n", "48271936"),
        ("4827-1936", "4827-1936"),
        ("\x0248271936\x03\r", "48271936"),
        ("JF1:ABCDEFGHIJ", "ABCDEFGHIJ"),
        ("jf1;abcdefghij\n", "abcdefghij"),
        ("JF1:ABCDEFGHIJJF1:ABCDEFGHIJ", "ABCDEFGHIJ"),
        ("JF1:" + TOKEN.upper(), TOKEN.upper()),
        (TOKEN + TOKEN, TOKEN),
        ("V-000123", "V-000123"),
        ("10000900001", "10000900001"),
        ("5678 王 03-12", "5678 王 03-12"),
        ("5678\t王\t03-12", "5678 王 03-12"),
        ("12341234", "12341234"),
        ("JF1:ABCDEFGHIJ JF1:KLMNOPQRST", "JF1:ABCDEFGHIJ JF1:KLMNOPQRST"),
        ("JF1:", "JF1:"),
        ("\x00\x00", ""),
    ],
)
def test_what_a_scanner_adds_is_taken_away(typed: str, meant: str) -> None:
    """Control characters, full-width digits, our prefix, and the same code a second time; two codes are left as two."""
    assert scans.read(typed) == meant


def test_what_is_written_into_a_qr_is_read_again() -> None:
    """A token goes into capitals, for a smaller QR."""
    assert scans.written(TOKEN) == "JF1:" + TOKEN.upper()
    assert scans.read(scans.written(TOKEN)).lower() == TOKEN
