"""What pages of merchants ask first: nobody sees a shop, or a month of it, that is not theirs to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from points.people import roles
from points.sample.town import COMMUNITY
from tests.web import barber
from tests.web.guests import Guest, Guests, visiting, words
from web import allied
from web.access import Who

HE_WEI, ZHOU_JING = "S-0006", "S-0005"


@dataclass(frozen=True)
class Settling:
    """A town with a barber in the next community, and where his statement is; 何伟 audits the town's community."""

    guests: Guests
    shop: barber.Barber
    at: str


@pytest.fixture(scope="module")
def settling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settling]:
    """A month later; the tests of this module only look."""
    with visiting(tmp_path_factory.mktemp("town")) as guests, pytest.MonkeyPatch.context() as patch:
        shop = guests.run(barber.open_up, guests.book, guests.app.state.settings.pepper())
        guests.run(_audits, guests)
        barber.let_a_month_pass(patch)
        yield Settling(guests, shop, barber.drawn(guests, shop))


async def _audits(guests: Guests) -> None:
    said = {"area": COMMUNITY, "by": barber.ADMIN, "on": guests.book.today()}
    await roles.grant(guests.book, member=HE_WEI, role="auditor", **said)


def test_a_merchant_sees_their_own_shop_and_nothing_else(settling: Settling) -> None:
    """Not the merchants' page, another's statement, the ledger, the members, the netting; nor may they approve."""
    guests, shop, at = settling.guests, settling.shop, settling.at
    zhou: Guest = barber.signed_in(guests, shop.zhou)
    home = words(zhou.get("/merchant"))
    assert "老周理发" in home
    assert "桃园" not in home
    for path in ("/merchants", f"/merchants/{shop.shop}", "/netting", "/alliances", "/members", "/ledger"):
        zhou.get(path, 404)
    for path in ("/ledger/members/V-000001", "/counter/1", "/funds", "/stock"):
        zhou.get(path, 404)
    page = zhou.get(at)
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    said = {"csrf": token[1], "decision": "approve", "digest": "x"}
    assert zhou.client.post(at, data=said).status_code == 404
    assert zhou.client.post(at + "/payment", data=said).status_code == 404


def test_who_answers_for_another_place_finds_no_merchant_of_this(settling: Settling) -> None:
    """何伟 audits the town's community: neither the list, nor the shop, nor its statement; 周静 audits all of them."""
    he, zhou = settling.guests.by("何伟"), settling.guests.by("周静")
    pages = (f"/merchants/{settling.shop.shop}", settling.at, settling.at + "/paper")
    assert "老周理发" not in words(he.get("/merchants"))
    assert "老周理发" in words(zhou.get("/merchants"))
    for path in pages:
        he.get(path, 404)
        assert "老周理发" in words(zhou.get(path)), path


@pytest.mark.parametrize("number", [1, 99])
def test_a_communitys_own_shop_is_no_merchants(settling: Settling, number: int) -> None:
    """Nor is a shop that there is not: an admin of all of them finds neither page nor name among the merchants."""
    chen = settling.guests.by("陈国强")
    chen.get(f"/merchants/{number}", 404)
    assert f'href="/merchants/{number}"' not in chen.get("/merchants")
    assert f'href="/merchants/{settling.shop.shop}"' in chen.get("/merchants")


@pytest.mark.parametrize(
    ("member", "as_merchant", "found"),
    [
        (ZHOU_JING, False, True),
        (HE_WEI, False, False),
        (HE_WEI, True, False),
        ("", True, True),
        ("", False, False),
    ],
)
def test_a_merchants_shop_is_handed_to_whom_it_may_be_shown(
    settling: Settling, member: str, as_merchant: bool, found: bool
) -> None:
    """Before any page asks for itself: to who answers for its place, and to its merchant where a page is theirs too."""
    guests, number = settling.guests, settling.shop.shop
    asking = guests.run(_asking, guests, member or settling.shop.zhou)
    find = partial(allied.the_merchant, asking, number, merchant=as_merchant)
    if found:
        assert guests.run(find).number == number
    else:
        with pytest.raises(HTTPException, match="404"):
            guests.run(find)


async def _asking(guests: Guests, member: str) -> Request:
    """A request of somebody who signed in with a password."""
    granted = await roles.grants_of(guests.book, member, guests.book.today())
    state = {"who": Who(member, member, "staff", tuple(granted))}
    return Request({"type": "http", "app": guests.app, "headers": [], "state": state})
