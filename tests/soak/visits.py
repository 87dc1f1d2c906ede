"""What people do while the site runs: each visit is one person's, and counts what it was told."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count

from tests.attack import saturday
from tests.attack.saturday_count import Tally
from tests.attack.saturday_town import COMMUNITY, PRICES, Cast, Shopper
from tests.points.events.paper import EVENTS, FIRE
from tests.soak.browsing import Browser, links, opened

PUBLIC = (
    "/",
    "/catalogue",
    "/rules",
    "/shops",
    "/boards",
    "/log/checkpoint",
    "/readyz",
    "/static/jishan.css",
)
OWN = ("/points", "/statement", "/hours", "/reservations", "/code", "/statement/all")
PATIENCE_SECONDS = 60
AGAIN = 7
"""So often does somebody come back to the counter: what they have is enough for that."""
CODE_SECONDS = 400
"""Codes from the telephone were shown before the day begins, and live for ten minutes."""
OFTEN = tuple(saturday.TROUBLES.index(one) for one in ("double", "lost answer", "thrice", "half", "undo"))
"""The troubles of a counter that the same person can bring again and again."""


@dataclass
class Day:
    """The site, its people, and what they were told: shared by everybody who does something."""

    cast: Cast
    url: str
    tally: Tally = field(default_factory=Tally)
    seconds: list[float] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=time.monotonic)
    turn: count[int] = field(default_factory=count)
    staying: dict[str, Browser] = field(default_factory=dict)
    """Those who sit at their desks all day: who was signed in once."""

    def next_of(self, people: list[Shopper]) -> Shopper:
        """Somebody, in turn."""
        return people[next(self.turn) % len(people)]


async def shop(day: Day) -> None:
    """Somebody in the queue at a counter, with the trouble of their place; those who come again bring a lesser one."""
    staff = day.cast.staff[0]
    place = day.done["shop"]
    people = len(day.cast.queue) // 2
    person, first = day.cast.queue[place % people], place < people
    kind = place % people % len(saturday.TROUBLES) if first else OFTEN[place % len(OFTEN)]
    if not first and place % people % len(saturday.TROUBLES) == saturday.TROUBLES.index("locked"):
        return
    if place // people > AGAIN:
        return  # they have spent what they had
    if time.monotonic() - day.begun > CODE_SECONDS:
        person.code = None
    there = len(saturday.TROUBLES) * len(day.cast.staff) + kind
    await saturday.serve(day.staying[staff], day.cast, there, person, asyncio.Barrier(1))


async def look(day: Day) -> None:
    """Somebody who is nobody here reads what everybody may."""
    async with opened("", day.url, day.tally, day.seconds) as browser:
        for path in PUBLIC:
            await browser.page(path)


async def home(day: Day) -> None:
    """A member signs in with the PIN, reads what is theirs, and leaves; one in four just goes away."""
    person = day.next_of(day.cast.queue[len(day.cast.queue) // 2 :])
    async with opened(person.member, day.url, day.tally, day.seconds) as browser:
        await browser.enter(pin=True)
        for path in OWN:
            await browser.page(path)
        if day.done["home"] % 4:
            await browser.leave()


async def reserve(day: Day) -> None:
    """A member sets something aside at home and thinks better of it."""
    person = day.next_of(day.cast.queue[len(day.cast.queue) // 2 :])
    item = day.cast.items["香皂"]
    async with opened(person.member, day.url, day.tally, day.seconds) as browser:
        await browser.enter(pin=True)
        await browser.page(f"/reservations/check?shop=1&item-{item}=1")
        said = {f"item-{item}": "1", "points": str(PRICES["香皂"]), "key": secrets.token_hex(12)}
        place = await browser.press("/reservations", shop="1", **said)
        await browser.page(place)
        await browser.press(place + "/cancellation")
        await browser.leave()


async def gather(day: Day) -> None:
    """The grid worker holds an activity where two sign in, and the verifier accepts whatever waits first."""
    worker, verifier = day.staying["grid_worker"], day.staying["verifier"]
    on = day.cast.day.isoformat()
    path = "/events/new/gathering"
    await worker.page(path + "?kind=activity")
    said = {"kind": "activity", "type_name": "志愿服务", "what": "清理楼道", "area": COMMUNITY, "on": on}
    where = await worker.press(path, key=secrets.token_hex(12), begins="00:00", ends="00:01", **said)
    await worker.page(where)
    for _ in range(2):
        await worker.press(where, scan=day.next_of(day.cast.queue).member)
    waiting = links(await verifier.page("/verifications"), r"/events/[^\"/]+/verification")
    for one in waiting[:2]:
        page = await verifier.page(one)
        if shown := re.findall(r'name="shown" value="(\w+)"', page):
            await verifier.press(one, shown=shown, accept=shown, note="", key=secrets.token_hex(12))
            day.done["verified"] += len(shown)


async def bring(day: Day) -> None:
    """The administrator brings a file of events in by the pages: two jobs of the worker beside the site."""
    admin = day.staying["admin"]
    rows = [f"S{day.done['bring']}-{n},2018-07-04 17:24:41,{FIRE},1,0\n" for n in range(20)]
    await admin.page("/imports")
    fields = {"csrf": admin.csrf, "kind": "events", "source": "soak"}
    files = {"file": ("file.csv", (EVENTS + "".join(rows)).encode("gb18030"))}
    answer = await admin.client.post(
        day.url + "/imports", data=fields, files=files, headers={"Origin": day.url}
    )
    assert answer.status_code == 303, answer.text
    where = str(answer.headers["location"])
    columns = re.findall(
        r'<select id="[^"]*" name="([^"]+)"(.*?)</select>', await admin.page(where), re.DOTALL
    )
    chosen = {name: (re.findall(r'value="([^"]*)" selected', inside) or [""])[0] for name, inside in columns}
    looked = await _over(admin, await admin.press(where, **chosen))
    hidden = re.findall(r'<input type="hidden" name="(digest|key)" value="([^"]*)">', looked)
    assert {name for name, _ in hidden} == {"digest", "key"}, looked
    await _over(admin, await admin.press(where + "/carry", **dict(hidden)))
    day.done["imported"] += len(rows)


async def check(day: Day) -> None:
    """The administrator has the ledger checked, by the page."""
    admin = day.staying["admin"]
    key = re.findall(r'name="key" value="([^"]+)"', await admin.page("/audit"))[0]
    page = await _over(admin, await admin.press("/audit/runs", key=key))
    assert "账本完整" in page, page


async def _over(browser: Browser, path: str) -> str:
    """A job's page once the job is done."""
    for _ in range(PATIENCE_SECONDS * 5):
        page = await browser.page(path)
        if not re.search('data-state="(waiting|running)"', page):
            assert 'data-state="failed"' not in page, page
            return page
        await asyncio.sleep(0.2)
    raise AssertionError(f"{path} does not come to an end")


Visit = Callable[[Day], Awaitable[None]]
KINDS: dict[str, Visit] = {one.__name__: one for one in (shop, look, home, reserve, gather, bring, check)}
