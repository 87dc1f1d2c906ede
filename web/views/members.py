"""The register: find a member, look at one, and enrol somebody in six steps of one form."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from points.awards import purse
from points.errors import PointsError
from points.events import attachments
from points.events.records import Attachment
from points.paging import Part
from points.people import (
    ages,
    card_printings,
    cards,
    clerks,
    consents,
    directory,
    enrolment,
    erasing,
    households,
    signin,
    teams,
)
from points.people.enrolment import Asked
from points.people.twice import looks, merges
from web import access, bodies, forms, pages, paging, places, proofs, register
from web.access import form
from web.forms import Code, Digits, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

A_PAGE = directory.A_PAGE
PROOFS = "proof-"
"""Begins the fields that turn the list of photos on a member's page."""
Kind = Literal["party_member", "local_worthy", "volunteer", "resident_delegate", "special", "resident"]
Consent = Literal["named", "photo", "board", "pooled"]


class New(FormModel):
    """What somebody says who wants to be a member."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("姓名"), max_length=40)
    phone: Digits | None = Field(None, title=N_("手机（没有可不填）"))
    born: date = Field(title=N_("出生日期"))
    kind: Kind = Field(title=N_("类别"))
    area: Line = Field(title=N_("在哪个社区或网格"))
    language: Literal["zh", "en"] = Field("zh", title=N_("语言"))
    agrees: list[Consent] = Field([], title=N_("念给本人听，同意哪几样就勾哪几样"))
    guardian_name: Line = Field("", title=N_("监护人姓名（未满 14 岁要填）"), max_length=40)
    guardian_phone: Digits | None = Field(None, title=N_("监护人手机（未满 14 岁要填）"))
    pin: Annotated[str, BeforeValidator(forms.plain_digits)] = Field(
        "", title=N_("6 位密码，由本人输入"), max_length=6
    )


class Search(FormModel):
    """Whom one looks for."""

    who: Line = Field("", title=N_("姓名、成员号、手机或积分卡号"))


async def index(request: Request) -> Response:
    """GET /members?who=&after=: the members of one's areas, by number, or those who were asked for."""
    query = bodies.query(request)
    filled = forms.read(Search, query)
    return await _index(request, filled, query.one("after"))


async def search(request: Request) -> Response:
    """POST /members: phones and cards stay out of addresses; one who is found is shown, of several one is chosen."""
    filled = forms.read(Search, form(request))
    return await _index(request, filled, "", posted=True)


async def new(request: Request) -> Response:
    """GET /members/new"""
    return await _new(request, forms.empty(New, kind="volunteer", language="zh"))


