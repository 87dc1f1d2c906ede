"""Records in JSON: a list of flat objects, or one, read a record at a time. Numbers stay the digits they were."""

from __future__ import annotations

import codecs
import json
import re
from json.decoder import JSONDecodeError
from typing import Any

from points.events.imports.collecting import RECORD_AT_MOST, Records
from points.events.imports.errors import NoRecords, NotJson

A_PIECE = 1 << 20
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_HALVES = re.compile("[\ud800-\udfff]")
_BLANK = " \t\r\n"


def read(name: str, data: bytes, rows_at_most: int) -> Records:
    """The records of a file; raises NotJson, NoRecords, RecordTooLong, TooManyRows."""
    text, records = _Text(name, data), Records(name, rows_at_most)
    one = text.next() == "{"
    if not one:
        text.take("[")
    while text.next() not in ("", "]"):
        records.add({_whole(title): _whole(_text(value)) for title, value in text.record(records).items()})
        if one or text.next() == "]":
            break
        text.take(",")
        if text.next() == "]":
            raise text.broken()
    if not one:
        text.take("]")
    if text.next():
        raise text.broken()
    return records


class _Text:
    """A text and a place in it, decoded as far as it is needed, so that it never stands in memory whole."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._taken = self._lines = self._at = 0
        self._held = ""

    def next(self) -> str:
        """The next character that is not blank, which stays; "" at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def take(self, mark: str) -> None:
        """Go past this character; raises NotJson when it is another one."""
        if self.next() != mark:
            raise self.broken()
        self._at += 1

    def record(self, records: Records) -> dict[str, Any]:
        """Go past the record that begins here."""
        while len(self._held) - self._at < RECORD_AT_MOST and self._more():
            pass
        try:
            record, end = _DECODER.raw_decode(self._held, self._at)
        except RecursionError:
            raise records.too_long() from None
        except JSONDecodeError as error:
            if error.pos - self._at > RECORD_AT_MOST or ("Unterminated" in error.msg and self._is_held()):
                raise records.too_long() from None
            self._at = error.pos
            raise self.broken() from None
        if not isinstance(record, dict):
            raise NoRecords(file=self.name)
        if end - self._at > RECORD_AT_MOST:
            raise records.too_long()
        self._at = end
        return record

    def broken(self) -> NotJson:
        """What to raise when it cannot be read on from here."""
        line = self._lines + self._held.count("\n", 0, self._at) + 1
        return NotJson(file=self.name, line=line)

    def _is_held(self) -> bool:
        """Whether there is more of the file than what is held."""
        return self._taken < len(self.data)

    def _more(self) -> bool:
        if not self._is_held():
            return False
        self._lines += self._held.count("\n", 0, self._at)
        self._held, self._at = self._held[self._at :], 0
        piece = self.data[self._taken : self._taken + A_PIECE]
        self._taken += len(piece)
        try:
            self._held += self._decoder.decode(piece, final=not self._is_held())
        except UnicodeDecodeError as error:
            lost = self._taken - len(piece) + error.start
            raise NotJson(file=self.name, line=self.data.count(b"\n", 0, max(lost, 0)) + 1) from None
        return True


def _whole(text: str) -> str:
    """A lone surrogate, which JSON can say and no page or file can write, becomes the mark of what was lost."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def _text(value: Any) -> str:
    """What a cell says: true is 1, null nothing, and what has parts of its own is written as JSON again."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)
