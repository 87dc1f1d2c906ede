"""A request about stock: seen by both, decided by the second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.guests import Guests, words
from tests.web.views import stocking
from tests.web.views.stocking import COOKER, delivered, digest, left, refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guests]:
    """One town with a second shop for all tests here; each uses things of its own."""
    with stocking.two_shops(tmp_path_factory.mktemp("stock")) as guests:
        yield guests


def test_a_request_is_decided_as_it_was_seen_by_another(town: Guests) -> None:
    """Who asked finds no button; another digest is refused; refused, nothing moves; a stranger's key is not there."""
    keeper, second = town.by("吴娟"), town.by("郑义")
    delivered(keeper, "rq1", **{f"item-{COOKER}": "9"})
    before = left(town, COOKER)
    data = {"key": "rq2", "reason": "other", f"item-{COOKER}": "8", "two": "yes"}
    at = keeper.press(keeper.get("/stock/1/losses"), "/stock/1/losses", **data)
    assert 'name="decision"' not in keeper.get(at)
    page = second.get(at)
    said = refused(second, page, at, digest="sha256:0", decision="approve")
    assert "您看到的和申请的不一样" in said
    assert "请在审批里选一项" in refused(second, page, at, digest=digest(page), decision="maybe")
    second.press(page, at, digest=digest(page), decision="refuse")
    assert "没有批准" in words(keeper.get(at))
    assert left(town, COOKER) == before
    second.get("/stock/requests/0123456789abcdef0123456789abcdef", 404)
