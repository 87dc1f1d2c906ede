"""A new password by an admin."""

from __future__ import annotations

import pytest

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.evidence.models import SnapshotText
from points.people import passwords, roles, signin
from points.people.errors import NotAllowed, NotStaff, OwnPassword, SamePassword, WeakPassword
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


@pytest.mark.anyio
async def test_a_password_that_another_set_is_not_ones_own_until_one_is_chosen(book: Book) -> None:
    """Not the same again, not a weak one; chosen twice with one key is once; another's reset takes it away again."""
    li, wang = (
        (await village.enrol(book, "李梅", kind="staff")).number,
        (await village.enrol(book, "王秀兰")).number,
    )
    assert not await signin.own_password(book, li)
    await signin.set_password(book, li, "meihua-3316", by=roles.SYSTEM, pepper=PEPPER)
    assert not await signin.own_password(book, li)
    for who, word, error in (
        (li, "meihua-3316", SamePassword),
        (li, "short", WeakPassword),
        (wang, "bamboo-7741", NotStaff),
    ):
        with pytest.raises(error):
            await passwords.choose(book, who, word, key="k", pepper=PEPPER)
        assert not await signin.own_password(book, who)
    for _ in range(2):
        await passwords.choose(book, li, "bamboo-7741", key="k", pepper=PEPPER)
    with pytest.raises(ReferenceConflict):
        await passwords.choose(book, li, "willow-9028", key="k", pepper=PEPPER)
    assert await signin.own_password(book, li)
    assert await signin.check_password(book, li, "bamboo-7741", pepper=PEPPER) == li
    texts = await SnapshotText.filter(snapshot__startswith="password-chosen/").using_db(book.reader)
    assert [li in row.text and "bamboo" not in row.text for row in texts] == [True]
    await signin.set_password(book, li, "willow-9028", by=roles.SYSTEM, pepper=PEPPER)
    assert not await signin.own_password(book, li)
