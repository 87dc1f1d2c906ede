"""Two numbers side by side: for those who keep the register where both are, and for nobody else."""

from __future__ import annotations

from points.people.twice import duplicates
from tests.web.guests import Guests, words
from tests.web.site import token_in
from tests.web.views.twins import LIST, PAIR, enrol_again


def test_a_pair_is_listed_compared_and_said_to_be_two(guests: Guests) -> None:
    """It leads from the register to the list, from there to the comparison; once said to be two it is not listed."""
    guest, twin = guests.by("张强"), enrol_again(guests)
    assert LIST in guest.get("/members")
    assert twin in guest.get(LIST)
    page = guest.get(PAIR.format(twin=twin))
    assert "姓名像、生日同" in words(page)
    fields = {"key": "k1", "one": "V-000001", "two": twin}
    assert guest.press(page, "/members/pair", **fields) == LIST
    assert guest.press(page, "/members/pair", **fields) == LIST, "pressed twice is pressed once"
    assert twin not in guest.get(LIST)


def test_others_and_other_places_have_no_such_page(guests: Guests) -> None:
    """404 alike: without the role, for a member of elsewhere, for one that does not exist; one number is no pair."""
    twin = enrol_again(guests)
    for name in ("李梅", "周静", "王秀兰"):
        guests.by(name).get(LIST, 404)
        guests.by(name).get(PAIR.format(twin=twin), 404)
    guest = guests.by("张强")
    for number in ("V-999999", "x", "S-9999"):
        guest.get(PAIR.format(twin=number), 404)
    assert "留 V-000001" not in words(guest.get(PAIR.format(twin="V-000001")))
    sent = {"csrf": token_in(guest.get(LIST)), "key": "k1", "one": "V-000001", "two": "V-999999"}
    assert guest.client.post("/members/pair", data=sent).status_code == 404


def test_the_list_asks_as_much_of_the_book_for_many_as_for_few(guests: Guests) -> None:
    """A constant number of statements, and a stretch of the register at a time."""
    guest = guests.by("张强")
    before = guests.statements(guest, LIST)
    twin = enrol_again(guests)
    after = guests.statements(guest, LIST)
    assert after <= before + 8, "people and places of a pair, and whether it was decided on"
    enrol_again(guests, name="王秀桂")
    assert guests.statements(guest, LIST) == after
    found = guests.run(lambda: duplicates.find(guests.book, [None], stretch=10))
    assert (found.looked, found.next) == (10, "V-000010")
    assert ("V-000001", twin) in [(pair.one.number, pair.two.number) for pair in found.pairs]
