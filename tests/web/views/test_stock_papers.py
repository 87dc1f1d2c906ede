"""The papers of a delivery and of a loss on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.points.events.photographs import photo
from tests.web.guests import Guests, links, words
from tests.web.site import token_in
from tests.web.views import stocking
from tests.web.views.stocking import delivered


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_a_delivery_shows_its_photographed_paper(town: Guests) -> None:
    """Added by who keeps the stock, shown small and large; nothing chosen is said; erased for a reason."""
    keeper = town.by("吴娟")
    at = delivered(keeper, "in9", **{"item-6": "3"})
    position = at.rpartition("/")[2]
    papers = f"/stock/1/papers/{position}"
    assert papers in links(keeper.get(at), papers)
    page = keeper.get(papers)
    said = {"csrf": token_in(page), "key": "p1", "name": "paper"}
    nothing = keeper.client.post(papers, data=said, files={"file": ("", b"")})
    assert (nothing.status_code, "请选一个文件" in words(nothing.text)) == (422, True)
    for _ in range(2):
        sent = keeper.client.post(papers, data=said, files={"file": ("a.jpg", photo())})
        assert (sent.status_code, sent.headers["location"]) == (303, papers)
    (where,) = links(keeper.get(at), papers + "/0")
    for each in (where, where + "/thumbnail"):
        assert keeper.client.get(each).headers["content-type"] == "image/jpeg"
    elsewhere = where.replace("/stock/1/", "/stock/2/")
    keeper.get(elsewhere, 404)
    page = keeper.get(where + "/erasure")
    assert keeper.press(page, where + "/erasure", key="e1", reason="wrong") == papers
    keeper.get(where, 404)
    assert "传错了" in words(keeper.get(papers))


def test_a_loss_leads_to_its_papers(town: Guests) -> None:
    """Each line of the list opens the papers of its entry."""
    keeper = town.by("吴娟")
    page = keeper.get("/stock/1/losses")
    keeper.press(page, "/stock/1/losses", key="l9", reason="broken", **{"item-1": "1"})
    found = re.search(r"/stock/1/papers/\d+", keeper.get("/stock/1/losses"))
    assert found
    assert "报损的照片和材料" in words(keeper.get(found[0]))


def test_what_is_no_delivery_has_no_papers(town: Guests) -> None:
    """Nor is there a page for somebody without an office there."""
    town.by("吴娟").get("/stock/1/papers/1", 404)
    town.by("王秀兰").get("/stock/1/papers/1", 404)
