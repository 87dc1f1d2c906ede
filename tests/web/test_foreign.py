"""Role × page × foreign object: whoever may not, and whoever asks for what is not theirs, reads the same 404.

Every door of the site map is walked, so a new one joins by itself. A door about an object is asked for the object of
OWN that its path names; one whose path names nothing of OWN is asked for something that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.book import Book
from points.events.models import Event
from points.people import branches, grants, members, role_requests, roles, signin, teams
from points.people.models import RoleGrant
from points.sample.town import COMMUNITY, DISTRICT, STREET
from tests.web.guests import Guest, Guests, visiting, words
from tests.web.site import token_in
from web import bodies
from web.access import ANYONE, MEMBER, Door
from web.routes import ROUTES

NOWHERE = {"int": "999999", "path": "no/such/thing", "str": "00000000000000000000000000000000"}
SECRET = "bieren-5128"
STAFF = [role for role in roles.NAMES if role != "volunteer"]
DOORS = [route for route in ROUTES if isinstance(route, Door) and not route.who & (ANYONE | MEMBER)]
PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")


@dataclass
class World:
    """A town with the town's things, and a stranger for each role, who holds it in another street."""

    guests: Guests
    strangers: dict[str, Guest]
    own: dict[str, str]

    def path(self, door: Door, *, there: bool) -> str:
        """The address of a door, of something of the town's or of nothing."""

        def value(found: re.Match[str]) -> str:
            own = self.own.get(found[1]) if there else None
            return own or NOWHERE[found[2] or "str"]

        return PARAMETER.sub(value, door.path)


async def prepare(book: Book, pepper: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Enrol the strangers; the answer: their numbers by role, and things of the town by the names paths give them."""
    today, admin = book.today(), "S-0001"
    sql = "SELECT code FROM people_area WHERE level = 'street' AND code <> ? ORDER BY code"
    elsewhere = (await book.reader.execute_query_dict(sql, [STREET]))[0]["code"]
    numbers = {}
    for role in STAFF:
        person = await members.enrol(
            book, name="外人", kind="staff", area=elsewhere, by=admin, on=today, key=f"stranger-{role}"
        )
        numbers[role] = person.number
        given = roles.Grant(f"stranger{role}", person.number, role, elsewhere, today.isoformat(), None)
        async with book.write() as db:
            await RoleGrant.bulk_create([roles.grant_row(given, "grant/stranger", by=admin)], using_db=db)
        await signin.set_password(book, person.number, SECRET, by=person.number, pepper=pepper)
    asked = await role_requests.ask(
        book, member="S-0003", role="fund_keeper", area=DISTRICT, by=admin, on=today, key="own"
    )
    team = await teams.register(book, "清洁队", kind="team", area=COMMUNITY, leader=None, by=admin, key="own")
    branch = await branches.form(book, "第一支部", area=COMMUNITY, by=admin, key="own")
    event = await Event.filter(area=COMMUNITY).using_db(book.reader).first()
    (grant, *_) = await grants.listed(book, [COMMUNITY], today)
    assert event is not None
    own = {"area": COMMUNITY, "event": event.id, "grant": grant.id, "request": asked.id, "shop": "1"}
    return numbers, own | {"team": team.number, "branch": branch.number}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One town for all tests of this module: they change nothing."""
    folder: Path = tmp_path_factory.mktemp("foreign")
    with visiting(folder) as guests:
        pepper = guests.app.state.settings.pepper()
        numbers, own = guests.run(prepare, guests.book, pepper)
        strangers = {}
        for role, number in numbers.items():
            guest = guests.stranger()
            said = {"next": "/", "number": number, "secret": SECRET}
            guest.press(guest.get("/signin/staff"), "/signin/staff", **said)
            strangers[role] = guest
        yield World(guests, strangers, own)


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


def names_of(door: Door) -> set[str]:
    """The names in a door's path."""
    return {found[0] for found in PARAMETER.findall(door.path)}
