"""Is there a book at an address, and making one: a file that appears whole, or a schema with its roles."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from pathlib import Path

from ledger import postgres, postgres_roles, schema
from ledger.book import path_of
from ledger.schema import Apps


async def exists(url: str) -> bool:
    """Whether a book was made at this address. Raises BookDamaged when the server cannot be asked."""
    if postgres.is_address(url):
        return await postgres_roles.exists(postgres.address_of(url))
    return await asyncio.to_thread(path_of(url).exists)


async def make(url: str, apps: Apps, *, upto: Mapping[str, str] | None = None) -> None:
    """Make the book's tables, or bring those that are there up to date; as far as `upto`, see schema.migrate."""
    if postgres.is_address(url):
        await schema.migrate(url, apps, upto=upto)
    elif await exists(url):
        await schema.migrate(path_of(url), apps)
    else:
        await _make_file(path_of(url), apps)


async def _make_file(path: Path, apps: Apps) -> None:
    """It is migrated under another name, then renamed, so that nobody meets half a book."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        await schema.migrate(draft, apps)
        draft.chmod(0o600)  # names and phones stand in it; SQLite gives the files beside it the same mode
        draft.rename(path)
    finally:
        for leftover in path.parent.glob(draft.name + "*"):
            leftover.unlink()


def shown(url: str) -> str:
    """The address as it may be printed: a file's path, or a server's hosts without whoever logs in."""
    return str(postgres.address_of(url)) if postgres.is_address(url) else str(path_of(url))
