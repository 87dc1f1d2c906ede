"""How a command refuses: one sentence on standard error, or one object for a program; and what the exit status says.

1  refused, or something was found       2  the command was not written as it must be       75  busy, try again
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from tortoise.exceptions import OperationalError

from ledger.errors import BookDamaged, Busy, LedgerError
from points.errors import PointsError
from web.i18n import N_, speaking
from web.i18n import gettext as _

PROBLEMS = {
    errno.ENOENT: N_("没有这个文件夹或文件"),
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("那里只能读"),
    errno.ENOSPC: N_("磁盘满了"),
    errno.ENOTDIR: N_("路径里有一段不是文件夹"),
    errno.EISDIR: N_("那是文件夹"),
    errno.EADDRINUSE: N_("正被别的程序占用"),
    errno.EADDRNOTAVAIL: N_("这台机器没有这个地址"),
}
"""What a person reads in place of the system's own words."""


class Refused(click.ClickException):
    """Not done, for a reason that is the command's own and no verb's."""


def unusable(path: Path, error: OSError) -> Refused:
    """That a file or folder cannot be used, and why."""
    return Refused(_("{path} 用不了：{problem}。").format(path=path, problem=problem(error)))


def problem(error: OSError) -> str:
    """What the system says, in the language being spoken."""
    return _(PROBLEMS[error.errno]) if error.errno in PROBLEMS else str(error.strerror or error)


def told(error: Exception) -> tuple[str, str, dict[str, Any]]:
    """An error's name, its sentence in the language being spoken, and its facts."""
    if isinstance(error, LedgerError | PointsError):
        return type(error).__name__, translated(error), error.facts
    if isinstance(error, click.ClickException):
        return type(error).__name__, _usage(error), {}
    if isinstance(error, OSError):
        return told(unusable(Path(str(error.filename)), error) if error.filename else Refused(problem(error)))
    return told(BookDamaged(problem=str(error)))


EXPECTED = (LedgerError, PointsError, click.ClickException, OSError, OperationalError, sqlite3.Error)
"""What a person is told in a sentence. Anything else is a fault of ours, and shows itself whole."""


def translated(error: LedgerError | PointsError) -> str:
    """An error's sentence in the language being spoken, with its facts."""
    facts = {name: "" if value is None else value for name, value in error.facts.items()}
    return _(error.template).format(**facts)


def leave(error: Exception, *, as_json: bool) -> NoReturn:
    """Say it, and end with the status that it has."""
    name, sentence, facts = told(error)
    if as_json:
        shown = {key: str(value) for key, value in facts.items()}
        click.echo(json.dumps({"error": name, "message": sentence, "facts": shown}, ensure_ascii=False))
    else:
        click.echo(f"✗ {sentence}", err=True)
    if isinstance(error, Busy):
        sys.exit(75)  # EX_TEMPFAIL of sysexits.h: try again
    sys.exit(error.exit_code if isinstance(error, click.ClickException) else 1)


def _usage(error: click.ClickException) -> str:
    """What is wrong with how the command was written, and where to read how it is written."""
    if not isinstance(error, click.UsageError):
        return error.message
    path = error.ctx.command_path if error.ctx else "jishan"
    return _wrong(error) + _("（写法见 {command} --help）").format(command=path)


def _wrong(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter) and error.param:
        return _("还要写 {name}。").format(name=_name(error.param))
    if isinstance(error, click.BadParameter) and error.param:
        return _("{name}：{problem}").format(name=_name(error.param), problem=error.message)
    if isinstance(error, click.NoSuchOption):
        return _("没有 {name} 这个选项。").format(name=error.option_name)
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _("没有 {name} 这个命令。").format(name=error.command_name)
    return error.message


def _name(parameter: click.Parameter) -> str:
    return (
        max(parameter.opts, key=len) if isinstance(parameter, click.Option) else parameter.make_metavar(_ANY)
    )


_ANY = click.Context(click.Command("jishan"))


class Application(click.Group):
    """The command with all its commands. What is wrong with a call is said in our manner, not in click's."""

    def main(self, args: Sequence[str] | None = None, *given: Any, **options: Any) -> Any:
        """Run, and leave with a status."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            status = super().main(words, *given, **{**options, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(130)  # as a shell says of what was interrupted
        except EXPECTED as error:
            with speaking(_language(words)):
                leave(error, as_json="--json" in words)
        sys.exit(status if isinstance(status, int) else 0)


def _language(words: Sequence[str]) -> str:
    """The language a call asked for, when it went wrong before its options were read."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word.startswith("--lang"):
            return word.partition("=")[2] or following
    return os.environ.get("JISHAN_LANGUAGE", "")
