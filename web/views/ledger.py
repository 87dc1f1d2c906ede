"""The ledger to look through: newest first, one entry down to its text and proof, one account; and the signed head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ledger import checkpoints, heads, receipts, register, signatures, statements, tree
from ledger.book import Book
from ledger.models import LedgerAccount
from ledger.register import Whole
from ledger.signatures import SignedHead
from ledger.statements import Key
from points import chart
from points.evidence import checks as evidence
from points.market import items
from points.people import words
from points.people.twice import merges
from points.people.twice.merges import Merged
from web import access, bodies, counters, forms, pages, shelves, stock_words, telling, why
from web.forms import FormModel, Line
from web.i18n import N_, Say
from web.words import Shown

PAGE = 50
ACCOUNTS = 60
"""So many accounts are shown on one page: a member has a dozen, a shelf as many as things."""
ALL = frozenset({"auditor", "admin"})
"""Who may read every entry; everybody else only what touches their own accounts."""


class Search(FormModel):
    """One thing to look for."""

    what: Line = Field(default="", title=N_("凭证号、编号、成员号或账户"))
    day: date | None = Field(default=None, title=N_("记账日"))


async def show(request: Request) -> Response:
    """GET /ledger: the newest entries; `kind`, `day` and `before` narrow it, `what` goes straight to one thing."""
    book, asked = access.book(request), bodies.query(request)
    filled = forms.read(Search, asked)
    kind, before = asked.one("kind"), _number(asked.one("before"), register.BEYOND)
    if filled.value and filled.value.what:
        where = await _where(book, filled.value.what)
        if where:
            return pages.see(where)
        filled = filled.failed("what", Say(N_("账本里没有找到。凭证号是数字；编号要从头写全。")))
    day, after = filled.value.day if filled.value else None, 0
    if day:
        after, end = await register.recorded_on(book.reader, day, book.zone)
        before = min(before, end)
    found = await register.newest(book.reader, before=before, after=after, kind=kind, limit=PAGE)
    chosen = {"kind": kind, "day": day.isoformat() if day else ""}
    shown: dict[str, Any] = {
        "filled": filled,
        "head": await heads.last(book),
        "size": await tree.head(book.reader),
        "entries": [(entry, telling.short(entry)) for entry in found.entries],
        "filters": [(Say(name), _link(chosen | {"kind": key}), key == kind) for key, name in telling.FILTERS],
        "newest": _link(chosen) if asked.one("before") else None,
        "older": _link(chosen | {"before": str(found.before)}) if found.before else None,
        "kind": kind,
    }
    return pages.render(request, "ledger.html", status_code=422 if filled.errors else 200, **shown)


async def entry(request: Request) -> Response:
    """GET /ledger/{position}: in words first, then its lines, its evidence, its text, and the proof that it is in."""
    book, found = access.book(request), await _mine(request)
    head = await heads.last(book)
    proved = head if head and head.size >= found.position else None
    vkey = str(_key(request).verifier)
    shown: dict[str, Any] = {
        "entry": found,
        "kind": Say(telling.KINDS.get(found.kind, found.kind)),
        "story": telling.story(found),
        "units": await _units(book, [posting.unit for posting in found.postings]),
        "evidence": await evidence.standing(book.reader, found.position),
        "why": await why.of(request, found),
        "text": found.body.decode(errors="replace"),
        "head": proved,
        "proof": await _proof(book, found, proved) if proved else None,
        "command": f"python -m ledger verify receipt-{found.position}.txt --key '{vkey}'",
        "sees_all": bool(access.who(request).roles & ALL),
        "own": _own(request),
    }
    return pages.render(request, "ledger_entry.html", **shown)


async def receipt(request: Request) -> Response:
    """GET /ledger/{position}/receipt.txt: what anybody can check without us. A head is signed if none holds it yet."""
    book, found = access.book(request), await _mine(request)
    head = await heads.at_or_after(book, found.position, _key(request))
    proof = tuple(await tree.inclusion(book.reader, found.position, head.size))
    text = receipts.format_receipt(receipts.KeptReceipt(found.body, found.position, proof, head.note))
    name = f'attachment; filename="receipt-{found.position}.txt"'
    return PlainTextResponse(text, headers={"Content-Disposition": name})


async def account(request: Request) -> Response:
    """GET /ledger/accounts/{address}: one account's balances and its history, newest first."""
    book, address = access.book(request), request.path_params["address"]
    if not (access.who(request).roles & ALL or _is_of(address, await _numbers(request))):
        raise HTTPException(404)
    units = await LedgerAccount.filter(address=address).using_db(book.reader).order_by("unit")
    keys = [(address, one.unit) for one in units]
    if not keys:
        raise HTTPException(404)
    return await _history(request, address, keys)


async def member(request: Request) -> Response:
    """GET /ledger/members/{member}: every account of one member but the caps, and what moved on them."""
    book, number = access.book(request), request.path_params["member"]
    if not (access.who(request).roles & ALL or number in await _numbers(request)):
        raise HTTPException(404)
    every = await statements.balances(book.reader, f"member/{number}/")
    keys = [(one.address, one.unit) for one in every if one.unit != chart.CAP]
    if not keys:
        raise HTTPException(404)
    return await _history(request, number, keys, await merges.of(book, number))


