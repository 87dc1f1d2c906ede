"""`jishan`: a book on the command line. Each command opens the book, calls one verb, and prints what came of it."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import click

from web.commands.assessing import assessment
from web.commands.awards import correct, notice, sweep, verify
from web.commands.balances import balance, statement
from web.commands.bench import bench
from web.commands.book import init, key, migrate
from web.commands.consistency import consistency
from web.commands.corrections import correction
from web.commands.duplicates import member
from web.commands.earning import rules
from web.commands.events import event
from web.commands.figures import figures
from web.commands.funds import fund
from web.commands.granting import staff
from web.commands.honours import certificates_, honours, hours
from web.commands.households import household
from web.commands.imports import imports
from web.commands.keeping_safe import backup, ship
from web.commands.market import redeem, shop
from web.commands.mediations import mediation
from web.commands.openness import objection
from web.commands.proofs import audit, checkpoint, export
from web.commands.recovering import recover
from web.commands.refusals import Application
from web.commands.registers import register
from web.commands.repeats import repeats
from web.commands.restoring import drill, restore_
from web.commands.second_looks import second_looks_
from web.commands.serving import serve
from web.commands.terminal import Session, settings_or_exit
from web.commands.witnessing import cosign, receipt, watch
from web.commands.years import expiring, year


def _version() -> str:
    """Ours, whether we were installed or run from the tree."""
    try:
        return metadata.version("jishan")
    except metadata.PackageNotFoundError:
        project = Path(__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


@click.group(
    cls=Application, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
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


for command in (
    init, migrate, key, imports, event, mediation, member, household, staff, fund, assessment, verify, notice,
    objection, sweep,
    balance, statement, hours, certificates_, honours,
    correct, correction, expiring, year, shop, redeem, figures, register, repeats, second_looks_, rules,
    checkpoint, audit, export, receipt, watch, cosign, consistency, recover,
    backup, ship, restore_, drill, serve, bench,
):  # fmt: skip
    main.add_command(command)
