"""Strangers read the log as C2SP tlog-tiles says, and prove with it, in programs of their own, what extends what."""

from __future__ import annotations

import asyncio
import hashlib
import json
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger import checkpoints, cosignatures, heads, merkle, signatures, sources, witness
from ledger.checkpoints import Checkpoint
from ledger.errors import LogUnreachable
from points.district import open_district
from tests import browser, town
from tests.ledger.logs import WITNESS
from web.pace import Pace
from web.settings import Settings
from web.views import log


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The sample town, for tests that only read."""
    copied = town.copied(tmp_path_factory.mktemp("town"))
    return copied.model_copy(update={"open_texts": True})


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its pages, for a stranger without a cookie."""
    with TestClient(town.site(settings), base_url="http://localhost", follow_redirects=False) as client:
        yield client


def leaves(site: TestClient) -> list[bytes]:
    """Every leaf hash, as a monitor computes it from the texts; the last bundle is partial."""
    size = head(site).size
    found: list[bytes] = []
    for index in range(-(-size // 256)):
        width = min(256, size - index * 256)
        partial = f".p/{width}" if width < 256 else ""
        data = site.get(f"/log/tile/entries/{index:03d}{partial}").content
        while data:
            length = int.from_bytes(data[:2], "big")
            found.append(hashlib.sha256(b"\0" + data[2 : 2 + length]).digest())
            data = data[2 + length :]
    return found


def head(site: TestClient) -> Checkpoint:
    """The newest checkpoint."""
    return checkpoints.parse(site.get("/log/checkpoint").text)


def mth(hashes: list[bytes]) -> bytes:
    """RFC 6962 §2.1, as it is written there."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + mth(hashes[:split]) + mth(hashes[split:])).digest()


def test_the_checkpoint_is_a_signed_note(site: TestClient, settings: Settings) -> None:
    """As text, kept by nobody for longer than a few seconds, signed by the book's key."""
    answer = site.get("/log/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=5"
    checkpoints.verify(answer.text, str(signatures.load(settings.key_file).verifier))


def test_texts_and_tiles_are_the_tree_that_was_signed(site: TestClient) -> None:
    """A second client, of hashlib alone: texts → leaves → tile and root; each text says its own position."""
    found, signed = leaves(site), head(site)
    assert len(found) == signed.size
    assert mth(found) == signed.root
    tile = site.get("/log/tile/0/000")
    assert tile.content == b"".join(found[:256])
    width = signed.size // 256
    above = site.get(f"/log/tile/1/000.p/{width}").content
    assert above == b"".join(mth(found[n * 256 : n * 256 + 256]) for n in range(width))
    text = site.get("/log/tile/entries/000.p/3").content
    assert json.loads(text[2 : 2 + int.from_bytes(text[:2], "big")])["position"] == 1


def test_any_head_is_proved_to_extend_any_earlier_one_from_tiles_alone(site: TestClient) -> None:
    """All pairs of sizes, with their roots taken from the texts; one changed hash in the tiles proves nothing."""
    found = leaves(site)

    class Client:
        async def checkpoint(self) -> str:
            return ""

        async def tile(self, level: int, index: int, width: int) -> bytes:
            answer = site.get("/log/" + merkle.tile_path(level, index, width))
            assert answer.status_code == 200
            return answer.content

    sizes = (1, 255, 256, 300, len(found))
    for new in sizes:
        for old in [size for size in sizes if size < new]:
            hashes = asyncio.run(sources.nodes(Client(), merkle.consistency_nodes(old, new), new))
            proof = merkle.consistency(old, new, hashes)
            roots = mth(found[:old]), mth(found[:new])
            assert merkle.verify_consistency(old, new, proof, *roots)
            spoiled = [bytes([proof[0][0] ^ 1]) + proof[0][1:], *proof[1:]]
            assert not merkle.verify_consistency(old, new, spoiled, *roots)


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("0/000", "public, max-age=31536000, immutable"),
        ("0/000.p/255", "public, max-age=86400"),
        ("entries/000", "public, max-age=31536000, immutable"),
        ("entries/001.p/10", "public, max-age=86400"),
    ],
)
def test_tiles_may_be_kept_and_shared(site: TestClient, path: str, caching: str) -> None:
    """Bytes, for every cache between us and the reader: no cookie is set, and none is asked for."""
    answer = site.get(f"/log/tile/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == caching
    assert "set-cookie" not in answer.headers
    assert "vary" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        *("0/900", "0/001.p/256", "0/001.p/0", "0/001.p/010", "0/000.p/", "0/1", "0/0001", "00/000", "1/000"),
        *("7/000", "63/000", "64/000", "-1/000", "0/x000/000", "0/x001/000", "0/000.p/257", "entries/900"),
        *("entries/x999/x999/999", "0/٠٠٠", "0/" + "x001/" * 7 + "000", "0", "0/000/..", "entries/000.p/1/2"),
    ],
)
def test_what_is_not_there_is_404(site: TestClient, path: str) -> None:
    """Beyond the tree, in another spelling, or no tile at all: never a fault, and each tile has one address."""
    answer = site.get(f"/log/tile/{path}")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


