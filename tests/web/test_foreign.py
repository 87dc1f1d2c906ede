"""Role × page × foreign object: whoever may not, and whoever asks for what is not theirs, reads the same 404.

Every door of the site map is walked, so a new one joins by itself. A door about an object is asked for the object of
OWN that its path names; one whose path names nothing of OWN is asked for something that is not there, and NOBODYS says
why. A form without an object in its path may name one inside: FORMS forges each, and an insider shows that it is good.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.book import Book
from points.events.models import Event
from points.events.records import Attachment, Dispatch
from points.keys import new_key
from points.market.allied_records import Netting, Settlement
from points.people import (
    grants,
    members,
    role_requests,
    roles,
    signin,
)
from points.people.models import RoleGrant
from points.sample.town import COMMUNITY, DISTRICT, STREET
from tests.web import things
from tests.web.guests import Guest, Guests, visiting, words
from tests.web.site import token_in
from tests.web.things import FORMS
from web import bodies
from web.access import ANYONE, MEMBER, Door
from web.routes import ROUTES

NOWHERE = {"int": "999999", "path": "no/such/thing", "str": "00000000000000000000000000000000"}
SECRET = "bieren-5128"
STAFF = [role for role in roles.NAMES if role != "volunteer"]
DOORS = [route for route in ROUTES if isinstance(route, Door) and not route.who & (ANYONE | MEMBER)]
NOBODYS = {
    "act": "a word of the page",
    "application": "opened by its form alone, and tried beside its page",
    "batch": "of the whole book",
    "closed": "a second member, after the first",
    "day": "after the shop it is of",
    "given": "of who gave the code, and tried beside its page",
    "item": "of the whole book",
    "job": "of who asked for it",
    "kind": "a word of the page",
    "merge": "after the member it is of",
    "month": "after the area it is of",
    "number": "of a shop",
    "opening": "of an event, by who opened it",
    "order": "of a shop",
    "position": "of a shop",
    "printing": "drawn by whoever prints, and tried beside its page",
    "print": "after the redemption it is of",
    "run": "of the whole book",
    "series": "of a shop",
    "shift": "of a shop",
    "step": "a word of the page",
    "suffix": "a word of the page",
    "upload": "of who brought it",
    "version": "of the whole book",
    "what": "a word of the page",
}
"""Names in paths of what lies in no area; each is asked for as if it were not there."""
FORGING = sorted({min(door.who) for door in DOORS if door.name in FORMS})
FREE = {
    "rule_books.ask": "of the whole book",
    "till.paper": "remembered by the browser",
    "items.create": "of the whole book",
    "rule_books.rehearse": "of the whole book",
    "rule_books.save": "of the whole book",
    "netting.create": "a district's month that is over, tried beside its page",
    "plain.ask": "accepts what is assigned to who presses it",
    "audit.create": "the whole book is read",
    "audit.sign": "the whole book is signed",
    "imports.create": "a file is kept for who brought it; its rows ask for the role where each lies",
    "members.search": "a search, which finds what is theirs",
    "pair.apart": "two members, tried beside its page",
}
"""Forms that name nothing of somebody else's."""
PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass
class World:
    """A town with the town's things, and for each role a stranger, who holds it in another street, and an insider."""

    guests: Guests
    strangers: dict[str, Guest]
    insiders: dict[str, Guest]
    own: dict[str, str]

    def path(self, door: Door, *, there: bool) -> str:
        """The address of a door, of something of the town's or of nothing."""

        def value(found: re.Match[str]) -> str:
            own = self.own.get(found[1]) if there else None
            return own or NOWHERE[found[2] or "str"]

        return PARAMETER.sub(value, door.path)


async def enrolled(
    book: Book, pepper: bytes, names: Collection[str], *, area: str, name: str
) -> dict[str, str]:
    """Somebody for each role, who holds it in an area and below; their numbers, by role."""
    today, admin = book.today(), "S-0001"
    numbers = {}
    for role in names:
        person = await members.enrol(
            book, name="外人", kind="staff", area=area, by=admin, on=today, key=f"{name}-{role}"
        )
        numbers[role] = person.number
        given = roles.Grant(f"{name}{role}", person.number, role, area, today.isoformat(), None)
        async with book.write() as db:
            await RoleGrant.bulk_create([roles.grant_row(given, f"grant/{name}", by=admin)], using_db=db)
        await signin.set_password(book, person.number, SECRET, by=person.number, pepper=pepper)
    return numbers


