"""The links of long lists: keys travel in the address, what else was asked for stays."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from points.paging import FIRST, Part, Turn
from web import paging
from web.paging import Links


def asking(query: str) -> Request:
    """A request for a list with this query."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/list",
        "query_string": query.encode(),
        "headers": [(b"host", b"there")],
        "scheme": "http",
        "server": ("there", 80),
    }
    return Request(scope)


def test_the_address_says_where_somebody_reads() -> None:
    """By either key; neither is the beginning; a key that is too long is cut."""
    assert paging.turn(asking("before=7")) == Turn(before="7")
    assert paging.turn(asking("after=7&day=1")) == Turn(after="7")
    assert paging.turn(asking("")) == FIRST
    assert len(paging.turn(asking("before=" + "x" * 500)).before) == paging.KEY_AT_MOST


@pytest.mark.parametrize(
    ("rising", "back", "on"), [(False, "after=9", "before=5"), (True, "before=9", "after=5")]
)
def test_links_lead_on_from_the_ends_of_a_part(rising: bool, back: str, on: str) -> None:
    """A list with the newest first goes on to what is less; a rising one to what is greater."""
    part = Part(("a", "b"), "9", "5", rising)
    found = paging.links(asking("day=2026-11-22&before=10"), part)
    assert found == Links(f"/list?day=2026-11-22&{back}", f"/list?day=2026-11-22&{on}")


def test_at_the_ends_there_is_no_link() -> None:
    """A short list has none at all."""
    assert paging.links(asking(""), Part(("a",))) == Links(None, None)


def test_from_an_empty_part_the_way_leads_back_to_the_beginning() -> None:
    """An old address; what else it asks for stays."""
    assert paging.links(asking("day=1&before=0"), Part(())) == Links("/list?day=1", None)
    assert paging.links(asking("day=1"), Part(())) == Links(None, None)


def test_two_lists_of_a_page_turn_apart() -> None:
    """Turning the second leaves the first where it is."""
    request = asking("after=3&ended-before=8")
    assert paging.turn(request, "ended-") == Turn(before="8")
    assert paging.links(request, Part(("a",), None, "2"), "ended-").on == "/list?after=3&ended-before=2"
    assert paging.links(request, Part(("a",), None, "4", rising=True)).on == "/list?ended-before=8&after=4"