async def create(request: Request) -> Response:
    """POST /members/new: enrols once for each key."""
    filled = forms.read(New, form(request))
    value = filled.value
    if value is None:
        return await _new(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    area = places.read(value.area, await places.offered(book, asking, clerks.ROLES, register.LEVELS))
    if area is None:
        nowhere = Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。"))
        return await _new(request, filled.failed("area", nowhere), status_code=422)
    asked = Asked(
        name=value.name,
        kind=value.kind,
        area=area,
        phone=value.phone,
        born=value.born,
        language=value.language,
        agrees=tuple(value.agrees),
        guardian_name=value.guardian_name or None,
        guardian_phone=value.guardian_phone,
        pin=value.pin or None,
    )
    pepper = request.app.state.settings.pepper()
    try:
        enrolled = await enrolment.enrol(book, asked, by=asking.member, key=value.key, pepper=pepper)
    except PointsError as refusal:
        return await _new(request, filled.failed(_field(refusal), said(refusal)), status_code=422)
    return pages.see(f"/members/{enrolled.number}?new=1")


async def show(request: Request) -> Response:
    """GET /members/{member}: what is known of them, and what can be done."""
    return await shown(request)


async def shown(request: Request, pressed: register.Pressed | None = None) -> Response:
    """A member's page; with what was pressed and could not be done. A constant number of statements."""
    found = await register.the_member(request)
    book, asking = access.book(request), access.who(request)
    number, person = found.member.number, found.person
    child = bool(person and ages.is_child(person.birthday, person.born_year, book.today()))
    standing = (await consents.of(book, [number]))[number]
    words: dict[str, Any] = {
        "known": found,
        "person": person,
        "child": child,
        "kind": Say(register.KINDS[found.member.kind]),
        "consents": [
            (what, Say(label), standing.get(what))
            for what, label in register.CONSENTS.items()
            if what != consents.GUARDIAN or child or what in standing
        ],
        "card": await cards.of(book, number),
        "printed": await card_printings.traces(book, number),
        "has_pin": await signin.has(book, number, "pin"),
        "home": (await households.of(book, [number]))[number],
        "teams": (await teams.of(book, [number]))[number],
        "spendable": sum(amount for _, amount in await purse.spendable(book, number, book.today())),
        "hands_out": bool(asking.roles & set(clerks.PIN_ROLES)),
        "reads_ledger": bool(asking.roles & {"admin", "auditor"}),
        "erasure": await erasing.requested(book, number),
        "gone": await erasing.erased(book, number),
        "approves": bool(asking.roles & set(erasing.APPROVERS)),
        "is_new": bodies.query(request).one("new") == "1",
        "pressed": pressed,
        "register": register,
        "merged": await merges.of(book, number),
        "merges": bool(asking.roles & set(looks.ROLES)),
    }
    approves = words["approves"] and (words["erasure"] or words["gone"])
    theirs = await _proofs(request, number) if approves else Part(())
    words |= {"theirs": theirs, "turns": paging.links(request, theirs, PROOFS), "shows": proofs.NAMES}
    return pages.render(request, "member.html", status_code=422 if pressed else 200, **words)


async def _proofs(request: Request, number: str) -> Part[Attachment]:
    """What may show somebody who is to be erased, or was, under any number of theirs."""
    book = access.book(request)
    return await attachments.of_people(book, await merges.group(book, number), paging.turn(request, PROOFS))


async def _index(request: Request, filled: Filled[Search], after: str, *, posted: bool = False) -> Response:
    book, mine = access.book(request), register.mine(access.who(request))
    who = filled.value.who if filled.value else ""
    found: list[directory.Listed] = []
    try:
        found = await directory.search(book, who, mine, after=after, limit=A_PAGE + 1)
    except PointsError as refusal:
        filled = filled.failed("who", said(refusal))
    if posted and len(found) == 1 and not filled.errors:
        return pages.see(f"/members/{found[0].number}")
    return pages.render(
        request,
        "members.html",
        status_code=422 if filled.errors else 200,
        filled=filled,
        who=who,
        found=found[:A_PAGE],
        closed=await merges.into(book, [each.number for each in found[:A_PAGE]]),
        next=found[A_PAGE - 1].number if len(found) > A_PAGE else None,
        hands_out=bool(access.who(request).roles & set(clerks.PIN_ROLES)),
        by_name=not any(c.isdigit() for c in who),
        kinds=register.KINDS,
    )


async def _new(request: Request, filled: Filled[New], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    offered = await places.offered(book, asking, clerks.ROLES, register.LEVELS)
    return pages.render(
        request,
        "member_new.html",
        status_code=status_code,
        filled=places.prefilled(filled, offered),
        places=offered,
        kinds=register.options(register.KINDS, "staff"),
        consents=register.options(register.CONSENTS, "guardian"),
        hands_out=bool(asking.roles & set(clerks.PIN_ROLES)),
    )


_FIELDS = {
    "BadName": "name",
    "BadPhone": "phone",
    "PhoneTaken": "phone",
    "BadBirthYear": "born",
    "NeedsGuardian": "guardian_name",
    "WeakPin": "pin",
    "EnrolledOtherwise": "name",
}


def _field(refusal: PointsError) -> str:
    """The field that a refusal is about."""
    return _FIELDS.get(type(refusal).__name__, "area")
