"""`jishan`: a book on the command line. Each command opens the book, calls one verb, and prints what came of it."""

from __future__ import annotations

import tomllib
from importlib import import_module, metadata
from pathlib import Path

import click

from web.commands.helping import Call, listed
from web.commands.refusals import Application
from web.commands.terminal import Session, settings_or_exit

CHAPTERS = {
    "账本 · The book": {
        "init": "book:init",
        "migrate": "book:migrate",
        "serve": "serving:serve",
        "bench": "bench:bench",
    },
    "人和地方 · People and places": {
        "import": "imports:imports",
        "member": "duplicates:member",
        "application": "applications:application",
        "household": "households:household",
        "team": "teams:team",
        "staff": "granting:staff",
    },
    "事件和细则 · Events and rules": {
        "event": "events:event",
        "mediation": "mediations:mediation",
        "repeats": "repeats:repeats",
        "figures": "figures:figures",
        "register": "registers:register",
        "rules": "earning:rules",
    },
    "积分 · Points": {
        "fund": "funds:fund",
        "verify": "awards:verify",
        "second-looks": "second_looks:second_looks_",
        "assessment": "assessing:assessment",
        "notice": "openness:notice",
        "objection": "openness:objection",
        "sweep": "awards:sweep",
        "correct": "awards:correct",
        "correction": "corrections:correction",
        "balance": "balances:balance",
        "statement": "balances:statement",
        "hours": "honours:hours",
        "certificates": "honours:certificates_",
        "honours": "honours:honours",
        "expiring": "years:expiring",
        "year": "years:year",
    },
    "超市 · The shop": {
        "shop": "shops:shop",
        "item": "items:item",
        "price": "items:price",
        "stock": "stock:stock",
        "redeem": "market:redeem",
        "reserve": "reserving:reserve",
        "pickup": "reserving:pickup",
        "reservations": "reserving:reservations_",
        "cancel": "reserving:cancel",
        "undo": "undoing:undo",
        "return": "undoing:return_",
        "undoing": "undoing:undoing",
        "shift": "shifts:shift",
        "slips": "slips:slips",
        "give": "giving:give",
        "care": "giving:care",
        "alliance": "allied:alliance",
        "merchant": "allied:merchant",
        "settle": "settling:settle",
    },
    "证明和审计 · Proof and audit": {
        "key": "book:key",
        "checkpoint": "proofs:checkpoint",
        "audit": "proofs:audit",
        "export": "proofs:export",
        "receipt": "witnessing:receipt",
        "consistency": "consistency:consistency",
        "witness": "witnessing:watch",
        "cosign": "witnessing:cosign",
    },
    "保管 · Keeping it safe": {
        "backup": "keeping_safe:backup",
        "ship": "keeping_safe:ship",
        "restore": "restoring:restore_",
        "drill": "restoring:drill",
        "recover": "recovering:recover",
    },
}
"""Every command, and where it is: only the one that is called is loaded, which halves the time until it begins."""

COMMANDS = {name: place for chapter in CHAPTERS.values() for name, place in chapter.items()}


class Jishan(Application):
    """The command with all its commands."""

    context_class = Call

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its commands by chapters, none cut short."""
        listed(self, ctx, formatter, {chapter: list(commands) for chapter, commands in CHAPTERS.items()})

    def list_commands(self, context: click.Context) -> list[str]:  # noqa: ARG002 - what click gives
        """Their names, sorted as click does it."""
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name; None when there is none."""
        if name not in COMMANDS:
            return None
        room, _, attribute = COMMANDS[name].partition(":")
        command = getattr(import_module(f"web.commands.{room}"), attribute)
        assert isinstance(command, click.Command)
        return command


def _version() -> str:
    """Ours, whether we were installed or run from the tree."""
    try:
        return metadata.version("jishan")
    except metadata.PackageNotFoundError:
        project = Path(__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


@click.group(cls=Jishan, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--book",
    envvar="JISHAN_BOOK",
    metavar="URL",
    help="账本；不写是 sqlite://jishan.db · the book; default sqlite://jishan.db",
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="JISHAN_LANGUAGE",
    show_default=True,
    is_eager=True,
    help="说哪种语言 · the language it speaks",
)
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出 · output for programs")
@click.version_option(_version(), prog_name="jishan", help="第几版 · which version this is")
@click.pass_context
def main(context: click.Context, book: str | None, lang: str, as_json: bool) -> None:
    """积善簿 · Volunteer points on a ledger that anyone can check.

    \b
    jishan serve --sample          建一本带示例的账，在浏览器里打开 · a sample book, in the browser
    jishan init                    建一本空的账 · an empty book
    jishan COMMAND --help          一个命令怎么写 · how a command is written
    jishan --lang en COMMAND       用英语 · in English
    """
    context.obj = Session(settings_or_exit(book), lang, as_json)
