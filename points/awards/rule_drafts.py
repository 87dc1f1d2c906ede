"""Drafts: the text of the next rule book while it is being written. Each save is a row; the newest is the draft."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.exceptions import IntegrityError

from ledger import encoding
from ledger.book import Book
from points.awards import models, rule_text
from points.awards.errors import DraftChanged, NoRuleBook, UnknownDraft
from points.awards.rule_records import RuleDraft
from points.awards.rules import RuleBook
from points.keys import new_key
from points.people import roles

_TIP = """
SELECT d.id FROM awards_rule_draft AS d
WHERE d.follows = ? AND NOT EXISTS (SELECT 1 FROM awards_rule_draft AS n WHERE n.before = d.id)"""

KEEPER = "admin"
"""Who writes rule books, for the whole book: a rule of one street would be another's 人情分."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft as it was saved, or the newest version's text while nothing was saved after it: then `id` is empty.

    `point` names this state: a save is made from a point, and from each point only one.
    """

    id: str
    follows: int
    text: str
    digest: str
    saved_by: str | None
    saved_at: datetime | None

    @property
    def point(self) -> str:
        """What the next save is made from."""
        return self.id or f"version/{self.follows}"

    @property
    def rule_book(self) -> RuleBook:
        """What the text says."""
        return replace(rule_text.published(self.text), digest=self.digest)


async def current(book: Book) -> Saved:
    """The draft of the next version. Three statements. Raises NoRuleBook while a book is laid out."""
    newest = await models.RuleBook.all().using_db(book.reader).order_by("-version").first()
    if newest is None:
        raise NoRuleBook(day=book.today().isoformat())
    tip = await book.reader.execute_query_dict(_TIP, [newest.version])
    if not tip:
        return Saved("", newest.version, newest.text, newest.digest, None, None)
    return await find(book, str(tip[0]["id"]))


async def beginning(book: Book, version: int) -> Saved:
    """What the draft after a version begins as: its text. One statement."""
    row = await models.RuleBook.get(version=version, using_db=book.reader)
    return Saved("", version, row.text, row.digest, None, None)


async def find(book: Book, key: str) -> Saved:
    """One save by its key; raises UnknownDraft."""
    row = await RuleDraft.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownDraft(draft=key[:32])
    return _saved(row)


async def saves(book: Book, follows: int, *, limit: int = 10) -> list[Saved]:
    """The newest saves of the draft that follows a version, the newest first. One statement."""
    rows = RuleDraft.filter(follows=follows).using_db(book.reader).order_by("-id").limit(limit)
    return [_saved(row) for row in await rows]


async def save(book: Book, text: str, *, point: str, by: str) -> Saved:
    """Save a text as the draft, made from what stood at `point`; the text that stands there already changes nothing.

    Raises NotAllowed, BadRuleBook with every problem, and DraftChanged when somebody saved meanwhile.
    """
    await roles.require(book, by, KEEPER, None, book.today())
    text = plain(text)
    rule_text.parse(text)
    now = await current(book)
    if encoding.digest(text) == now.digest:
        return now
    if now.point != point:
        raise DraftChanged(by=now.saved_by or "—")
    row = RuleDraft(
        id=new_key(),
        before=point,
        follows=now.follows,
        text=text,
        digest=encoding.digest(text),
        saved_by=by,
        saved_at=book.now(),
    )
    try:
        async with book.write() as db:
            await RuleDraft.bulk_create([row], using_db=db)
    except IntegrityError as taken:  # another save was made from the same point since
        raise DraftChanged(by=(await current(book)).saved_by or "—") from taken
    return _saved(row)


def plain(text: str) -> str:
    """A text as it is kept: lines end as on every system of ours, and the last one does."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return lines + "\n"


def _saved(row: RuleDraft) -> Saved:
    return Saved(row.id, row.follows, row.text, row.digest, row.saved_by, row.saved_at)
