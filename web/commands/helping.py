"""How --help is written: in the language spoken, in columns of which a Chinese character takes two."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

OPENING, CLOSING, HAN = r"（《“「\[", r"，。；：、？！）》”」\]", "\u2e80-\u2fff\u3040-\u9fff"
_PIECE = re.compile(
    rf" +|[{OPENING}]*(?:[{HAN}][{CLOSING}]*|[^ |{HAN}{OPENING}]*\|+|[^ |{HAN}{OPENING}]+)|[{OPENING}]+"
)
"""What stays on one line: a Chinese character with the signs beside it, a word, one of several choices."""
_SAID = re.compile(r"(?P<help>.*?)(?:(?:^|  )\[(?P<extra>.*)\])?", re.DOTALL)
BETWEEN = " · "
"""Stands between the two languages of a help text, the Chinese first."""
CHINESE = {
    "Commands": "命令",
    "Options": "选项",
    "Usage: ": "用法：",
    "Show this message and exit.": "显示这些说明",
}
"""Words of click's own."""
USUAL = {
    "--about-english": "英文的说明 · what it is, in English",
    "--accounts": "多少个账户 · how many accounts",
    "--alliance": "联盟的号 · the number of the alliance",
    "--approve": "同意，还是不同意 · agree, or refuse",
    "--area": "区划代码 · the area's code",
    "--born": "生日 · day of birth",
    "--by": "经办人的编号 · who does it",
    "--callers": "多少个同时来 · how many at once",
    "--community": "哪个社区 · which community",
    "--cost": "成本，分钱 · what one costs, in fen",
    "--delivery": "进货在账本里是第几笔 · the position of the delivery's entry",
    "--english": "英文名 · its English name",
    "--from": "从哪天 · the first day",
    "--from-age": "从几岁 · the youngest",
    "--guardian-phone": "监护人的手机 · the guardian's phone",
    "--hours": "开放时间 · when it is open",
    "--household": "家庭户号 · the household",
    "--item": "什么、几份；可以写几次 · what, and how many; once for each",
    "--kind": "种类 · its kind",
    "--lane": "走哪条路 · which lane",
    "--language": "给这个人的话用哪种语言 · the language they are written to in",
    "--least": "剩几份就提醒 · how few are left",
    "--limit": "最多列几条 · at most so many",
    "--load": "记哪种账 · what is posted",
    "--member": "谁 · who",
    "--month": "哪个月 · which month",
    "--name": "名字 · the name",
    "--of": "限谁 · whom it limits",
    "--on": "哪天；不写就是今天 · the day, today if left out",
    "--per": "按什么期间 · for which period",
    "--phone": "手机 · the phone",
    "--points": "多少分 · how many points",
    "--reason": "为什么 · why",
    "--role": "什么职责 · which role",
    "--rounds": "量几轮 · how many rounds",
    "--shop": "第几号 · which shop",
    "--size": "账本多长 · how long the book is",
    "--source": "从哪里来 · where it comes from",
    "--sponsor": "谁出资 · whose money it is",
    "--to": "到哪里、哪天 · where to, or the last day",
    "--to-age": "到几岁 · the oldest",
    "--until": "到哪天 · the last day",
    "--what": "拍的是什么 · what it shows",
    "--which": "还没印过的，还是全部 · those never printed, or all",
}
"""What options that mean the same everywhere say, unless a command has better words."""


class Named(click.Choice[str]):
    """Codes of which one is typed, each with its Chinese word, which the help says beside it."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(list(words))
        self.words = words

    def explained(self, text: str) -> str:
        """A help text with what each code means: in Chinese, for the codes are English words."""
        chinese, between, english = text.partition(BETWEEN)
        codes = "、".join(f"{code} {word}" for code, word in self.words.items() if code != word)
        return f"{chinese}：{codes}{between}{english}" if codes else text


def explain(parameters: Iterable[click.Parameter]) -> None:
    """Give options that say nothing of themselves their usual words, and codes their meanings."""
    for option in parameters:
        if not isinstance(option, click.Option):
            continue
        option.help = option.help or USUAL.get(max(option.opts, key=len))
        if option.help and isinstance(option.type, Named):
            option.help = option.type.explained(option.help)


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def filled(text: str, columns: int) -> list[str]:
    """A paragraph in lines of at most so many columns; a single piece that is longer has a line of its own."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if width(lines[-1] + piece.rstrip()) > columns and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] or piece.strip() else ""
    return [line.rstrip() for line in lines]


