"""Choosing a password of one's own, before anything else."""

from __future__ import annotations

import re

from tests.web.guests import Guests, links, words
from tests.web.site import sign_in, token_in


def given(guests: Guests, number: str = "S-0003") -> str:
    """The password that 陈国强 gave somebody."""
    admin = guests.by("陈国强")
    data = {"csrf": token_in(admin.get("/staff")), "number": number}
    found = re.search(
        r'class="receipt">([a-z0-9-]{14})<', admin.client.post("/staff/password", data=data).text
    )
    assert found
    return found[1]


def test_a_given_password_opens_nothing_but_choosing_ones_own(guests: Guests) -> None:
    """Every door leads to that page, presses too; the given one, a weak one and a typing mistake are said."""
    word, li = given(guests), guests.stranger()
    answer = sign_in(li.client, "S-0003", word, staff=True)
    assert (answer.status_code, answer.headers["location"]) == (303, "/password")
    page = li.get("/password")
    assert links(page, "/verifications") == []
    for door in ("/verifications", "/points", "/events"):
        assert li.client.get(door).headers["location"] == "/password"
    assert li.client.get("/").status_code == 200
    pressed = {"csrf": token_in(page)}
    assert li.client.post("/verifications/plain", data=pressed).headers["location"] == "/password"
    for first, second, sentence in (
        (word, word, "这就是别人给的那个口令"),
        ("12345678", "12345678", "这个口令不行"),
        ("bamboo-7741", "bamboo-7742", "两次输的不一样"),
    ):
        data = pressed | {"key": "k", "secret": first, "again": second}
        answer = li.client.post("/password", data=data)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)
        assert first not in answer.text
    assert li.press(page, "/password", key="k", secret="bamboo-7741", again="bamboo-7741") == "/"
    assert "待我核实" in li.get("/verifications")
    li.get("/password", 404)
    assert sign_in(guests.stranger().client, "S-0003", word, staff=True).status_code == 422
    again = sign_in(guests.stranger().client, "S-0003", "bamboo-7741", staff=True)
    assert again.headers["location"] != "/password"


def test_who_chose_their_own_finds_no_such_page(shared: Guests) -> None:
    """Nor does a resident, whose PIN they typed themselves at the counter."""
    for name in ("李梅", "王秀兰"):
        shared.by(name).get("/password", 404)
