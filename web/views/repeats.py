"""Repeats: reports that may be of one thing side by side, for a verifier to say whether they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.awards import same_thing
from points.awards.errors import RepeatBusy
from points.awards.models import Verification
from points.errors import PointsError
from points.events import clusters, latest
from points.events.clusters import Cluster
from points.events.events import Whole
from points.events.models import Contribution, Event
from points.events.records import EventText
from points.people import areas, members
from points.people.models import Area
from web import access, forms, pages, proofs, words
from web.access import Who, form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_
from web.refusals import said
from web.views import events, verifications

WHY = {
    "place": N_("同一社区、同一类，24 小时内"),
    "picture": N_("照片是同一张"),
    "words": N_("写的几乎一样"),
    clusters.SAID: N_("说过是同一件事"),
}
"""What ties a report to the others, as pages say it."""


class Said(FormModel):
    """Whether what was shown is one thing; `one` is the report that is another thing than the rest."""

    key: Code = Field(title=N_("编号"))
    what: Literal["confirm", "split"] = Field(title=N_("是不是同一件事"))
    one: Line = Field("", title=N_("哪一件"))
    shown: list[Code] = Field(title=N_("哪几件"), min_length=2)


@dataclass(frozen=True, slots=True)
class Around:
    """What may be one thing with an event and lies where the one who asks is in charge; how many lie elsewhere.

    apart   the events that were said to be another thing than this one
    """

    cluster: Cluster | None
    shown: tuple[Event, ...]
    elsewhere: int
    apart: tuple[Event, ...]
    places: Mapping[str, Area]

    @property
    def keys(self) -> set[str]:
        """The events that something can be said of."""
        return {each.id for each in (*self.shown, *self.apart)}


async def show(request: Request) -> Response:
    """GET /events/{event}/repeats: the reports that may be of one thing with it, the first to occur first."""
    return await _page(request, await events.find(request, events.READERS), forms.empty(Said))


async def create(request: Request) -> Response:
    """POST /events/{event}/repeats: they are one thing, or one of them is another; once for each key."""
    whole = await events.find(request, verifications.ROLE)
    filled = forms.read(Said, form(request))
    value = filled.value
    if value is None:
        return await _page(request, whole, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    known = (await _around(request, whole)).keys
    try:
        if not known.issuperset({*value.shown, value.one or whole.event.id}):
            raise RepeatBusy
        if value.what == "confirm":
            await same_thing.confirm(book, value.shown, by=by, key=value.key)
        else:
            await same_thing.split(book, value.one or whole.event.id, value.shown, by=by, key=value.key)
    except PointsError as refusal:
        return await _page(request, whole, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("repeats", event=whole.event.id)))


async def _around(request: Request, whole: Whole) -> Around:
    book, asking = access.book(request), access.who(request)
    cluster = (await clusters.of(book, [whole.event])).get(whole.event.id)
    together = cluster.events if cluster else (whole.event,)
    said = await clusters.words_on(book, [whole.event.id])
    keys = {key for pair, word in said.items() if not word.same for key in pair} - {
        each.id for each in together
    }
    rows = await Event.filter(id__in=sorted(keys)).using_db(book.reader).order_by("occurred_at", "id")
    apart = await latest.read(book.reader, rows)
    places = await areas.many(book, {each.area for each in (*together, *apart) if each.area})
    mine = [each for each in together if _in_charge(asking, places.get(each.area or ""))]
    return Around(
        cluster=cluster,
        shown=_few(mine, whole.event.id),
        elsewhere=len(together) - len(mine),
        apart=tuple(each for each in apart if _in_charge(asking, places.get(each.area or ""))),
        places=places,
    )


def _few(events_: Sequence[Event], key: str) -> tuple[Event, ...]:
    """As many as one word is about: the first, and of the others those nearest to the one that is looked at."""
    if len(events_) <= same_thing.MOST:
        return tuple(events_)
    at = next(n for n, each in enumerate(events_) if each.id == key)
    near = sorted(range(1, len(events_)), key=lambda n: abs(n - at))[: same_thing.MOST - 1]
    return tuple(events_[n] for n in sorted({0, *near}))


def _in_charge(asking: Who, place: Area | None) -> bool:
    path = place.path if place else ""
    return any(areas.covers(path, area) for role in events.READERS for area in asking.areas(role))


async def _page(request: Request, whole: Whole, filled: Filled[Said], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    around = await _around(request, whole)
    keys = [each.id for each in around.shown]
    verifies = events.in_charge(asking, verifications.ROLE, whole)
    refusal = await same_thing.refusal(book, keys, by=asking.member) if verifies and len(keys) > 1 else None
    texts = await EventText.filter(event__in=keys).using_db(book.reader)
    decided = Verification.filter(event__in=keys).using_db(book.reader)
    return pages.render(
        request,
        "repeats.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        what=events.title(whole),
        around=around,
        texts={text.event: text for text in texts},
        proofs=await proofs.of_each(book, keys),
        reporters=await _reporters(book, keys),
        verified={row.event for row in await decided},
        may=verifies and refusal is None,
        refusal=verifications.why(refusal),
        queue=verifies and whole.verifier == asking.member,
        reasons=WHY,
        words=words,
    )


async def _reporters(book: Book, keys: Sequence[str]) -> dict[str, list[str]]:
    """Who reported each, masked. Two statements or so."""
    rows = Contribution.filter(event__in=list(keys), role="reporter").using_db(book.reader).order_by("id")
    found: dict[str, list[str]] = defaultdict(list)
    for row in await rows:
        found[row.event].append(row.member)
    people = await members.many(book, {number for each in found.values() for number in each})
    names = events.masked(people, list(people))
    return {event: [names.get(number, number) for number in each] for event, each in found.items()}
