"""The site map: every URL says who may, once, and is linked to a view with a sentence."""

from __future__ import annotations

from collections import Counter

from web.access import ANYONE, Door
from web.routes import ROUTES


def test_every_route_says_who_may() -> None:
    """No door, mount or file is served without naming who may use it."""
    assert [route for route in ROUTES if not getattr(route, "who", None)] == []


def test_what_is_open_to_anyone_is_listed_here() -> None:
    """Opening one more URL to strangers is a decision, so it is made twice."""
    doors = [route for route in ROUTES if isinstance(route, Door)]
    assert {door.path for door in doors if door.who & ANYONE} == {
        "/",
        "/catalogue",
        "/catalogue/photos/{photo}.jpg",
        "/catalogue/{item:int}",
        "/shops",
        "/shops/{shop:int}",
        "/language",
        "/size",
        "/contrast",
        "/signin",
        "/signin/staff",
        "/signed-out",
        "/checkpoint",
        "/log/checkpoint",
        "/log/tile/{tile:path}",
        "/log/entries/{tile:path}",
        "/r/{poster}",
        "/e/{poster}",
        "/follow",
        "/certificates",
        "/certificates/{number}",
        "/boards",
        "/boards/{board}",
        "/notices",
        "/notices/{notice}",
        "/notices/{notice}/lines/{code}",
        "/objections/{objection}",
        "/rules",
        "/rules/examples",
        "/rules/worth",
        "/rules/{version:int}",
        "/screen",
        "/screen/agreement",
        "/screen/end",
        "/stations/{shop:int}",
        "/stations/{shop:int}/{given}",
        "/livez",
        "/readyz",
    }


def test_names_and_places_stand_once() -> None:
    """Two doors for one method and path, or one name for two, would hide the second."""
    doors = [route for route in ROUTES if isinstance(route, Door)]
    places = Counter((door.path, method) for door in doors for method in door.methods or ())
    names = Counter(door.name for door in doors)
    assert [item for item, times in [*places.items(), *names.items()] if times > 1] == []


def test_every_view_says_what_it_does() -> None:
    """A view opens with a sentence."""
    assert [d.name for d in ROUTES if isinstance(d, Door) and not d.endpoint.__doc__] == []
