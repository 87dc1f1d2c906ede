"""Guessing is slow: five tries for a name, and a bound for each address."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from starlette.requests import Request

from tests.web.site import Site
from web import limits
from web.limits import Attempt, TooOften
from web.models import Limit


def tries(site: Site, times: int, name: str = "resident 10000001155") -> list[Attempt]:
    """One after the other."""

    async def try_them() -> list[Attempt]:
        return [await limits.attempt(site.book, name, now=site.clock()) for _ in range(times)]

    found: list[Attempt] = site.run(try_them)
    return found


def test_five_tries_then_a_quarter_of_an_hour(site: Site) -> None:
    """The fifth may still be right; the sixth is not looked at until the time is over."""
    assert [(tried.left, bool(tried.locked_until)) for tried in tries(site, 6)] == [
        (4, False),
        (3, False),
        (2, False),
        (1, False),
        (0, False),
        (0, True),
    ]
    site.clock.later(minutes=15)
    assert [tried.left for tried in tries(site, 1)] == [4]


def test_after_fifteen_only_staff_opens_it_again(site: Site) -> None:
    """Three locks, and then a year does not help; a reset does."""
    for _ in range(3):
        tries(site, 5)
        site.clock.later(minutes=15)
    site.clock.later(days=365)
    (locked,) = tries(site, 1)
    assert locked.for_good
    site.run(lambda: limits.reset(site.book, "resident 10000001155"))
    assert [tried.left for tried in tries(site, 1)] == [4]


def test_tries_at_the_same_moment_do_not_share_a_count(site: Site) -> None:
    """Twenty at once: five are looked at, fifteen are not."""

    async def at_once() -> list[Attempt]:
        tried = [limits.attempt(site.book, "x", now=site.clock()) for _ in range(20)]
        return await asyncio.gather(*tried)

    assert sum(tried.locked_until is None for tried in site.run(at_once)) == 5


def test_a_right_password_forgives_and_names_do_not_touch(site: Site) -> None:
    """The count is the name's own, and starts again."""
    first = tries(site, 4)[-1]
    assert tries(site, 1, "resident 10000001156")[0].left == 4
    site.run(lambda: limits.forgive(site.book, first))
    assert tries(site, 1)[0].left == 4


def test_the_table_does_not_hold_what_was_typed(site: Site) -> None:
    """Phones are typed there; a digest is enough."""
    tries(site, 1, "resident 13800000001")

    async def keys() -> Any:
        return await Limit.all().using_db(site.book.reader).values_list("key", flat=True)

    assert all("138" not in key.removeprefix("signin:")[:8] and len(key) == 71 for key in site.run(keys))


def test_a_count_is_required_and_forgotten(site: Site) -> None:
    """Three allowed in ten minutes: the fourth is told how long to wait, and then it is over."""
    span = timedelta(minutes=10)

    async def once() -> None:
        await limits.require(site.book, "k", most=3, now=site.clock())
        await limits.count(site.book, "k", per=span, now=site.clock())

    for _ in range(3):
        site.run(once)
    site.clock.later(minutes=4)
    with pytest.raises(TooOften) as caught:
        site.run(once)
    assert caught.value.headers == {"Retry-After": "360"}
    site.clock.later(minutes=6)
    site.run(once)


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "address:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "address:2001:db8:1:2::/64"),
        ("testclient", "address:testclient"),
    ],
)
def test_an_address_is_one_subscriber(host: str, key: str) -> None:
    """An IPv6 subscriber has a /64 and would otherwise have 2⁶⁴ addresses to guess from."""
    assert limits.address(Request({"type": "http", "client": (host, 1), "headers": []})) == key