async def prepare(book: Book, pepper: bytes) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Enrol strangers and insiders; the answer: their numbers by role, and what paths may name of the town."""
    today, admin = book.today(), "S-0001"
    sql = "SELECT code FROM people_area WHERE level = 'street' AND code <> ? ORDER BY code"
    elsewhere = (await book.reader.execute_query_dict(sql, [STREET]))[0]["code"]
    strangers = await enrolled(book, pepper, STAFF, area=elsewhere, name="stranger")
    insiders = await enrolled(book, pepper, FORGING, area=DISTRICT, name="insider")
    asked = await role_requests.ask(
        book, member="S-0003", role="fund_keeper", area=DISTRICT, by=admin, on=today, key="own"
    )
    event = await Event.filter(area=COMMUNITY).using_db(book.reader).first()
    (grant, *_) = await grants.listed(book, [COMMUNITY], today)
    assert event is not None
    own = await things.of(book, pepper) | {"grant": grant.id, "request": asked.id, "event": event.id}
    own |= await _statements(book, own["merchant"])
    sent = Dispatch(
        id=new_key(),
        event=event.id,
        lane="own",
        dispatched_at=book.now(),
        dispatched_by=admin,
        due_on=today.isoformat(),
    )
    shown = Attachment(
        id=new_key(), event=event.id, kind="jpeg", digest="sha256:0", size=1, name="site", added_at=book.now()
    )
    async with book.write() as db:
        await sent.save(using_db=db, force_create=True)
        await shown.save(using_db=db, force_create=True)
    return strangers, insiders, own | {"dispatch": sent.id, "attachment": shown.id}


async def _statements(book: Book, merchant: str) -> dict[str, str]:
    """A statement of the town's merchant, and a balance of the district, as they would be drawn up."""
    drawn = {"month": "2020-02", "digest": "", "drawn_by": "S-0002", "drawn_at": book.now(), "reference": ""}
    money = {"points": 0, "fen": 0, "brought": 0, "sponsor": "street"}
    text = f'{{"brought":0,"lines":[],"month":"2020-02","shop":{merchant},"sponsor":"street"}}'
    flows = f'{{"flows":[],"month":"2020-02","under":"{DISTRICT}"}}'
    statement = Settlement(id=new_key(), shop=int(merchant), text=text, **drawn, **money)
    balance = Netting(id=new_key(), under=DISTRICT, text=flows, **drawn)
    async with book.write() as db:
        await statement.save(using_db=db, force_create=True)
        await balance.save(using_db=db, force_create=True)
    return {"settlement": statement.id, "netting": balance.id}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One town for all tests of this module: they change nothing."""
    folder: Path = tmp_path_factory.mktemp("foreign")
    with visiting(folder) as guests:
        pepper = guests.app.state.settings.pepper()
        strangers, insiders, own = guests.run(prepare, guests.book, pepper)
        inside = {role: _signed_in(guests, number) for role, number in insiders.items()}
        outside = {role: _signed_in(guests, number) for role, number in strangers.items()}
        yield World(guests, outside, inside, own)


def _signed_in(guests: Guests, number: str) -> Guest:
    guest = guests.stranger()
    said = {"next": "/", "number": number, "secret": SECRET}
    guest.press(guest.get("/signin/staff"), "/signin/staff", **said)
    return guest


def refused(world: World, role: str, door: Door, *, there: bool) -> str | None:
    """What somebody with a role reads at a door that must be closed; None when it is, whatever it says then."""
    guest, path = world.strangers[role], world.path(door, there=there)
    if "POST" in (door.methods or ()):
        token = token_in(guest.get("/areas"))
        plain = door.reads is bodies.form
        said = {"data": {"csrf": token}} if plain else {"files": {"csrf": (None, token)}}
        answer = guest.client.post(path, **said)
    else:
        answer = guest.client.get(path)
    read = re.sub(r"请求编号 \w+", "", words(answer.text))
    return read if answer.status_code == 404 else f"{path} answered {answer.status_code}"


def test_a_door_that_is_not_theirs_is_not_there_for_any_role(world: World) -> None:
    """Every door × every role it is not for: 404, and the same words everywhere."""
    read = {
        (role, door.name): refused(world, role, door, there=True)
        for door in DOORS
        for role in STAFF
        if role not in door.who
    }
    assert len(read) > 200
    common = read["auditor", "counter"]
    assert {key: said for key, said in read.items() if said != common} == {}


def test_what_is_not_theirs_is_not_there_behind_their_own_doors(world: World) -> None:
    """Every door about one of the town's things × every role it is for, held elsewhere: as if it did not exist."""
    doors = [door for door in DOORS if names_of(door) & world.own.keys()]
    assert len(doors) > 10
    common = refused(world, "auditor", next(d for d in DOORS if d.name == "counter"), there=True)
    wrong = {}
    for door in doors:
        for role in sorted(door.who):
            for there in (True, False):
                said = refused(world, role, door, there=there)
                if said != common:
                    wrong[role, door.name, there] = said
    assert wrong == {}


def forged(guest: Guest, door: Door, key: str) -> int:
    """What somebody is answered to a form that names a thing of the town."""
    said = {"csrf": token_in(guest.get("/areas")), "key": key, **FORMS[door.name]}
    return int(guest.client.post(door.path, data=said).status_code)


def test_what_is_not_theirs_is_not_there_inside_a_form(world: World) -> None:
    """A stranger's form that names it writes nothing; the same form of an insider is taken."""
    doors = [door for door in DOORS if door.name in FORMS]
    before = world.guests.run(_head, world.guests.book)
    outside = {
        (door.name, role): forged(world.strangers[role], door, f"out{n}x{m}")
        for n, door in enumerate(doors)
        for m, role in enumerate(sorted(door.who))
    }
    assert {name: status for name, status in outside.items() if status not in (404, 422)} == {}
    assert world.guests.run(_head, world.guests.book) == before
    inside = {
        door.name: forged(world.insiders[min(door.who)], door, f"in{n}") for n, door in enumerate(doors)
    }
    assert {name: status for name, status in inside.items() if status not in (200, 303)} == {}


async def _head(book: Book) -> int:
    rows = await book.reader.execute_query_dict("SELECT count(*) AS n FROM ledger_transaction")
    return int(rows[0]["n"])


def test_every_door_is_in_the_tables(world: World) -> None:
    """A new door whose path names something new, or whose form might, is given a thing of the town, or a reason."""
    named = set().union(*(names_of(door) for door in DOORS))
    assert named - world.own.keys() - NOBODYS.keys() == set()
    assert not world.own.keys() & NOBODYS.keys()
    plain = {door.name for door in DOORS if "POST" in (door.methods or ()) and not names_of(door)}
    assert plain == FORMS.keys() | FREE.keys()


def names_of(door: Door) -> set[str]:
    """The names in a door's path."""
    return {found[0] for found in PARAMETER.findall(door.path)}
