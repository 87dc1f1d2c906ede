"""Shifts on the pages: counted before the book is shown, explained, printed, taken over; and what auditors see."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from points.people import roles
from points.sample.town import COMMUNITY, RESIDENTS, STAFF
from tests import town
from tests.web.views.test_undoing import redeemed, statements
from tests.web.visits import Visit, opened, visit

ADMIN, LI, ZHANG, ZHOU = STAFF[0], STAFF[2], STAFF[3], STAFF[4]
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site of a town in which 李梅 serves at the counter too; the tests go through one day together."""
    with opened(town.copied(tmp_path_factory.mktemp("shifts"))) as client:
        book = client.app.state.book  # type: ignore[attr-defined]

        async def also() -> None:
            await roles.grant(
                book, member=LI.number, role="counter", area=COMMUNITY, by=ADMIN.number, on=book.today()
            )

        assert client.portal is not None
        client.portal.call(also)
        yield client


def the_shift(site: TestClient) -> Visit:
    """张强's page of his shift."""
    zhang = visit(site, ZHANG).go("/counter/1/shifts")
    found = re.search(r'href="(/counter/1/shifts/1\.S-0004\.\d+)"', zhang.page)
    assert found
    return zhang.go(found[1])


def test_the_book_is_not_shown_before_the_count(site: TestClient) -> None:
    """Every field is empty; one left out, or no number, is said, and what was typed stays."""
    redeemed(site)
    zhang = the_shift(site)
    assert "填完才看得到账上的数" in zhang.words
    fields = re.findall(r'name="(counted-\d+)"[^>]*value="([^"]*)"', zhang.page)
    assert fields
    assert {value for _, value in fields} == {""}
    zhang.send(zhang.path + "/count", **{name: "7" if name == "counted-1" else "" for name, _ in fields})
    assert zhang.answer.status_code == 422
    assert 'name="counted-1" inputmode="numeric" autocomplete="off" value="7"' in zhang.page
    assert "账上 " not in zhang.words.replace("账上的数", "")


def test_from_the_count_to_the_next_shift(site: TestClient) -> None:
    """What differs needs a word; the sheet has the figures; 李梅 signs; what 张强 hands over next is of a new shift."""
    zhang = the_shift(site)
    names = re.findall(r'name="(counted-\d+)"', zhang.page)
    zhang.send(zhang.path + "/count", **dict.fromkeys(names, "1"))
    assert "数了 1，账上" in zhang.words
    notes = re.findall(r'name="(note-\d+)"', zhang.page)
    zhang.send(zhang.path + "/closing")
    assert (zhang.answer.status_code, "请写一句为什么" in zhang.words) == (422, True)
    zhang.go(zhang.path.removesuffix("/closing")).send(
        zhang.path + "/closing", **dict.fromkeys(notes, "没数清")
    )
    assert "交班单" in zhang.words
    assert "没数清" in zhang.words
    assert "请下一位用自己的账号" in zhang.words
    assert "roll-80" in zhang.go(zhang.path + "?paper=80").page
    li = visit(site, LI).go(zhang.path)
    li.send(li.path + "/takeover")
    assert "接班 ：" in li.words.replace("接班：", "接班 ：")
    assert "有人接班了" in li.words
    assert "您在当班" in li.go("/counter/1/shifts").words
    assert "您现在不在班上" in visit(site, ZHANG).go("/counter/1/shifts").words
    redeemed(site)
    assert "您在当班" in visit(site, ZHANG).go("/counter/1/shifts").words


def test_a_press_begins_a_shift(site: TestClient) -> None:
    """And a shift of another shop, or none, is not there."""
    li = visit(site, LI)
    standing = li.go("/counter/1/shifts").client.post(
        "/counter/1/shifts", data=li.form("/signout")[1], follow_redirects=True
    )
    assert "盘点交班" in standing.text
    assert li.go("/counter/1/shifts/2.S-0004.1").answer.status_code == 404
    assert li.go("/counter/1/shifts/" + "x" * 70).answer.status_code == 404


def test_auditors_see_who_undoes_and_looks_by_hand(site: TestClient) -> None:
    """By month and staff; who serves does not see it."""
    zhang = redeemed(site)
    zhang.go(f"{zhang.path}/undo").send(reason="wrong_item")
    zhou = visit(site, ZHOU).go("/counter-figures")
    assert re.search(r"张强 S-0004 \d+ 1 \d+\.\d% 0 0\.0%", zhou.words), zhou.words
    assert "还没有人兑换" in zhou.go("/counter-figures?month=1999-01").words
    assert visit(site, LI).go("/counter-figures").answer.status_code == 404


def test_pages_cost_the_same_however_much_was_handed_over(site: TestClient) -> None:
    """The list of shifts, one shift, and the figures of a month."""
    zhang, zhou = visit(site, ZHANG), visit(site, ZHOU)
    mine = the_shift(site).path

    def costs() -> list[int]:
        pages = ((zhang, "/counter/1/shifts"), (zhang, mine), (zhou, "/counter-figures"))
        return [statements(site, who, path) for who, path in pages]

    before = costs()
    redeemed(site)
    assert costs() == before
