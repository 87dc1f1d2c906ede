"""What a community worker is told of a file or a row is in their own words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from points.errors import PointsError
from points.events.errors import MissingColumns, NeedsSource, PlanOutdated, UnreadableFile
from points.events.imports import errors
from points.events.imports.errors import RowError
from points.people.errors import BadBirthday, BadName, BadPhone, NeedsGuardian, PhoneTaken
from tests.points.events.imports.test_messages import ELSEWHERE_TESTED, FILES, ROWS
from web.i18n import gettext, speaking

JARGON = re.compile(
    r"\b(?:hash|digest|null|none|nan|exception|traceback|error code|parse\w*|token|regex|stack|offset|byte string|"
    r"schema|primary key|foreign key|index|sql|utf-?8 decode|invalid)\b"
    r"|冲正|哈希|异常|解析|校验和|主键|索引|字段|参数|非法",
    re.IGNORECASE,
)
"""What nobody at a counter says. UTF-8, GB18030, JSON, XML and NUL are named: they are what to look for elsewhere."""
OF_PEOPLE = (BadName, BadPhone, BadBirthday, NeedsGuardian, PhoneTaken)


def below(kind: type[PointsError]) -> Iterator[type[PointsError]]:
    """A class of refusals and all below it."""
    yield kind
    for each in kind.__subclasses__():
        yield from below(each)


def every() -> list[type[PointsError]]:
    """What an import can say."""
    here = [each for kind in (RowError, UnreadableFile) for each in below(kind)]
    return [*here, MissingColumns, NeedsSource, PlanOutdated, *OF_PEOPLE]


@pytest.mark.parametrize("kind", every(), ids=lambda kind: kind.__name__)
def test_a_sentence_is_plain_and_in_both_languages(kind: type[PointsError]) -> None:
    """Chinese and English, no word of programmers in either, and the same facts in both."""
    zh = (kind.__doc__ or "").strip()
    with speaking("en"):
        en = gettext(zh)
    assert en != zh, "not translated"
    assert re.search(r"[\u4e00-\u9fff]", zh)
    assert not re.search(r"[\u4e00-\u9fff]", re.sub("“[^”]*”", "", en)), "but for what stands in the file"
    assert not JARGON.search(zh), zh
    assert not JARGON.search(en), en
    assert set(re.findall(r"\{(\w+)", zh)) == set(re.findall(r"\{(\w+)", en))


def test_a_class_below_another_is_in_the_table_too() -> None:
    """A refusal of a refusal, whichever it is derived from, is brought up by a file or has a reason."""
    shown = {case.said for case in (*FILES, *ROWS)}
    deep = {each for kind in (RowError, UnreadableFile) for each in below(kind)} - {RowError, UnreadableFile}
    assert deep - shown - ELSEWHERE_TESTED.keys() == set()


def test_a_sentence_of_programmers_is_caught() -> None:
    """The planted fault."""
    for said in ("hash mismatch", "字段解析异常", "Invalid index", "value is None"):
        assert JARGON.search(said), said
    assert not JARGON.search((errors.BadCode.__doc__ or "") + "12 digits are needed")
