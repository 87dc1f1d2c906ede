"""A new password for somebody who works here, given by an admin of their area: an act in the ledger, without it."""

from __future__ import annotations

from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.people import areas, members, roles, signin
from points.people.errors import NotStaff, OwnPassword


async def reset(book: Book, member: str, password: str, *, by: str, pepper: bytes) -> None:
    """Set somebody's password anew and note who did. Sessions are ended by whoever calls.

    Raises UnknownMember, NotStaff, OwnPassword, WeakPassword, NotAllowed unless `by` is admin where they work.
    """
    someone = await members.find(book, member)
    if someone.kind != "staff":
        raise NotStaff(member=someone.number)
    if by == someone.number:
        raise OwnPassword
    await roles.require(book, by, "admin", await areas.path(book, someone.area), book.today())
    await signin.set_password(book, someone.number, password, by=by, pepper=pepper)
    key, on = new_key(), book.today()
    facts = {"by": by, "member": someone.number}
    about, request = ("password", f"{someone.number}/{key}"), {**facts, "verb": "reset a password"}
    await acts.post(book, f"password/{on}/{key}", about, facts, request=request)
