"""A log is read from a folder, a site or a book alike, and what does not answer as a log is refused by name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ledger import checkpoints, merkle, sources
from ledger.errors import LogUnreachable
from ledger.sources import Folder, Open, Site, Source
from tests.ledger.drafts import fresh
from tests.ledger.stories import pack, story

pytestmark = pytest.mark.anyio
BODIES = story(600).bodies


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """No log."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of 600 texts."""
    return pack(tmp_path_factory.mktemp("log") / "bundle", BODIES)


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """The same, served by a web server that knows nothing of logs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()
    thread.join()


async def root(source: Source, size: int) -> bytes:
    """The root of the first so many, from tiles."""
    return merkle.root(size, await sources.nodes(source, merkle.root_nodes(size), size))


async def test_a_folder_and_a_site_give_the_same_tree(folder: Path, site: Site) -> None:
    """At the size they were written for: the root that was signed."""
    note = await site.checkpoint()
    assert await root(Folder(folder), 600) == await root(site, 600) == checkpoints.parse(note).root
    assert note == await Folder(folder).checkpoint()


async def test_a_full_tile_stands_in_for_a_partial_one(folder: Path, site: Site) -> None:
    """A log may throw partial tiles away when the full ones are there."""
    for source in (Folder(folder), site):
        assert await source.tile(0, 0, 44) == (await source.tile(0, 0, 256))[: 44 * 32]


async def test_what_does_not_answer_is_named(folder: Path, site: Site, tmp_path: Path) -> None:
    """A tile beyond, a missing folder, a page where a note should be."""
    for source in (Folder(folder), site):
        with pytest.raises(LogUnreachable, match="tile/0/077"):
            await source.tile(0, 77, 256)
    with pytest.raises(LogUnreachable, match="checkpoint"):
        await Folder(tmp_path).checkpoint()
    (tmp_path / "checkpoint").write_bytes(b"\xff")
    with pytest.raises(LogUnreachable, match="文字"):
        await Folder(tmp_path).checkpoint()


@pytest.mark.parametrize("address", ["ftp://example.org/log", "file:///etc", "example.org/log"])
async def test_only_web_addresses_are_opened(address: str) -> None:
    """No file of this machine is read because somebody wrote its address."""
    with pytest.raises(LogUnreachable, match="http"):
        Site(address)


async def test_a_tile_of_another_length_is_refused(folder: Path) -> None:
    """Longer or shorter than was asked for: it is not hashed."""

    class Long(Folder):
        async def tile(self, level: int, index: int, width: int) -> bytes:
            return await super().tile(level, index, width) + b"\0" * 32

    with pytest.raises(LogUnreachable, match="长度"):
        await root(Long(folder), 600)


async def test_a_book_that_signed_nothing_has_no_checkpoint(tmp_path: Path) -> None:
    """An open book without a signed head says so."""
    async with fresh(tmp_path) as book:
        with pytest.raises(LogUnreachable, match="检查点"):
            await Open(book.reader).checkpoint()
