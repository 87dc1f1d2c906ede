"""The one field of a counter tells cards, codes, receipts and descriptions apart, and says what it cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from points.people import damm, identity_codes
from points.people.models import Card
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ZHANG, WANG = STAFF[3], RESIDENTS[0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town for all."""
    return town.copied(tmp_path_factory.mktemp("recognising"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def zhang(site: TestClient) -> Visit:
    """张强 at his counter."""
    return visit(site, ZHANG).go("/counter")


def test_a_receipt_is_opened_by_its_code_and_by_its_number(zhang: Visit) -> None:
    """As the scanner reads it, as people write it, and the number alone."""
    (position,) = set(re.findall(r"/counter/1/redemptions/([0-9]+)", zhang.page))
    for typed in (
        f"https://jishan.example/ledger/{position}",
        f"凭证 {position}",
        f"No.{position}",
        position,
    ):
        assert zhang.go("/counter/1").send(who=typed).path == f"/counter/1/redemptions/{position}"


def test_what_is_no_receipt_of_this_shop_is_said(zhang: Visit) -> None:
    """Position 1 founded the ledger; a number alone may still be the tail of a phone."""
    assert "没有凭证号是 1 的兑换" in zhang.send(who="https://jishan.example/ledger/1").words
    assert zhang.answer.status_code == 422
    assert "还要姓氏和生日" in zhang.send(who="5678").words


def test_eight_digits_read_wrong_are_said_so(zhang: Visit) -> None:
    """Whichever of the three codes they were to be."""
    for typed in ("48271930", "0827 1930", "98271930"):
        wrong = typed if not damm.is_whole(typed.replace(" ", "")) else typed[:-1] + "1"
        assert "这 8 位数字里有一位不对" in zhang.send(who=wrong).words


def test_an_identity_code_finds_its_owner(zhang: Visit, site: TestClient, settings: Settings) -> None:
    """Eight digits, read aloud."""
    book: Any = site.app.state.book  # type: ignore[attr-defined]
    assert site.portal is not None
    shown = site.portal.call(lambda: identity_codes.show(book, WANG.number, pepper=settings.pepper()))
    assert "给王*兰选物品" in zhang.send(who=shown.digits).words


def test_a_pick_up_code_of_nobody_is_told_and_locked_after_five(zhang: Visit, site: TestClient) -> None:
    """Guesses are counted before they are looked up; other ways to find somebody stay open."""
    guesses = [f"9{n:06d}" for n in range(6)]
    answers = [zhang.send(who=digits + damm.check_digit(digits)).answer.status_code for digits in guesses]
    assert answers == [422] * 5 + [429]
    assert zhang.go("/counter/1").send(who=WANG.number).path.startswith("/counter/1/for/")


def test_an_old_card_that_looks_like_a_pick_up_code_is_a_card(zhang: Visit, site: TestClient) -> None:
    """Cards of before the rule of first digits begin with any."""
    book: Any = site.app.state.book  # type: ignore[attr-defined]
    number = "9123456" + damm.check_digit("9123456")

    async def printed_long_ago() -> None:
        async with book.write() as db:
            await Card.create(
                using_db=db, number=number, token="ab" * 16, member="V-000002", issued_on="2019-01-01"
            )

    assert site.portal is not None
    site.portal.call(printed_long_ago)
    assert zhang.send(who=number).path.startswith("/counter/1/for/")
