"""`jishan alliance|merchant`: what the pages do, at the command line."""

from __future__ import annotations

from pathlib import Path

from points.sample.town import COMMUNITY, DISTRICT
from tests.typed import asked, call
from tests.web import barber

ADMIN = ("--by", "S-0001")


def test_an_alliance_is_founded_and_a_community_joins_and_leaves(book: Path) -> None:
    """The number that founding it says is what the next command wants; the list has who belongs to it today."""
    wanted = ("示范点一", "--kind", "demonstration", "--area", DISTRICT)
    assert "1 号 示范点一" in call("alliance", "found", *wanted, *ADMIN, book=book).out
    inside = [{"alliance": 1, "name": "示范点一", "members": [COMMUNITY]}]
    for verb, members in (("join", inside), ("leave", [{**inside[0], "members": []}]), ("join", inside)):
        asked("alliance", verb, "--alliance", "1", COMMUNITY, *ADMIN, book=book)
        assert asked("alliance", "list", book=book)["alliances"] == members
    assert asked("alliance", "leave", "--alliance", "1", "99", *ADMIN, book=book) == {"left": 0}


def test_a_merchant_is_signed_with_and_somebody_appointed(book: Path) -> None:
    """At the prices that were typed; the contract that is ended is the one that was named."""
    shop = str(barber.in_book(book, cuts=0).shop)
    late = ("--from", "2090-01-01", "--until", "2090-12-31", "--pays", "理发一次x900", "--key", "k")
    signed = call("merchant", "sign", "--shop", shop, *late, *ADMIN, book=book)
    assert f"{shop}-2：2090-01-01 到 2090-12-31" in signed.out
    assert f"{shop}-2" in call("merchant", "end", f"{shop}-2", *ADMIN, book=book).out
    named = call("merchant", "appoint", "--shop", shop, "--member", "S-0004", *ADMIN, book=book)
    assert "S-0004 在老周理发办" in named.out
