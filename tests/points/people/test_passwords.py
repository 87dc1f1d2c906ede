"""A new password by an admin."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.evidence.models import SnapshotText
from points.people import passwords, roles, signin
from points.people.errors import NotAllowed, NotStaff, OwnPassword, WeakPassword
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, NANBU, PINGSHAN

PEPPER = b"p" * 32


@pytest.mark.anyio
async def test_an_admin_of_where_somebody_works_resets_their_password(book: Book) -> None:
    """The old one opens nothing, the act says who did it and never the password; nobody else may, nor oneself."""
    chen, zhou, li = [
        (await village.enrol(book, name, kind="staff", area=area)).number
        for name, area in (("陈主任", PINGSHAN), ("周主任", NANBU), ("李梅", LIUHE))
    ]
    wang = (await village.enrol(book, "王秀兰")).number
    await roles.grant(book, member=zhou, role="admin", area=NANBU, by=roles.SYSTEM, on=DAY)
    await signin.set_password(book, li, "meihua-3316", by=chen, pepper=PEPPER)
    with pytest.raises(NotAllowed):
        await passwords.reset(book, li, "bamboo-7741", by=zhou, pepper=PEPPER)
    assert await signin.check_password(book, li, "meihua-3316", pepper=PEPPER) == li
    nan = (await village.enrol(book, "南主任", kind="staff", area=NANBU)).number
    await passwords.reset(book, nan, "bamboo-7741", by=zhou, pepper=PEPPER)
    assert await signin.check_password(book, nan, "bamboo-7741", pepper=PEPPER) == nan
    texts = await SnapshotText.filter(snapshot__startswith="password/").using_db(book.reader)
    assert [nan in row.text and zhou in row.text and "bamboo" not in row.text for row in texts] == [True]
    for who, word, error in (
        (zhou, "bamboo-7741", OwnPassword),
        (wang, "bamboo-7741", NotStaff),
        (nan, "short", WeakPassword),
    ):
        with pytest.raises(error):
            await passwords.reset(book, who, word, by=zhou, pepper=PEPPER)
