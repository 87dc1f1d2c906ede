"""The log for strangers and witnesses, in the form of C2SP tlog-tiles: checkpoint, tiles of hashes, bundles of texts.

Whoever has two checkpoints proves from these alone that one extends the other. There is no session, nothing is
computed that grows with the ledger, and nothing here can be asked for that is not yet in the tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ledger import heads, merkle, tree
from ledger.models import LedgerTransaction
from web import access, limits
from web.pace import Pace

PACE = Pace(600)
"""A ledger of ten million entries has 39,370 tiles of hashes: an hour's reading. A witness needs a few dozen."""
NOTHING_YET = "还没有签过检查点。\nNo checkpoint has been signed yet.\n"
NO_TILE = "没有这一块，或者账本还没有写到这里。\nThere is no such tile, or the ledger has not come so far.\n"
TOO_LONG = """\
这一块里有一笔的正文太长，两个字节记不下它的长度；导出的账里有它。
A text in this bundle is longer than two bytes can say; the export has it.
"""
TEXTS_CLOSED = """\
这里不公开正文，因为里面有成员编号。指纹和证明都是公开的；要正文，请找社区要一份导出的账。
The texts are not open here, for member numbers stand in them. Hashes and proofs are; for the texts ask for an export.
"""
ONE_DAY, ONE_YEAR = 86_400, 31_536_000
TEXT_AT_MOST = 0xFFFF
_TILE = re.compile(
    r"(?P<level>entries|[0-9]|[1-5][0-9]|6[0-3])/(?P<index>[x0-9/]{3,40})(?:\.p/(?P<width>[0-9]{1,3}))?"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A tile as its address names it; `level` is None for a bundle of texts."""

    level: int | None
    index: int
    width: int

    @property
    def end(self) -> int:
        """How many transactions there must be for it to be there."""
        return (self.index * merkle.WIDTH + self.width) << merkle.TILE_HEIGHT * (self.level or 0)


async def checkpoint(request: Request) -> Response:
    """GET /log/checkpoint: the newest signed note, with the lines of those who witnessed it."""
    _pace(request)
    note = await heads.published(access.book(request))
    if note is None:
        return _answer(404, NOTHING_YET)
    return PlainTextResponse(note, headers={"Cache-Control": "public, max-age=5"})


async def tile(request: Request) -> Response:
    """GET /log/tile/…: `0/x001/x234/067` is 256 hashes, `0/067.p/44` the first 44, `entries/067` the texts under them.

    A tile never changes, so it may be kept for ever; a partial one is soon of no use. Beyond the tree there is nothing.
    """
    _pace(request)
    book, asked = access.book(request), _asked(request.path_params["tile"])
    if asked is None or asked.end > await tree.head(book.reader):
        return _answer(404, NO_TILE)
    if asked.level is None:
        if not request.app.state.settings.open_texts:
            return _answer(403, TEXTS_CLOSED)
        data = await _texts(request, asked)
        if data is None:
            return _answer(404, TOO_LONG)
    else:
        data = await tree.tile(book.reader, asked.level, asked.index, asked.width)
    age = f"max-age={ONE_YEAR}, immutable" if asked.width == merkle.WIDTH else f"max-age={ONE_DAY}"
    return Response(data, headers={"Cache-Control": f"public, {age}"}, media_type="application/octet-stream")


async def entries(request: Request) -> Response:
    """GET /log/entries/…: where the bundles of texts are looked for; C2SP keeps them under /log/tile/entries/."""
    return RedirectResponse(
        request.url_for("log.tile", tile=f"entries/{request.path_params['tile']}").path, 308
    )


async def _texts(request: Request, asked: Asked) -> bytes | None:
    """The texts of a bundle, each behind its length in two bytes, big-endian.

    A text longer than 65,535 bytes cannot be said so: its bundle is not there (None), rather than cut or made up. The
    export has every text whatever its length. Texts are open only where the site says so (`open_texts`); hashes are.
    """
    first = asked.index * merkle.WIDTH
    rows = LedgerTransaction.filter(position__gt=first, position__lte=first + asked.width)
    bodies = (
        await rows.using_db(access.book(request).reader).order_by("position").values_list("body", flat=True)
    )
    if len(bodies) != asked.width or any(len(body) > TEXT_AT_MOST for body in bodies):
        return None
    return b"".join(len(body).to_bytes(2, "big") + bytes(body) for body in bodies)


def _answer(status: int, sentences: str) -> Response:
    """What a program of somebody else's shows its user; not to be kept, for it may soon be otherwise."""
    return PlainTextResponse(sentences, status, headers={"Cache-Control": "no-store"})


def _asked(path: str) -> Asked | None:
    """The tile that a path names, if it is the one way to name it."""
    found = _TILE.fullmatch(path)
    if found is None:
        return None
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(re.sub(r"[^0-9]", "", found["index"]) or 0)
    width = int(found["width"] or merkle.WIDTH)
    if not 0 < width <= merkle.WIDTH or (found["width"] and width == merkle.WIDTH):
        return None
    canonical = merkle.tile_path(level or 0, index, width).removeprefix(f"tile/{level or 0}/")
    return Asked(level, index, width) if path == f"{found['level']}/{canonical}" else None


def _pace(request: Request) -> None:
    PACE.require(limits.address(request), now=request.app.state.now())