def test_bundles_are_also_found_where_one_would_look(site: TestClient) -> None:
    """/log/entries/… leads to the one address that C2SP gives them."""
    answer = site.get("/log/entries/001.p/10")
    assert (answer.status_code, answer.headers["location"]) == (308, "/log/tile/entries/001.p/10")
    assert site.get("/log/entries/001.p/10", follow_redirects=True).status_code == 200


def test_a_text_that_two_bytes_cannot_measure_is_not_made_up(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its whole bundle is not there, rather than cut; the hashes over it are."""
    monkeypatch.setattr(log, "TEXT_AT_MOST", 100)
    assert site.get("/log/tile/entries/000").status_code == 404
    assert site.get("/log/tile/0/000").status_code == 200


def test_a_site_keeps_its_texts_to_itself(tmp_path: Path) -> None:
    """Unless it opens them, the texts, in which member numbers stand, are not given out, and it says so; proofs are."""
    settings = town.copied(tmp_path)
    with TestClient(town.site(settings), base_url="http://localhost") as site:
        answers = [
            site.get(f"/log/tile/{path}").status_code for path in ("entries/000", "0/000", "0/001.p/9")
        ]
        closed = site.get("/log/entries/000")
    assert answers == [403, 200, 200]
    assert "not open here" in closed.text
    assert (closed.headers["content-type"], closed.headers["cache-control"]) == (
        "text/plain; charset=utf-8",
        "no-store",
    )
    assert "set-cookie" not in closed.headers


def test_readers_are_slowed_down_in_time(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """429 with how long to wait, without a write to the book."""
    monkeypatch.setattr(log, "PACE", Pace(2))
    answers = [site.get("/log/checkpoint") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60


def test_a_witness_over_http_sees_what_the_book_signed(tmp_path: Path) -> None:
    """A real server, a witness beside it: first sight, its cosignature brought home and shown to strangers."""
    own = town.copied(tmp_path)
    key = str(signatures.load(own.key_file).verifier)
    with browser.serving(town.site(own)) as url:
        source = sources.Site(f"{url}/log")
        looked = witness.look(
            source, key=WITNESS, log_vkey=key, state=tmp_path / "state", at=datetime.now(UTC)
        )
        note = asyncio.run(looked).note

        async def home() -> bool:
            async with open_district(own.book) as book:
                return await heads.keep_cosignature(book, note, str(cosignatures.public_half(WITNESS)))

        assert asyncio.run(home())
        with urllib.request.urlopen(f"{url}/log/checkpoint") as answer:
            shown = answer.read().decode()
        assert cosignatures.verify(shown, str(cosignatures.public_half(WITNESS)))
        with pytest.raises(LogUnreachable, match="404"):
            asyncio.run(source.tile(0, 77, 256))
    with pytest.raises(LogUnreachable):
        asyncio.run(sources.Site("http://127.0.0.1:9/log").checkpoint())
    with pytest.raises(LogUnreachable, match="http"):
        sources.Site("file:///etc/passwd")


def test_a_book_that_misses_history_says_so_on_every_page(tmp_path: Path) -> None:
    """Pages are shown with the reason on top; signing in, which must write, is refused with the same reason."""
    own = town.copied(tmp_path)
    key = signatures.load(own.key_file)
    (tmp_path / "seen").write_text(signatures.sign(key, Checkpoint(key.name, 9_999, b"\1" * 32)))
    settings = own.model_copy(update={"witness_file": tmp_path / "seen"})
    with TestClient(town.site(settings), base_url="http://localhost") as site:
        for path in ("/", "/signin", "/catalogue"):
            answer = site.get(path, headers={"Accept-Language": "zh"})
            assert (answer.status_code, "seen 见过 9999 笔" in answer.text) == (200, True)
            assert str(tmp_path) not in answer.text
        assert "seen saw 9999 entries" in site.get("/", headers={"Accept-Language": "en"}).text
        assert site.get("/readyz").status_code == 503
        assert site.get("/log/checkpoint").status_code == 200
    with TestClient(town.site(own), base_url="http://localhost") as site:
        assert "只读" not in site.get("/").text
