"""The form that undoes a redemption, at a till and at a merchant's: what was typed and what the page says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import Field

from ledger.book import Book
from points.errors import PointsError
from points.market import baskets
from points.market.redemptions import Entry
from points.market.undoing import reasons, requests, rights, undone
from points.market.undoing.errors import UndoNeedsSecond
from points.market.undoing.plans import Stays
from points.market.undoing.requests import Wanted
from points.market.undoing.undone import Undone
from web import forms, undo_words
from web.bodies import Form
from web.forms import Code, Filled, FormModel, Prose
from web.i18n import N_, Say
from web.refusals import said


class Undo(FormModel):
    """Why a redemption is undone; how many of each thing come back stands beside it, `back-17`."""

    key: Code = Field(title=N_("编号"))
    reason: Literal["wrong_item", "broken", "wrong_person", "unwanted", "other"] = Field(title=N_("原因"))
    note: Prose = Field("", title=N_("说明（选“其他”要写，以后可以删掉）"), max_length=undone.NOTE_AT_MOST)


@dataclass(frozen=True)
class Typed:
    """A form as it came: its fields, how many of each come back as they were typed, and what stays with them then."""

    filled: Filled[Undo]
    back: dict[str, str]
    stays: Stays

    def refused(self, refusal: PointsError) -> Typed:
        """The same form with the sentence of a refusal, at the note where it is about the note."""
        named = "note" if "note" in type(refusal).__name__.lower() else ""
        return replace(self, filled=self.filled.failed(named, said(refusal)))


def empty() -> Typed:
    """A form nobody has filled in yet."""
    return Typed(forms.empty(Undo), {}, ())


def read(sent: Form, entry: Entry) -> Typed:
    """What was typed about an entry; `filled.value` is None where any of it cannot be read."""
    back = {name: text for name, text in sent.pairs if name.startswith("back-")}
    filled, stays = forms.read(Undo, sent), what_stays(entry, back)
    if stays is None:
        filled = filled.failed("", Say(N_("退回几件要填 0 到当时换的件数。什么都还没有动。")))
    return Typed(filled, back, stays or ())


def what_stays(entry: Entry, back: dict[str, str]) -> Stays | None:
    """What stays with them, where each field says how many come back; one that is missing: all. None for no number."""
    stays = []
    for line in entry.lines:
        text = forms.half_width(back.get(f"back-{line.item}", str(line.quantity))).strip() or "0"
        if not (
            text.isascii() and text.isdigit() and int(text) <= min(line.quantity, baskets.QUANTITY_AT_MOST)
        ):
            return None
        stays.append((line.item, line.quantity - int(text)))
    return tuple(stays)


async def carry_out(book: Book, entry: Entry, typed: Typed, *, by: str) -> Undone | Wanted:
    """Undoes it where one may alone, else asks for it; once for each key. Raises what either refuses."""
    value = typed.filled.value
    assert value is not None, "only what could be read is carried out"
    wanted: dict[str, Any] = {"by": by, "key": value.key, "note": value.note, "stays": typed.stays}
    try:
        return await undone.undo(book, entry.reference, value.reason, **wanted)
    except UndoNeedsSecond:
        return await requests.ask(book, entry.reference, value.reason, **wanted)


async def words(book: Book, entry: Entry, typed: Typed, *, by: str) -> dict[str, Any]:
    """What the page of the form says, by name; `alone` is whether the one who reads may undo it by themselves."""
    asked = await undone.asking(book, entry.reference, "unwanted", by=by, key="look", note="", stays=())
    return {
        "entry": entry,
        "filled": typed.filled,
        "typed": typed.back,
        "alone": await rights.is_alone(book, asked),
        "minutes": int(rights.ALONE_FOR.total_seconds()) // 60,
        "reasons": [(code, Say(undo_words.REASONS[code])) for code in reasons.REASONS],
    }
