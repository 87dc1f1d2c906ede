"""How names, phones and birthdays are read: tolerant of spelling, strict about what they mean. Pure."""

from __future__ import annotations

import re
import unicodedata

from points.people.errors import BadBirthday, BadName, BadPhone

DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
PHONE = re.compile(r"1\d{10}", re.ASCII)
MONTH_AND_DAY = re.compile(r"(?:\d{4}[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?", re.ASCII)
FOUR_DIGITS = re.compile(r"(\d\d)(\d\d)", re.ASCII)
DOTS = dict.fromkeys(map(ord, "•‧・･∙⋅"), "·")

_COMPOUND_SURNAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 司空 夏侯 令狐 端木 轩辕 百里 东郭 南宫 西门 独孤 "
    "澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 钟离 闻人 呼延 赫连 拓跋 第五 左丘 梁丘 谷梁 公羊 子车 颛孙"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())


def name(text: str) -> str:
    """A name in NFC with one kind of middle dot; raises BadName when it is empty, over 40 characters or unprintable."""
    read = unicodedata.normalize("NFC", " ".join(text.split())).translate(DOTS)
    if not 1 <= len(read) <= 40 or not read.isprintable() or "\ufffd" in read:
        raise BadName(name=text)
    return read


def phone(text: str) -> str:
    """Eleven digits beginning with 1, freed of spaces, hyphens, full-width forms and +86; raises BadPhone."""
    read = re.sub(r"[\s\-–—()]", "", unicodedata.normalize("NFKC", text))
    read = read.removeprefix("+86").removeprefix("0086")
    if not PHONE.fullmatch(read):
        raise BadPhone(phone=text)
    return read


def birthday(text: str) -> str:
    """MM-DD, from 3-12, 03/12, 3月12日, 0312 or a whole date (whose year is not kept); raises BadBirthday."""
    read = "".join(unicodedata.normalize("NFKC", text).split())
    found = MONTH_AND_DAY.fullmatch(read) or FOUR_DIGITS.fullmatch(read)
    if found:
        month, day = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1 <= day <= DAYS_IN[month - 1]:
            return f"{month:02d}-{day:02d}"
    raise BadBirthday(birthday=text)


def surname(full_name: str) -> str:
    """The surname: what stands before a middle dot, a compound surname of two characters, or the first character."""
    if "·" in full_name:
        return full_name.split("·", 1)[0]
    return full_name[:2] if full_name[:2] in COMPOUND_SURNAMES else full_name[:1]


def number(text: str) -> str | None:
    """A member number as it is kept (V-000012, S-0003), from v12, V000012, s-3; None when it is no such number."""
    found = re.fullmatch(r"([VvSs])[-\s]?0*(\d{1,9})", unicodedata.normalize("NFKC", text).strip(), re.ASCII)
    if not found or int(found[2]) == 0:
        return None
    return of_ordinal(found[1].upper(), int(found[2]))


def of_ordinal(letter: str, ordinal: int) -> str:
    """The number of the n-th volunteer (V-000012) or the n-th of the staff (S-0003)."""
    return f"{letter}-{ordinal:06d}" if letter == "V" else f"{letter}-{ordinal:04d}"
