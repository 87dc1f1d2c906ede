"""Forms sent again: every verb that takes a key, with one content and with another, in a town where both could be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from points.awards import same_thing
from points.events import (
    amendments,
    attachments,
    campaigns,
    decisions,
    dispatches,
    filing,
    public_reports,
    satisfaction,
    taking,
    units,
)
from points.events.amendments import Mended
from points.events.filing import Held
from points.events.public_reports import Told
from points.keys import new_key
from points.people import (
    area_acts,
    branches,
    consents,
    enrolment,
    erasing,
    grids,
    household_changes,
    households,
    members,
    mending,
    posters,
    role_requests,
    teams,
)
from points.people.enrolment import Asked
from points.people.members import Details
from tests.points.awards.town import (
    ADMIN,
    FAR,
    GRID,
    KEEPER,
    LAID_OUT,
    LIUHE,
    MORNING,
    SHAHU,
    STREET,
    VERIFIER,
    Town,
)
from tests.points.events.hands import HEAD, WORKER, filed, said, staffed
from tests.points.events.photographs import photo

PEPPER = b"p" * 32
Press = Callable[[str, bool], Awaitable[Any]]
"""Press the button of a form with this key: as it was filled in first, or (True) with something else in it."""
OTHER_DAY = MORNING + timedelta(hours=1)


@dataclass(frozen=True)
class Place:
    """A town with its grid staff, a folder for pictures, and people to do things with."""

    town: Town
    folder: Path

    async def someone(self, name: str = "王秀兰") -> str:
        """Somebody new who lives in 六和."""
        book, key = self.town.book, new_key()
        new = await members.enrol(
            book, name=name, kind="resident", area=LIUHE, by="system", on=LAID_OUT, key=key
        )
        return new.number


async def laid(town: Town, folder: Path) -> Place:
    """The town, staffed, with two units that may be sent to."""
    await staffed(town)
    for code in ("zj", "xf"):
        await units.add(town.book, code, code, area=STREET, kind="sponsor", by=HEAD)
    return Place(town, folder)


async def of_people(place: Place) -> dict[str, Press]:
    """The forms of the register and of households."""
    book = place.town.book
    one, two = await place.someone(), await place.someone("赵敏")
    home = await household_changes.join(book, two, None, by=ADMIN, key="h0")
    for other in (await place.someone("钱进"), await place.someone("孙英")):
        await household_changes.join(book, other, home, by=ADMIN, key=f"h{other}")
    lone = [
        await household_changes.join(book, await place.someone("周全"), None, by=ADMIN, key=f"l{n}")
        for n in range(2)
    ]
    there = list(await households.members_of(book, home))

    def enrolled(key: str, other: bool) -> Awaitable[Any]:
        asked = Asked(name="吴凡" if other else "李想", kind="resident", area=LIUHE, pin="704915")
        return enrolment.enrol(book, asked, by=ADMIN, key=key, pepper=PEPPER)

    def enrolled_with_a_pin(key: str, other: bool) -> Awaitable[Any]:
        asked = Asked(name="郑好", kind="resident", area=LIUHE, pin="704915" if other else "580264")
        return enrolment.enrol(book, asked, by=ADMIN, key=key, pepper=PEPPER)

    def guarded(key: str, other: bool) -> Awaitable[Any]:
        details = Details(guardian_name="冯远" if other else "冯近")
        facts: dict[str, Any] = {"name": "冯小", "kind": "resident", "area": LIUHE, "details": details}
        return members.enrol(book, **facts, by=ADMIN, on=LAID_OUT, key=key)

    asked: dict[str, Any] = {"area": LIUHE, "by": ADMIN, "on": date(2030, 1, 1)}
    return {
        "consents.give": lambda k, o: consents.give(book, one, "photo" if o else "named", by=ADMIN, key=k),
        "enrolment.enrol": enrolled,
        "enrolment.enrol, a PIN": enrolled_with_a_pin,
        "enrolment.set_pin": lambda k, o: enrolment.set_pin(
            book, one, "704915" if o else "580264", by=ADMIN, key=k, pepper=PEPPER
        ),
        "members.enrol": guarded,
        "mending.mend": lambda k, o: mending.mend(
            book, one, "phone", "10000900008" if o else "10000900009", by=ADMIN, key=k
        ),
        "household_changes.join": lambda k, o: household_changes.join(
            book, one, home if o else None, by=ADMIN, key=k
        ),
        "household_changes.split": lambda k, o: household_changes.split(
            book, home, there[:2] if o else there[:1], by=ADMIN, key=k
        ),
        "household_changes.merge": lambda k, o: household_changes.merge(
            book, lone[0], into=lone[1] if not o else home, by=ADMIN, key=k
        ),
        "role_requests.ask": lambda k, o: role_requests.ask(
            book, member=KEEPER if o else HEAD, role="approver", key=k, **asked
        ),
        "erasing.ask": lambda k, o: erasing.ask(book, two, "died" if o else "asked", by=ADMIN, key=k),
    }


async def of_places(place: Place) -> dict[str, Press]:
    """The forms of areas, branches, teams and posters."""
    book = place.town.book
    branch = [await branches.form(book, f"支部{n}", area=LIUHE, by=ADMIN, key=f"b{n}") for n in "12"]
    team = [
        await teams.register(book, f"队{n}", kind="team", area=LIUHE, leader=None, by=ADMIN, key=f"t{n}")
        for n in "12"
    ]
    grid = [await area_acts.add(book, n, level="grid", parent=SHAHU, by=ADMIN, key=f"g{n}") for n in "123"]
    joined = await place.someone("褚实")
    for each in team:
        await teams.enter(book, each.number, joined, by=ADMIN, key=f"j{each.number}")
    for grouping in branch:
        await branches.put(book, grouping.number, FAR, by=ADMIN, key=f"p{grouping.number}")
    hung = [await posters.make(book, "report", LIUHE, by=ADMIN, key=f"p{n}") for n in "12"]
    new = await place.someone("卫理")

    def noted(key: str, other: bool) -> Awaitable[Any]:
        facts = {"kind": "unit", "head": None, "worker": None, "by": ADMIN, "key": key}
        return grids.note(book, GRID, households=20 if other else 30, **facts)  # type: ignore[arg-type]

    return {
        "area_acts.add": lambda k, o: area_acts.add(
            book, "二号" if o else "一号", level="grid", parent=LIUHE, by=ADMIN, key=k
        ),
        "area_acts.rename": lambda k, o: area_acts.rename(
            book, grid[0].code, "新名" if o else "旧名", by=ADMIN, key=k
        ),
        "area_acts.merge": lambda k, o: area_acts.merge(
            book, grid[0 if o else 1].code, into=grid[2].code, by=ADMIN, key=k
        ),
        "area_acts.close": lambda k, o: area_acts.close(book, grid[2 if o else 0].code, by=ADMIN, key=k),
        "branches.form": lambda k, o: branches.form(book, "丁" if o else "丙", area=LIUHE, by=ADMIN, key=k),
        "branches.put": lambda k, o: branches.put(book, branch[o].number, SHAHU, by=ADMIN, key=k),
        "branches.take": lambda k, o: branches.take(book, branch[o].number, FAR, by=ADMIN, key=k),
        "grids.note": noted,
        "posters.make": lambda k, o: posters.make(book, "report", SHAHU if o else LIUHE, by=ADMIN, key=k),
        "teams.register": lambda k, o: teams.register(
            book, "丁队" if o else "丙队", kind="team", area=LIUHE, leader=None, by=ADMIN, key=k
        ),
        "teams.enter": lambda k, o: teams.enter(book, team[o].number, new, by=ADMIN, key=k),
        "teams.leave": lambda k, o: teams.leave(book, team[o].number, joined, by=ADMIN, key=k),
        "teams.lead": lambda k, o: teams.lead(book, team[o].number, joined, by=ADMIN, key=k),
        "public_reports.file": lambda k, o: public_reports.file(
            book, hung[0], Told("F", "堵了", contact="10000900001" if o else ""), key=k
        ),
    }


async def of_events(place: Place) -> dict[str, Press]:
    """The forms of an event's life."""
    town, book = place.town, place.town.book
    one, two, three, four, five = [(await filed(town)).event for _ in range(5)]
    for event in (two, three, five):
        await dispatches.send(book, event, "own", by=HEAD, key="d")
    await taking.take(book, five, "handled", by=HEAD, key="h")
    meeting = await filing.hold(book, said(kind="meeting"), _held(), by=WORKER, key="m0")
    shown = [
        await attachments.add(book, place.folder, one, photo(), name="site", by=WORKER, key=f"a{n}")
        for n in range(2)
    ]
    return {
        "amendments.amend": lambda k, o: amendments.amend(
            book, one, Mended(area=SHAHU) if o else Mended(area=GRID), by=HEAD, key=k
        ),
        "attachments.add": lambda k, o: attachments.add(
            book, place.folder, one, photo(seed=20) if o else photo(), name="site", by=WORKER, key=k
        ),
        "attachments.erase": lambda k, o: attachments.erase(
            book, place.folder, one, shown[0], reason="wrong" if o else "asked", by=HEAD, key=k
        ),
        "campaigns.begin": lambda k, o: campaigns.begin(
            book,
            "秋季" if o else "夏季",
            area=STREET,
            starts_on=LAID_OUT,
            ends_on=LAID_OUT,
            by=HEAD,
            key=k,
        ),
        "dispatches.send": lambda k, o: dispatches.send(
            book, four, "joint", by=HEAD, key=k, to=["zj", "xf"] if o else ["zj"]
        ),
        "dispatches.send, a note": lambda k, o: dispatches.send(
            book, four, "own", by=HEAD, key=k, note="慢慢来" if o else "快去"
        ),
        "filing.report": lambda k, o: filing.report(
            book, said(what="电线" if o else "通道"), by=WORKER, key=k
        ),
        "filing.report, its text": lambda k, o: filing.report(
            book, said(text="别的话" if o else "这些话"), by=WORKER, key=k
        ),
        "filing.hold": lambda k, o: filing.hold(
            book, said(kind="activity"), _held(hours=3 if o else 2), by=WORKER, key=k
        ),
        "decisions.adopt": lambda k, o: decisions.adopt(
            book, meeting.event, "装灯" if o else "修路", member=HEAD, by=WORKER, key=k
        ),
        "decisions.decide": lambda k, o: decisions.decide(
            book,
            meeting.event,
            "抗洪" if o else "抗旱",
            decision="镇街表扬",
            members=[HEAD],
            by=WORKER,
            key=k,
        ),
        "same_thing.confirm": lambda k, o: same_thing.confirm(
            book, [three, four, one] if o else [three, four], by=VERIFIER, key=k
        ),
        "same_thing.split": lambda k, o: same_thing.split(
            book, four, [three, one] if o else [three], by=VERIFIER, key=k
        ),
        "satisfaction.rate": lambda k, o: satisfaction.rate(book, five, 1 if o else 5, by=WORKER, key=k),
        "taking.take": lambda k, o: taking.take(
            book, two, "handled", by=HEAD, key=k, note="没清" if o else "清了"
        ),
    }


def _held(hours: int = 2) -> Held:
    return Held(ends_at=MORNING + timedelta(hours=hours))


async def every(place: Place) -> dict[str, Press]:
    """Every form, by the verb it presses (`module.verb`, and which part of it)."""
    return {**await of_events(place), **await of_people(place), **await of_places(place)}
