"""The long work of an import, as its worker does it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from starlette.datastructures import UploadFile

from ledger.book import Book
from ledger.transactions import Draft, Receipt
from points.events.imports.errors import FileGone, LookedOtherwise
from points.events.models import Event
from points.keys import new_key
from points.people import roles
from points.people.errors import NotAllowed
from points.progress import quiet
from tests import books
from tests.points.events.paper import EVENTS, FIRE
from tests.points.people import village
from web import importing, uploads
from web.settings import Settings, load

ADMIN = "S-0001"


class Killed(BaseException):
    """The process is gone."""


def brought(settings: Settings, rows: int) -> uploads.Upload:
    """A file of so many events."""
    text = EVENTS + "".join(f"{n},2018-07-04 17:24:41,{FIRE},1,0\n" for n in range(rows))
    file = UploadFile(io.BytesIO(text.encode()), filename="events.csv")
    return uploads.keep(settings, file, by=ADMIN, kind="events", source="city")


@pytest.mark.anyio
async def test_work_that_was_cut_off_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after its first part and begun again: every event once, all in one batch."""
    async with books.fresh(tmp_path) as book:
        await village.lay(book)
        monkeypatch.setattr(importing, "within", _everywhere)
        settings = load(book=f"sqlite://{tmp_path / 'book.db'}")
        upload = brought(settings, 1_100)
        arguments = {"upload": upload.key, "by": ADMIN}
        seen = await importing.look(book, settings, arguments, quiet)
        batch = new_key()
        arguments |= {"digest": seen["digest"], "batch": batch}
        post = book.journal.post

        async def die_at_the_second(draft: Draft) -> Receipt:
            if draft.reference.endswith("/2"):
                raise Killed
            return await post(draft)

        with monkeypatch.context() as patched:
            patched.setattr(book.journal, "post", die_at_the_second)
            with pytest.raises(Killed):
                await importing.carry(book, settings, arguments, quiet)
        assert await Event.all().using_db(book.reader).count() == 500
        done = await importing.carry(book, settings, arguments, quiet)
        assert (done["inserted"], done["batch"]) == (1_100, batch)
        assert await Event.filter(batch=batch).using_db(book.reader).count() == 1_100


@pytest.mark.anyio
async def test_what_was_not_seen_is_not_carried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another digest writes nothing; without its file there is nothing to do."""
    async with books.fresh(tmp_path) as book:
        await village.lay(book)
        monkeypatch.setattr(importing, "within", _everywhere)
        settings = load(book=f"sqlite://{tmp_path / 'book.db'}")
        upload = brought(settings, 3)
        arguments = {"upload": upload.key, "by": ADMIN, "digest": "0" * 64, "batch": new_key()}
        with pytest.raises(LookedOtherwise):
            await importing.carry(book, settings, arguments, quiet)
        assert not await Event.all().using_db(book.reader).exists()
        upload.path(settings).unlink()
        with pytest.raises(FileGone):
            await importing.carry(book, settings, arguments, quiet)


async def _everywhere(_book: Book, _by: str) -> None:
    return None


@pytest.mark.anyio
async def test_somebody_brings_in_what_is_of_their_areas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An admin of an area that area, one of the whole book everything, a verifier nothing."""
    async with books.fresh(tmp_path) as book:
        grants = {
            "A": [roles.Grant("1", "A", "admin", "440310000000", "2020-01-01", None)],
            "B": [roles.Grant("2", "B", "admin", None, "2020-01-01", None)],
            "C": [roles.Grant("3", "C", "verifier", None, "2020-01-01", None)],
        }

        async def granted(_book: Book, member: str, _on: object) -> list[roles.Grant]:
            return grants[member]

        monkeypatch.setattr(importing.roles, "grants_of", granted)
        assert await importing.within(book, "A") == ("440310000000",)
        assert await importing.within(book, "B") is None
        assert await importing.within(book, "C") == ()


@pytest.mark.anyio
async def test_whoever_lost_the_role_since_brings_nothing_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is the role when it is carried out, not when the file was chosen."""
    async with books.fresh(tmp_path) as book:
        await village.lay(book)
        settings = load(book=f"sqlite://{tmp_path / 'book.db'}")
        for kind, mine in (("areas", ("440310000000",)), ("events", ())):
            file = UploadFile(
                io.BytesIO("区划代码,名称,级别,上级\n999999000000,新区,区县,\n".encode()), filename="a.csv"
            )
            upload = uploads.keep(settings, file, by=ADMIN, kind=kind, source="city")

            async def within(_book: Book, _by: str, mine: tuple[str, ...] = mine) -> tuple[str, ...]:
                return mine

            monkeypatch.setattr(importing, "within", within)
            with pytest.raises(NotAllowed):
                await importing.look(book, settings, {"upload": upload.key, "by": ADMIN}, quiet)
