"""The confirming page and what follows: figures first, one press, sessions gone, both pages linked, and undone."""

from __future__ import annotations

import re

from points.people import signin
from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views.twins import LIST, enrol_again

KEPT = "V-000001"


def test_merged_in_figures_and_taken_back(guests: Guests) -> None:
    """The one who is kept reads what came; the closed number's page has no form but the way back."""
    guest, twin = guests.by("张强"), enrol_again(guests, of="V-000001")
    path = f"/members/{twin}/merging/{KEPT}"
    page = guest.get(path)
    assert "先让两个号住在同一户" in words(page), "王秀兰 lives in a household"
    path = f"/members/{KEPT}/merging/{twin}"
    page = guest.get(path)
    assert "可以用的积分" in words(page)
    assert guest.press(page, path, key="k1", reason="twice") == f"/members/{KEPT}"
    assert guest.press(page, path, key="k1", reason="twice") == f"/members/{KEPT}"
    closed = guest.get(f"/members/{twin}")
    assert "这个号不再用" in words(closed)
    assert f"/members/{twin}/pin" not in closed
    assert f"并入 {KEPT}" in words(guest.get(f"/members?who={twin}"))
    assert "已经并入" in words(guest.get(f"/members/pair?one={KEPT}&two={twin}"))
    undo = re.findall(rf"/members/{KEPT}/merges/[0-9a-f]+/undo", guest.get(f"/members/{KEPT}"))[0]
    guest.press(closed, undo, key="u1")
    guest.press(closed, undo, key="u1")
    assert "这个号不再用" not in words(guest.get(f"/members/{twin}"))
    assert twin in guest.get(LIST)


def test_what_is_done_on_an_old_page_of_a_closed_number_is_refused(guests: Guests) -> None:
    """With the number to go to; a page of a browser left open does nothing to the person under the kept number."""
    guest, twin = guests.by("张强"), enrol_again(guests)
    token = token_in(guest.get(f"/members/{twin}"))
    path = f"/members/{KEPT}/merging/{twin}"
    guest.press(guest.get(path), path, key="k1", reason="twice")
    for where, fields in (
        ("pin", {"pin": "739164"}),
        ("household", {"what": "join", "household": ""}),
        ("cards", {}),
    ):
        answer = guest.client.post(f"/members/{twin}/{where}", data={"csrf": token, "key": "x1", **fields})
        assert (answer.status_code, f"已经并入 {KEPT}" in words(answer.text)) == (422, True), where


def test_the_closed_number_signs_in_as_the_kept_one_or_not_at_all(guests: Guests) -> None:
    """Its own PIN opens nothing any more, whoever was signed in under it is out, and the kept PIN opens by either."""
    twin = enrol_again(guests)
    pepper = guests.app.state.settings.pepper()
    set_pin = {"by": "S-0004", "pepper": pepper}
    guests.run(lambda: signin.set_pin(guests.book, twin, "739164", **set_pin))
    resident = guests.stranger()
    said = {"next": "/", "number": twin, "secret": "739164"}
    resident.press(resident.get("/signin"), "/signin", **said)
    resident.get("/points")
    guest, path = guests.by("张强"), f"/members/{KEPT}/merging/{twin}"
    guest.press(guest.get(path), path, key="k1", reason="phone")
    assert resident.client.get("/points").status_code in (302, 303, 401)
    again = guests.stranger()
    wrong = again.client.post("/signin", data={"csrf": token_in(again.get("/signin")), **said})
    assert wrong.status_code != 303
    again.press(again.get("/signin"), "/signin", **{**said, "secret": "258036"})
    assert "王秀兰" in words(again.get("/points"))


def test_who_may_not_has_no_page(guests: Guests) -> None:
    """404 alike for a verifier, a resident, a grid worker, a counter's member of nowhere, a merge of nobody."""
    twin = enrol_again(guests)
    path = f"/members/{KEPT}/merging/{twin}"
    for name in ("李梅", "周静", "王秀兰", "刘洋"):
        guests.by(name).get(path, 404)
    guest = guests.by("张强")
    guest.get(f"/members/{KEPT}/merging/V-999999", 404)
    token = token_in(guest.get(f"/members/{KEPT}"))
    sent = {"csrf": token, "key": "u1"}
    assert guest.client.post(f"/members/{KEPT}/merges/{'0' * 32}/undo", data=sent).status_code == 404
