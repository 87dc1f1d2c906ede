"""The first page says what this is and shows the way in."""

from __future__ import annotations

from tests.web.site import Site, sign_in


def test_a_stranger_reads_what_this_is_and_where_to_go(site: Site) -> None:
    """The way in for residents and staff, help by telephone and at the counter, and that points are not money."""
    page = site.client.get("/").text
    for words in ('href="/signin"', 'href="/signin/staff"', "tel:010-12345678", "周一到周六", "积分不是钱"):
        assert words in page


def test_whoever_signed_in_is_greeted_where_there_is_no_other_page_yet(site: Site) -> None:
    """Without a door of their own they stay here, and can sign out."""
    sign_in(site.client, "10000001155", "314159")
    page = site.client.get("/").text
    assert "王秀兰，您好" in page
    assert 'action="/signout"' in page
