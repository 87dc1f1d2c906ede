"""Somebody signed in for every door of the site map, and a request for each of them as a browser would send it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, urlencode

import httpx2
from starlette.routing import BaseRoute

from ledger.book import Book
from ledger.models import LedgerTransaction
from points.awards import waiting
from points.events.models import Contribution, Event
from points.events.steps import BY_HAND
from points.people.models import Household
from points.people.records import TeamNumber
from points.sample.dates import SOURCE
from points.sample.town import RESIDENTS, STAFF, SignIn
from tests.web import things
from tests.web.site import token_in
from web.access import ANYONE, MEMBER, Door, PublicFiles

WANG, ZHANG = RESIDENTS[0], STAFF[3]
SHOP = "/counter/1"
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Visitor:
    """A browser that is signed in: its cookies, and the token of its forms."""

    cookies: str
    csrf: str


@dataclass(frozen=True)
class Call:
    """A request that one of the doors is for; each time it is sent, its form has a new key."""

    name: str
    method: str
    path: str
    by: Visitor
    fields: Mapping[str, str] = field(default_factory=dict)

    def said(self, host: str) -> tuple[bytes, bytes]:
        """Its head and its body as they go over the wire."""
        body = b""
        head = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", f"Cookie: {self.by.cookies}"]
        if self.method == "POST":
            fields = {"csrf": self.by.csrf, "key": secrets.token_hex(12), **self.fields}
            body = urlencode(fields).encode()
            kind = "application/x-www-form-urlencoded"
            head += [f"Origin: http://{host}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*head, "\r\n"]).encode(), body


@dataclass
class Town:
    """What the doors' addresses are made of, and who may go through which door."""

    visitors: Mapping[str, Visitor]
    names: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]

    def calls(self, routes: Iterable[BaseRoute]) -> list[Call]:
        """One for each door, by somebody who may; an address that is about nothing we know is about `1`."""
        found = []
        for door in routes:
            if isinstance(door, PublicFiles):
                found += [
                    Call("static", "GET", f"{door.path}/{name}", self.visitors[""])
                    for name in ("jishan.css",)
                ]
            if isinstance(door, Door):
                path = _PARAMETER.sub(partial(self._named, door.name), door.path)
                method = "POST" if "POST" in (door.methods or ()) else "GET"
                by = self.visitors[self._who(door)]
                found.append(Call(door.name, method, path, by, self.fields.get(door.name, {})))
        return found

    def _named(self, door: str, found: re.Match[str]) -> str:
        name = found[1]
        return quote(self.names.get(f"{door} {name}", self.names.get(name, "1")))

    def _who(self, door: Door) -> str:
        """Whose session it is asked with. Whoever signs out does so with a session that nothing else needs."""
        if door.name == "signout":
            return "leaving"
        if door.who & ANYONE:
            return ""
        if door.who & MEMBER:
            return WANG.number
        # Nobody of the sample works at a merchant's: whoever knocks there is told that there is no such door.
        return next((one.number for one in STAFF if door.who & set(one.roles)), WANG.number)


async def arrive(book: Book, pepper: bytes, open_browser: Callable[[], httpx2.AsyncClient]) -> Town:
    """Everybody signs in, 张强 has an order agreed with 王秀兰, and of most things that addresses name there is one."""
    visitors = {}
    for person in (*RESIDENTS, *STAFF):
        async with open_browser() as browser:
            visitors[person.number] = await _signed_in(browser, person)
            if person is ZHANG:
                orders = await _order(browser, visitors[person.number], book)
    async with open_browser() as browser:
        visitors["leaving"] = await _signed_in(browser, WANG)
    async with open_browser() as browser:
        page = await browser.get("/signin")
        visitors[""] = Visitor(_cookies(browser), token_in(page.text))
    return Town(visitors, {**await things.of(book, pepper), **await _names(book), **orders}, _fields(book))


async def _signed_in(browser: httpx2.AsyncClient, person: SignIn) -> Visitor:
    path = "/signin/staff" if person.is_staff else "/signin"
    token = token_in((await browser.get(path)).text)
    fields = {"csrf": token, "next": "/", "number": person.number, "secret": person.secret}
    answer = await browser.post(path, data=fields)
    assert answer.status_code == 303, answer.text
    return Visitor(_cookies(browser), token_in((await browser.get("/catalogue", follow_redirects=True)).text))


def _cookies(browser: httpx2.AsyncClient) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)


async def _order(browser: httpx2.AsyncClient, by: Visitor, book: Book) -> dict[str, str]:
    """The addresses of an order as it is chosen, asked and agreed, and of the receipt of a redemption."""
    sent = {"csrf": by.csrf}
    chosen = await browser.post(SHOP, data={**sent, "who": WANG.number})
    fields = {**sent, **_fields(book)["counter.order"], "key": secrets.token_hex(12)}
    asked = await browser.post(chosen.headers["location"], data=fields)
    agreed = await browser.post(asked.headers["location"], data={**sent, "secret": WANG.secret})
    assert agreed.status_code == 303, agreed.text
    first, second, third = (one.headers["location"].rpartition("/")[2] for one in (chosen, asked, agreed))
    names = {"counter.choose": first, "counter.order": first, "redemption.agree": second}
    names |= {"redemption.check": third, "redemption.create": third}
    return {f"{door} order": order for door, order in names.items()}


async def _names(book: Book) -> dict[str, str]:
    """Things of the sample town that addresses name."""
    mine = await Contribution.filter(member=WANG.number).using_db(book.reader).first()
    redeemed = await LedgerTransaction.filter(kind="redemption").using_db(book.reader).first()
    verifier = next(one for one in STAFF if "verifier" in one.roles)
    pending = await waiting.assigned_to(book, verifier.number, SOURCE)
    quarrel = await Event.filter(kind="mediation", source=BY_HAND).using_db(book.reader).first()
    home = await Household.all().using_db(book.reader).first()
    team = await TeamNumber.all().using_db(book.reader).first()
    assert mine is not None
    assert redeemed is not None
    assert quarrel is not None
    assert home is not None
    assert team is not None
    cases = (
        "mediation",
        "mediation.outcome",
        "mediation.settle",
        "mediation.follow_up",
        "seal.create",
        "seal.destroy",
    )
    return {
        **{f"{door} event": quarrel.id for door in cases},
        "area": quarrel.area or "",
        "household": home.number,
        "team": team.number,
        "kind": "concerns",
        "step": "reopened",
        "shop": "1",
        "month": f"{book.today():%Y-%m}",
        "contribution": str(mine.id),
        "event": next(iter(pending), str(mine.event)),
        "position": str(redeemed.position),
        "member": WANG.number,
        "address": f"member/{WANG.number}/noticed",
        "tile": "0/000.p/7",
    }


def _fields(book: Book) -> dict[str, dict[str, str]]:
    """What is written into the forms that want something."""
    return {
        **things.FORMS,
        "language": {"language": "zh", "next": "/"},
        "size": {"size": "2", "next": "/"},
        "contrast": {"contrast": "normal", "next": "/"},
        "signin.enter": {"number": WANG.number, "secret": WANG.secret, "next": "/"},
        "signin.staff.enter": {"number": ZHANG.number, "secret": ZHANG.secret, "next": "/"},
        "counter.look": {"who": WANG.number},
        "counter.order": {"item-1": "1", "on": book.today().isoformat()},
        "redemption.agree": {"secret": WANG.secret},
        "plain.ask": {"source": SOURCE},
    }
