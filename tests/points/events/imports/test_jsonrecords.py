"""Records in JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.events.errors import UnreadableFile
from points.events.imports import jsonrecords
from points.events.imports.errors import NoRecords, NotJson, RecordTooLong, TooManyRows

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(
    st.lists(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4), min_size=1, max_size=9),
    st.integers(1, 40),
)
def test_a_list_of_records_is_read_whole(records: list[dict[str, str]], size: int) -> None:
    """However it is laid out, and wherever the pieces end."""
    titles = list(dict.fromkeys(title for record in records for title in record))
    for data in (json.dumps(records), json.dumps(records, ensure_ascii=False, indent=2)):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(jsonrecords, "A_PIECE", size)
            read = jsonrecords.read("f", data.encode(), 100)
        assert read.titles() == tuple(titles)
        assert list(read.rows()) == [[record.get(t, "") for t in titles] for record in records]


def test_values_are_the_texts_they_were() -> None:
    """Numbers by their digits, flags as 1 and 0, nothing as nothing, and what has parts as JSON."""
    data = b'[{"a": 12345678901234567890, "b": 1.10, "c": true, "d": null, "e": [1], "f": "007"}]'
    (row,) = jsonrecords.read("f", data, 9).rows()
    assert row == ["12345678901234567890", "1.10", "1", "", '["1"]', "007"]


@pytest.mark.parametrize(
    ("data", "refusal", "line"),
    [
        (b'[{"a": 1},\n{"a": }]', NotJson, 2),
        (b'[{"a": 1}', NotJson, 1),
        (b'[{"a": 1},\n]', NotJson, 2),
        (b'[{"a": 1}]\nmore', NotJson, 2),
        (b'[{"a": "\xff"}]', NotJson, 1),
        (b'[{"a": 1}\n{"a": 2}]', NotJson, 2),
        (b"[1, 2]", NoRecords, None),
        (b"[" * 100_000, RecordTooLong, None),
        (b'[{"a":' + b"[" * 100_000, RecordTooLong, None),
        (b'[{"a": "' + b"x" * 600_000 + b'"}]', RecordTooLong, None),
        (b'[{"a": "' + b"x" * 3_000_000, RecordTooLong, None),
        (b"[" + b'{"a":1},' * 300 + b'{"a":1}]', TooManyRows, None),
    ],
)
def test_what_is_broken_is_said(data: bytes, refusal: type[UnreadableFile], line: int | None) -> None:
    """With its line, whether half a file or a bomb."""
    with pytest.raises(UnreadableFile) as raised:
        jsonrecords.read("f", data, 200)
    assert type(raised.value) is refusal
    if line:
        assert raised.value.facts["line"] == line


def test_half_a_character_is_marked_as_lost() -> None:
    """In a title, a value, and what has parts of its own; a whole pair is the character it is."""
    records = jsonrecords.read("f", b'[{"\\ud800": "\\udc00", "b": ["\\ud800"], "c": "\\ud83d\\ude92"}]', 9)
    assert records.titles() == ("\ufffd", "b", "c")
    assert list(records.rows()) == [["\ufffd", '["\ufffd"]', "🚒"]]