def either(text: str, language: str) -> str:
    """The half of a help text that is in a language, with what click adds in brackets behind it."""
    found = _SAID.fullmatch(text)
    assert found is not None
    chinese, _, english = found["help"].partition(BETWEEN)
    said = (english or chinese) if language == "en" else CHINESE.get(chinese, chinese)
    return f"{said}  [{_extra(found['extra'], language)}]".strip() if found["extra"] else said


def _example(line: str, language: str) -> str:
    """An example and, behind a run of spaces, what it does."""
    command, space, meaning = re.match(r"(\S(?:.*?\S)?)(?:(  +)(.*))?$", line).groups("")  # type: ignore[union-attr]
    return command + space + either(meaning, language) if meaning else command


def _extra(extra: str, language: str) -> str:
    if language == "en":
        return extra
    return extra.replace("required", "必须写").replace("default: ", "不写是 ")


class Help(click.HelpFormatter):
    """Writes the help of one command."""

    def __init__(self, *args: Any, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written; what does not fit stands under its own beginning."""
        prefix = (prefix or self._own("Usage: ")) + prog + " "
        margin = min(width(prefix), self.width // 2)
        first, *more = filled(args, self.width - width(prefix))
        self.write("".join([f"{prefix}{first}\n", *(" " * margin + line + "\n" for line in more)]))

    def write_heading(self, heading: str) -> None:
        """What the next lines are."""
        self.write(f"{' ' * self.current_indent}{either(self._own(heading), self.language)}:\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; one that begins with a backspace keeps its lines."""
        margin, written = " " * self.current_indent, []
        for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
            lines = paragraph.splitlines()
            if lines[0].strip() == "\b":
                written.append([_example(line.strip(), self.language) for line in lines[1:]])
                continue
            said = " ".join(line.strip() for line in lines)
            said = said.partition(BETWEEN)[2] or said if self.language == "en" else said
            written.append(filled(said, self.width - self.current_indent))
        self.write("\n\n".join("\n".join(margin + line for line in lines) for lines in written) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms, and beside each what it means."""
        said = [(term, either(meaning, self.language)) for term, meaning in rows]
        column = min(max(width(term) for term, _ in said), col_max) + col_spacing
        for term, meaning in said:
            for line in self._beside(term, meaning, column):
                self.write(f"{' ' * self.current_indent}{line}\n")

    def _beside(self, term: str, meaning: str, column: int) -> Iterator[str]:
        lines = filled(meaning, self.width - self.current_indent - column)
        if width(term) <= column - 2:
            yield (term + " " * (column - width(term)) + lines.pop(0)).rstrip()
        else:
            first, *more = filled(term, self.width - self.current_indent)
            yield from (first, *("    " + line for line in more))
        yield from (" " * column + line for line in lines if line)

    def _own(self, word: str) -> str:
        return word if self.language == "en" else CHINESE.get(word, word)


class Call(click.Context):
    """A call of a command, which knows in which language its help is written."""

    def make_formatter(self) -> click.HelpFormatter:
        """What its help is written with."""
        return Help(width=self.terminal_width, max_width=self.max_content_width, language=self._language())

    def _language(self) -> str:
        chosen = self.find_root().params.get("lang") or os.environ.get("JISHAN_LANGUAGE", "")
        return "en" if chosen == "en" else "zh"


def listed(
    group: click.Group,
    context: click.Context,
    formatter: click.HelpFormatter,
    chapters: Mapping[str, Sequence[str]],
) -> None:
    """Write the commands of a group, by chapters, each with its first sentence whole."""
    for chapter, names in chapters.items():
        commands = [(name, group.get_command(context, name)) for name in names]
        with formatter.section(chapter):
            formatter.write_dl([(name, _first(command)) for name, command in commands if command])


def _first(command: click.Command) -> str:
    """The first sentence of what a command says of itself."""
    paragraph = " ".join((command.help or "").split("\n\n", 1)[0].split())
    return re.split(r"(?<=\w)\. ", paragraph, maxsplit=1)[0].removesuffix(".")
