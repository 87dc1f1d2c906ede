"""`jishan serve`: the pages of a book, on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import click
import uvicorn

from ledger import places
from ledger.book import Book
from points.district import open_district
from points.sample import town
from web import jobs
from web.app import create_app
from web.commands.book import init
from web.commands.options import Whole
from web.commands.refusals import Refused, problem
from web.commands.terminal import Command
from web.commands.terminal import session as current
from web.doorkeeper import BookDoorkeeper
from web.i18n import gettext as _
from web.i18n import speaking
from web.settings import LOOPBACK, Settings, load


@click.command(cls=Command)
@click.option(
    "--host",
    default=None,
    help="在哪个地址上开；不写是 127.0.0.1，只有本机能开 · the address; default 127.0.0.1, this machine alone",
)
@click.option(
    "--port",
    type=Whole(1, 65535),
    default=None,
    metavar="N",
    help="端口；不写是 8000 · the port; default 8000",
)
@click.option(
    "--sample", is_flag=True, help="没有账本就建一本带示例的 · make a sample book when there is none"
)
@click.pass_context
def serve(context: click.Context, host: str | None, port: int | None, sample: bool) -> None:
    """打开网页 · Serve the pages of the book."""
    with speaking(current().language):
        server, listening = _opened(context, host, port, sample=sample)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def _opened(
    context: click.Context, host: str | None, port: int | None, *, sample: bool
) -> tuple[uvicorn.Server, socket.socket]:
    """Everything that can be refused is refused before the address is printed."""
    settings = _settings(current().settings, host, port)
    if not asyncio.run(places.exists(settings.book)):
        if not sample:
            raise Refused(
                _("没有账本文件 {path}；先运行 jishan init，或加 --sample。").format(
                    path=places.shown(settings.book)
                )
            )
        click.echo(_("正在建一本示例账本……"))
        context.invoke(init, sample=True, on=None)
    doorkeeper = BookDoorkeeper(settings.pepper())
    asyncio.run(_require_book(settings))
    listening = _listen(settings)
    _greet(settings, sample=sample)
    app = create_app(settings, open_book=open_with_jobs, doorkeeper=doorkeeper)
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=30
        )
    )
    return server, listening


async def _require_book(settings: Settings) -> None:
    """Open and close it: what is wrong with it is said here, not by a server that has told everybody to come."""
    async with open_district(settings.book):
        return


def _settings(said: Settings, host: str | None, port: int | None) -> Settings:
    """The settings with what the command line says. On loopback there is no TLS, so the cookie goes without Secure."""
    given: dict[str, Any] = {"book": said.book}
    if host:
        given["host"] = host
    if port:
        given["port"] = port
    if (host or said.host) in LOOPBACK and "JISHAN_INSECURE_COOKIE" not in os.environ:
        given["insecure_cookie"] = True
    return load(**given)


def _listen(settings: Settings) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise Refused(
            _("{host}:{port} 用不了（{why}）；换一个，如 --port 8001 或 PORT=8001。").format(
                host=settings.host, port=settings.port, why=problem(error)
            )
        ) from None
    return listening


def _greet(settings: Settings, *, sample: bool) -> None:
    address = f"http://{settings.host}:{settings.port}"
    click.echo(_("积善簿开着：{address}").format(address=address))
    if sample:
        for person in town.SIGN_INS:
            where = "/signin/staff" if person.is_staff else "/signin"
            click.echo(f"  {person.title}  {person.name}  {person.number}  {person.secret}  {address}{where}")
    click.echo(_("按 Ctrl+C 关闭。"))


@asynccontextmanager
async def open_with_jobs(settings: Settings) -> AsyncIterator[Book]:
    """The book, with the long work of its pages running beside it."""
    async with (
        open_district(settings.book, witness=settings.witness_file) as book,
        jobs.running(book, settings),
    ):
        yield book
