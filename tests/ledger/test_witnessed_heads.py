"""Heads as strangers see them: with the receipts they prove, and with the lines of those who witnessed them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import checkpoints, cosignatures, heads, receipts, signatures
from ledger.errors import BadNote, WrongSignature
from ledger.models import LedgerCosignature
from tests.ledger.drafts import draft, fresh, move
from tests.ledger.logs import KEY, VKEY, WITNESS

pytestmark = pytest.mark.anyio
PUBLIC = str(cosignatures.public_half(WITNESS))


def cosigned(note: str, at: int = 1_700_000_000) -> str:
    """The note as the witness gives it back."""
    text = checkpoints.parse_note(note).text
    return cosignatures.added(note, cosignatures.cosign(WITNESS, text, at=at))


async def test_the_newest_head_is_signed_once_and_found_again(tmp_path: Path) -> None:
    """Nothing before the first; the same note until something is written."""
    async with fresh(tmp_path) as book:
        assert await heads.last(book) is None
        assert await heads.published(book) is None
        await book.journal.post(draft("one", move("bank", "a", 1)))
        first = await heads.checkpoint(book, KEY)
        assert await heads.checkpoint(book, KEY) == first == await heads.last(book)
        await book.journal.post(draft("two", move("bank", "a", 1)))
        assert (await heads.checkpoint(book, KEY)).size == 2


async def test_a_receipt_uses_the_first_head_that_holds_it(tmp_path: Path) -> None:
    """A head is signed only when none holds the entry; a position beyond the end has no receipt."""
    async with fresh(tmp_path) as book:
        await book.journal.post_all([draft(f"{n}", move("bank", "a", 1)) for n in range(3)])
        await heads.checkpoint(book, KEY)
        await book.journal.post(draft("later", move("bank", "a", 1)))
        for position, size in ((2, 3), (4, 4), (4, 4)):
            found = await heads.receipt(book, position, KEY)
            assert found is not None
            assert receipts.check(receipts.format_receipt(found[0]), VKEY).size == size
        assert await heads.receipt(book, 5, KEY) is None


async def test_a_witness_line_is_kept_once_and_shown(tmp_path: Path) -> None:
    """Under the head it is about, whoever else signs; a second line of the same witness changes nothing."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
        note = (await heads.checkpoint(book, KEY)).note
        assert await heads.keep_cosignature(book, cosigned(note), PUBLIC)
        assert not await heads.keep_cosignature(book, cosigned(note, 1_800_000_000), PUBLIC)
        shown = await heads.published(book)
        assert shown == cosigned(note)
        await book.journal.post(draft("two", move("bank", "a", 1)))
        assert await heads.published(book) == shown, "until the next head is signed"
        assert await heads.published(book) != (await heads.checkpoint(book, KEY)).note
        assert await heads.published(book) == (await heads.last(book)).note  # type: ignore[union-attr]


async def test_a_line_that_proves_nothing_is_not_kept(tmp_path: Path) -> None:
    """Not the witness's, none at all, over another text, or over a head this book never signed."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
        head = await heads.checkpoint(book, KEY)
        other = str(cosignatures.public_half(signatures.generate("other.example")))
        for note, key in ((cosigned(head.note), other), (head.note, PUBLIC)):
            with pytest.raises(WrongSignature):
                await heads.keep_cosignature(book, note, key)
        false = signatures.sign(KEY, checkpoints.Checkpoint(KEY.name, 1, b"\1" * 32))
        for note in (false, signatures.sign(KEY, checkpoints.Checkpoint(KEY.name, 9, head.root))):
            with pytest.raises(BadNote, match="没有签过"):
                await heads.keep_cosignature(book, cosigned(note), PUBLIC)
        assert await LedgerCosignature.filter().using_db(book.reader).count() == 0
