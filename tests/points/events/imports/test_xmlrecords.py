"""Records in XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.events.errors import UnreadableFile
from points.events.imports import xmlrecords
from points.events.imports.errors import ForbiddenXml, NotXml, RecordTooLong, TooManyRows

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><requests><request><a>&j;</a></request></requests>"
)
OUTSIDE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><request><a>&x;</a></request></r>'


def test_a_record_is_its_fields() -> None:
    """Their text, what is inside a field included; what is no request is passed over."""
    data = (
        "<service_requests><request><id>007</id><d>甲 &amp; <b>乙</b></d></request><error><id>1</id></error>"
        "<request><e/><id>8</id></request></service_requests>"
    ).encode()
    read = xmlrecords.read("f", data, 9)
    assert read.titles() == ("id", "d", "e")
    assert list(read.rows()) == [["007", "甲 & 乙", ""], ["8", "", ""]]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (LAUGHS, ForbiddenXml),
        (OUTSIDE, ForbiddenXml),
        (b"<a><request><b>1</b></request>", NotXml),
        (b"<a>&nbsp;</a>", NotXml),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', NotXml),
        (b"<a>" * 50, RecordTooLong),
        (b"<a><request><b>" + b"x" * 600_000 + b"</b></request></a>", RecordTooLong),
        (b"<a>" + b"<request><b>1</b></request>" * 20 + b"</a>", TooManyRows),
    ],
)
def test_bombs_and_broken_files_are_refused(data: bytes, refusal: type[UnreadableFile]) -> None:
    """The billion laughs before they unfold, files of this machine before they are opened, half files, depths."""
    with pytest.raises(refusal):
        xmlrecords.read("f", data, 10)


@given(st.binary(max_size=200))
def test_any_bytes_are_records_or_a_refusal(data: bytes) -> None:
    """Nothing else can happen."""
    try:
        xmlrecords.read("f", b"<a>" + data, 10)
    except UnreadableFile:
        return
