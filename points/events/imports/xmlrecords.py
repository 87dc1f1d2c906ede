"""Records in XML: elements with elements for their fields. No DOCTYPE, and no entities of the file's own.

The parser is expat, of Python's standard library, told to stop at the first DOCTYPE or declared entity: nothing can
unfold (the billion laughs) or be fetched, as defusedxml does it with forbid_dtd.
"""

from __future__ import annotations

from typing import Any, NoReturn
from xml.parsers import expat

from points.events.imports.collecting import RECORD_AT_MOST, Records
from points.events.imports.errors import ForbiddenXml, NotXml

A_PIECE = 1 << 16
DEEPEST = 8
NAMES = ("request", "service_request", "record")
"""What a record is called: `request` in Open311."""


def read(name: str, data: bytes, rows_at_most: int) -> Records:
    """The records of a file; raises NotXml, ForbiddenXml, RecordTooLong, TooManyRows."""
    handler = _Handler(Records(name, rows_at_most))
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = handler.forbid
    parser.EntityDeclHandler = handler.forbid
    parser.StartElementHandler = handler.begin
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.say
    try:
        for start in range(0, len(data), A_PIECE):
            parser.Parse(data[start : start + A_PIECE], False)
            if (
                start - parser.CurrentByteIndex > RECORD_AT_MOST
            ):  # one token without an end, read again and again
                raise handler.records.too_long()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotXml(file=name, line=parser.CurrentLineNumber) from error
    return handler.records


class _Handler:
    """What is told while the parser goes on. `path` are the elements around the place where it is."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.path: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.length = 0

    def forbid(self, *_: Any) -> NoReturn:
        """A DOCTYPE, or an entity of the file's own."""
        raise ForbiddenXml(file=self.records.name)

    def begin(self, element: str, _attributes: dict[str, str]) -> None:
        """An element begins: the file, a record, a field, or something inside a field."""
        self.path.append(element)
        if len(self.path) == 2:
            self.fields, self.length = {}, 0
        elif len(self.path) == 3:
            self.fields.setdefault(element, [])
        self.length += len(element)
        if len(self.path) > DEEPEST or self.length > RECORD_AT_MOST:
            raise self.records.too_long()

    def say(self, text: str) -> None:
        """Text of a field; elsewhere it is only blanks."""
        if len(self.path) >= 3:
            self.length += len(text)
            if self.length > RECORD_AT_MOST:
                raise self.records.too_long()
            self.fields[self.path[2]].append(text)

    def end(self, element: str) -> None:
        """An element ends; when it was a record, it is kept."""
        self.path.pop()
        if len(self.path) == 1 and element in NAMES:
            self.records.add({title: "".join(parts).strip() for title, parts in self.fields.items()})
