"""Passwords of those who work here: given by an admin of their area, then chosen by themselves. Acts, without them."""

from __future__ import annotations

from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.people import areas, members, roles, signin
from points.people.errors import NotStaff, OwnPassword, SamePassword


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


async def choose(book: Book, member: str, password: str, *, key: str, pepper: bytes) -> None:
    """Somebody sets a password of their own, which nobody else knows. Sessions are ended by whoever calls.

    Raises UnknownMember, NotStaff, WeakPassword, and SamePassword for the one they were given. The same key with the
    same password again changes nothing.
    """
    someone = await members.find(book, member)
    if someone.kind != "staff":
        raise NotStaff(member=someone.number)
    reference = f"password-chosen/{someone.number}/{key}"
    facts = {"member": someone.number, "verb": "choose a password"}
    same = await signin.check_password(book, someone.number, password, pepper=pepper) is not None
    if done := await acts.before(book, reference, facts):
        done.require(same)
        return
    if same:
        raise SamePassword
    await signin.set_password(book, someone.number, password, by=someone.number, pepper=pepper)
    await acts.post(book, reference, ("password-chosen", f"{someone.number}/{key}"), facts)
