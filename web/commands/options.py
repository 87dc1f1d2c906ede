"""What options and arguments may say: days, months, whole numbers, files. A refusal names what was given."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from points.market.pools import Parts
from web.i18n import N_, Say

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,30}", re.ASCII)
FIRST, LAST = date(1970, 1, 1), date(9998, 12, 31)
"""Days between which every reckoning with days and months stays within the calendar."""


class _Type(click.ParamType[Any]):
    """Refuses in the language that is chosen later, when the sentence is shown."""

    def refuse(self, sentence: str, parameter: Any, context: Any, **facts: Any) -> NoReturn:
        """Say what is wrong with what was given."""
        raise click.BadParameter(Say(sentence, **facts), ctx=context, param=parameter)  # type: ignore[arg-type]


class Day(_Type):
    """A day as 2018-12-31, and in no other way; since 1970, or since an earlier day for when somebody was born."""

    name = "day"

    def __init__(self, since: date = FIRST) -> None:
        self.since = since

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        found = _read_day(value, self.since)
        if found is None:
            self.refuse(N_("“{text}” 不是日期，请写成 2018-12-31。"), param, ctx, text=value)
        return found


class Month(_Type):
    """A month as 2018-07, and in no other way."""

    name = "month"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The month as it was written."""
        if _read_day(f"{value}-01") is None:
            self.refuse(N_("“{text}” 不是月份，请写成 2018-07。"), param, ctx, text=value)
        return str(value)


class Whole(_Type):
    """A whole number; between two numbers, when they are given."""

    name = "number"

    def __init__(self, least: int | None = None, most: int | None = None) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """The number."""
        if not _WHOLE.fullmatch(str(value)):
            self.refuse(N_("“{text}” 不是整数。"), param, ctx, text=value)
        number = int(value)
        if not self._allows(number):
            facts = {"text": value, "least": self._least, "most": self._most}
            self.refuse(N_("{text} 不行，要是 {least} 到 {most} 的整数。"), param, ctx, **facts)
        return number

    def _allows(self, number: int) -> bool:
        return (self._least is None or number >= self._least) and (self._most is None or number <= self._most)


class File(_Type):
    """A file that is there."""

    name = "file"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path:
        """Its path."""
        path = Path(value)
        if path.is_dir():
            self.refuse(N_("{text} 是文件夹，不是文件。"), param, ctx, text=value)
        if not path.exists():
            self.refuse(N_("没有文件 {text}。"), param, ctx, text=value)
        return path


class Platform(_Type):
    """The name of a platform that events come from: short, and in one piece, because it is said again later."""

    name = "source"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        """The name."""
        text = str(value)
        if not 1 <= len(text) <= 40 or not text.isprintable() or any(c.isspace() for c in text):
            self.refuse(N_("“{text}” 不能做来源的名字：1 到 40 个字，中间不空格。"), param, ctx, text=text)
        return text


def _read_day(text: Any, since: date = FIRST) -> date | None:
    if not _DAY.fullmatch(str(text)):
        return None
    try:
        found = date.fromisoformat(str(text))
    except ValueError:
        return None
    return found if since <= found <= LAST else None


ON = click.option(
    "--on",
    "on",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="生效日；不写就是今天 · the effective day, today if left out",
)
BY = click.option("--by", "by", required=True, metavar="NUMBER", help="经办人的编号 · who does it")
MONTH = click.option("--month", required=True, type=Month(), metavar="YYYY-MM")
SHOP = click.option(
    "--shop", "number", required=True, type=Whole(1, 2**31 - 1), metavar="NUMBER", help="第几号 · which shop"
)
KEY = click.option(
    "--key",
    default=None,
    help="同一个 key 只做一次 · the same key does it once, by default a new one each time",
)
NOTE = click.option("--note", default="", metavar="TEXT", help="说明，可以删除 · a note, which can be erased")
DIGEST = click.option(
    "--digest",
    required=True,
    metavar="TEXT",
    help="看到的核对码，至少末 12 位 · the check code that was seen",
)
SEEN = 12
"""So many of a digest's last digits must be given."""

PARTS = click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="OWNER=POINTS",
    help="家里各出多少 · what each of a household gives",
)


def read_parts(said: tuple[str, ...]) -> Parts:
    """What each purse gives: member/V-000001=4."""
    pairs = [each.partition("=") for each in said]
    wrong = next((each for each, (_, _, n) in zip(said, pairs, strict=True) if not n.isdecimal()), None)
    if wrong is not None:
        raise click.BadParameter(wrong, param_hint="--part")
    return tuple((owner, int(n)) for owner, _, n in pairs)


def read_digest(said: str, digest: str) -> str:
    """The whole digest where its last digits were given; what was given otherwise, which the verb then refuses."""
    return digest if len(said) >= SEEN and digest.endswith(said) else said
