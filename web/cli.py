"""`jishan`: a book on the command line. Each command opens the book, calls one verb, and prints what came of it."""

from __future__ import annotations

import tomllib
from importlib import import_module, metadata
from pathlib import Path

import click

from web.commands.refusals import Application
from web.commands.terminal import Session, settings_or_exit

COMMANDS = {
    "init": "book:init",
    "migrate": "book:migrate",
    "key": "book:key",
    "import": "imports:imports",
    "event": "events:event",
    "mediation": "mediations:mediation",
    "member": "duplicates:member",
    "application": "applications:application",
    "household": "households:household",
    "team": "teams:team",
    "staff": "granting:staff",
    "fund": "funds:fund",
    "assessment": "assessing:assessment",
    "verify": "awards:verify",
    "notice": "awards:notice",
    "objection": "openness:objection",
    "sweep": "awards:sweep",
    "balance": "balances:balance",
    "statement": "balances:statement",
    "hours": "honours:hours",
    "certificates": "honours:certificates_",
    "honours": "honours:honours",
    "correct": "awards:correct",
    "correction": "corrections:correction",
    "expiring": "years:expiring",
    "year": "years:year",
    "shop": "shops:shop",
    "item": "items:item",
    "price": "items:price",
    "stock": "stock:stock",
    "redeem": "market:redeem",
    "alliance": "allied:alliance",
    "merchant": "allied:merchant",
    "settle": "settling:settle",
    "slips": "slips:slips",
    "give": "giving:give",
    "care": "giving:care",
    "undo": "undoing:undo",
    "return": "undoing:return_",
    "undoing": "undoing:undoing",
    "shift": "shifts:shift",
    "reserve": "reserving:reserve",
    "pickup": "reserving:pickup",
    "cancel": "reserving:cancel",
    "reservations": "reserving:reservations_",
    "figures": "figures:figures",
    "register": "registers:register",
    "repeats": "repeats:repeats",
    "second-looks": "second_looks:second_looks_",
    "rules": "earning:rules",
    "checkpoint": "proofs:checkpoint",
    "audit": "proofs:audit",
    "export": "proofs:export",
    "receipt": "witnessing:receipt",
    "witness": "witnessing:watch",
    "cosign": "witnessing:cosign",
    "consistency": "consistency:consistency",
    "recover": "recovering:recover",
    "backup": "keeping_safe:backup",
    "ship": "keeping_safe:ship",
    "restore": "restoring:restore_",
    "drill": "restoring:drill",
    "serve": "serving:serve",
    "bench": "bench:bench",
}
"""Every command, and where it is: only the one that is called is loaded, which halves the time until it begins."""


class Jishan(Application):
    """The command with all its commands."""

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
    "--book", envvar="JISHAN_BOOK", metavar="URL", help="账本 · the book; default sqlite://jishan.db"
)
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", envvar="JISHAN_LANGUAGE", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="给程序看的输出 · output for programs")
@click.version_option(_version(), prog_name="jishan")
@click.pass_context
def main(context: click.Context, book: str | None, lang: str, as_json: bool) -> None:
    """积善簿 · volunteer points on a ledger anyone can check.

    \b
    jishan init --sample        make a book with people and events to try
    jishan serve                open it in the browser
    """
    context.obj = Session(settings_or_exit(book), lang, as_json)
