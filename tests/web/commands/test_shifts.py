"""`jishan shift`: begun, counted, closed with a reason for what differs, and taken over by another."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked, call
from tests.web.commands.test_awards import one

ZHANG, ADMIN = "S-0004", "S-0001"


def test_a_shift_from_its_beginning_to_the_next(book: Path) -> None:
    """The sample began it: figures on the sheet, what differs is explained, and nobody takes over from themselves."""
    shift = asked("shift", "begin", "--shop", "1", "--by", ZHANG, book=book)["shift"]
    words = ("--member", "V-000001", "--key", "a1", "--by", ZHANG, "--item", "香皂")
    asked("redeem", "--shop", "1", *words, book=book)
    shelf = asked("shop", "list", book=book)["shops"][0]["stock"]
    assert asked("shift", "list", "--shop", "1", book=book)["shifts"][0]["state"] == "open"
    found = asked("shift", "count", shift, "--by", ZHANG, book=book)["differences"]
    assert found
    assert {each["counted"] for each in found} == {0}
    assert all(shelf[str(each["item"])] == each["book"] for each in found)
    refused = call("shift", "close", shift, "--by", ZHANG, book=book)
    assert (refused.status, "请写一句为什么" in refused.err) == (1, True)
    notes = [word for each in found for word in ("--note", f"{each['name']}=没数")]
    sheet = asked("shift", "close", shift, *notes, "--by", ZHANG, book=book)
    assert (sheet["state"], sheet["redemptions"], sheet["points"], sheet["manual"]) == ("closed", 2, 6, 1)
    assert {each["note"] for each in sheet["differences"]} == {"没数"}
    wu = ("--shift", shift, "--shop", "1", "--by", "S-0007")
    begun = asked("stock", "count", "begin", *wu, book=book)
    assert begun["items"] == [each["item"] for each in found], "of what differed, and of nothing else"
    own = call("shift", "take-over", shift, "--by", ZHANG, book=book)
    assert (own.status, "自己交的班" in own.err) == (1, True)
    assert "交班了，等人接" in call("shift", "sheet", shift, book=book).out
    (on,) = one(book, "SELECT max(redeemed_on) FROM market_redemption")
    staff = asked("shift", "figures", "--month", str(on)[:7], book=book)["staff"]
    assert [each["member"] for each in staff] == [ZHANG]
