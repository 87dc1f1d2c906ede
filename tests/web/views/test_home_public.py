"""The first page says what this is and shows the way in."""

from __future__ import annotations

from tests.web.site import Site, sign_in


def test_a_stranger_reads_what_this_is_and_where_to_go(site: Site) -> None:
    """The way in for residents and staff, help by telephone and at the counter, and that points are not money."""
    page = site.client.get("/").text
    for words in ('href="/signin"', 'href="/signin/staff"', "tel:010-12345678", "周一到周六", "积分不是钱"):
        assert words in page


def test_whoever_signed_in_goes_on_to_their_own_first_page(site: Site) -> None:
    """A member to what they have; `/` is for strangers."""
    sign_in(site.client, "10000001155", "314159")
    answer = site.client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/points")