async def checkpoint(request: Request) -> Response:
    """GET /checkpoint: the newest signed head, as its signed note, for everybody to copy, keep and compare."""
    head = await heads.last(access.book(request))
    if head is None:
        raise HTTPException(404)
    return PlainTextResponse(head.note, headers={"Cache-Control": "public, max-age=60"})


async def _history(
    request: Request, title: str, keys: Sequence[Key], merged: Sequence[Merged] = ()
) -> Response:
    book, before = access.book(request), _number(bodies.query(request).one("before"), statements.BEYOND)
    keys = keys[-ACCOUNTS:]
    found, older = await register.of_accounts(book.reader, keys, before=before, limit=PAGE)
    balances = await statements.balances_of(book.reader, keys)
    # One question for the goods of both lists: the histories show only accounts of these keys.
    units = sorted({unit for _, unit in keys})
    called = dict(zip(units, await _units(book, units), strict=True))
    path = request.url.path
    shown: dict[str, Any] = {
        "title": title,
        "merged": merged,
        "balances": [(address, called[unit], left) for (address, unit), left in balances.items()],
        "entries": [(one, Say(telling.KINDS.get(one.kind, one.kind)), called[one.unit]) for one in found],
        "newest": path if before < statements.BEYOND else None,
        "older": f"{path}?before={older}" if older else None,
        "sees_all": bool(access.who(request).roles & ALL),
    }
    return pages.render(request, "ledger_account.html", **shown)


async def _mine(request: Request) -> Whole:
    """The entry of this address, if the person asking may read it; 404 otherwise, as if it were not there."""
    found = await register.whole(access.book(request).reader, request.path_params["position"])
    if found is None:
        raise HTTPException(404)
    own = access.who(request).roles & ALL or [
        number for number in await _numbers(request) if found.touches(f"member/{number}/")
    ]
    if not own and not await _of_stock(request, found) and not await _of_counter(request, found):
        raise HTTPException(404)
    return found


async def _of_counter(request: Request, found: Whole) -> bool:
    """Whether an entry is a redemption, or the correction of one, at a counter of the person asking."""
    if found.kind not in ("redemption", "undo") or not access.who(request).areas("counter"):
        return False
    return any(found.touches(f"shop/{shop.number}/") for shop in await counters.shops_of(request))


async def _of_stock(request: Request, found: Whole) -> bool:
    """Whether an entry moves goods and nobody's points, at a shop whose stock the person asking answers for."""
    if found.kind not in stock_words.OURS:
        return False
    mine = await shelves.theirs(request, shelves.READERS)
    return any(found.touches(f"shop/{shop.number}/") for shop in mine)


async def _numbers(request: Request) -> list[str]:
    """The numbers of the person asking: their own, and those that were merged into it."""
    return await merges.group(access.book(request), access.who(request).member)


def _is_of(address: str, numbers: Sequence[str]) -> bool:
    return any(address.startswith(f"member/{number}/") for number in numbers)


async def _units(book: Book, units: Sequence[str]) -> list[Say | Shown]:
    """Units in words, in their order: goods by the name they have in the catalogue. One statement, or none."""
    numbers = {int(unit.partition(":")[2]) for unit in units if unit.startswith("item:")}
    goods = await items.named(book, numbers) if numbers else {}
    names = {chart.item(number): telling.goods(one) for number, one in goods.items()}
    return [names.get(unit) or telling.unit(unit) for unit in units]


def _own(request: Request) -> str:
    return f"member/{access.who(request).member}/"


def _key(request: Request) -> signatures.SigningKey:
    return signatures.load(request.app.state.settings.key_file)


@dataclass(frozen=True)
class Proof:
    """An inclusion proof: each step as 64 hex digits, up to the root."""

    steps: tuple[str, ...]
    root: str
    origin: str


async def _proof(book: Book, found: Whole, head: SignedHead) -> Proof:
    steps = await tree.inclusion(book.reader, found.position, head.size)
    return Proof(tuple(step.hex() for step in steps), head.root.hex(), checkpoints.parse(head.note).origin)


async def _where(book: Book, what: str) -> str | None:
    """The address of the one thing that was meant: a position, a member, an account or a reference."""
    digits = forms.plain_digits(what.removeprefix("#"))
    if (
        digits.isascii()
        and digits.isdigit()
        and len(digits) <= 15
        and await statements.text_at(book.reader, int(digits))
    ):
        return f"/ledger/{int(digits)}"
    if number := words.number(what):
        known = await statements.balances(book.reader, f"member/{number}/")
        return f"/ledger/members/{number}" if known else None
    if written := await statements.known(book.reader, [what]):
        return f"/ledger/{written[what].position}"
    opened = await LedgerAccount.filter(address=what).using_db(book.reader).exists()
    return f"/ledger/accounts/{what}" if opened else None


def _link(chosen: dict[str, str]) -> str:
    given = {name: value for name, value in chosen.items() if value}
    return "/ledger" + (f"?{urlencode(given)}" if given else "")


def _number(text: str, otherwise: int) -> int:
    return min(int(text), otherwise) if text.isascii() and text.isdigit() and len(text) <= 18 else otherwise
