"""Who is at the door: people, their secrets and their roles, as the site asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.people import asking, members, signin
from points.people.asking import Asking
from points.people.errors import UnknownMember
from points.people.members import Someone


@dataclass(frozen=True)
class BookDoorkeeper:
    """The doorkeeper of a real book."""

    pepper: bytes

    async def by_password(self, book: Book, number: str, password: str) -> str | None:
        """Staff: their number and password."""
        return await signin.check_password(book, number, password, pepper=self.pepper)

    async def by_pin(self, book: Book, number_or_phone: str, pin: str) -> str | None:
        """Residents: member number or phone, and six digits."""
        return await signin.check_pin(book, number_or_phone, pin, pepper=self.pepper)

    async def chose(self, book: Book, member: str) -> bool:
        """Whether their password is their own, and not one that somebody else set."""
        return await signin.own_password(book, member)

    async def person(self, book: Book, member: str) -> Someone | None:
        """Somebody by their number. One whose name was erased, or whose number was closed, is nobody any more."""
        try:
            someone = await members.find(book, member)
        except UnknownMember:
            return None
        return someone if someone.name and someone.number == member else None

    async def asking(self, book: Book, member: str, on: date) -> Asking | None:
        """The same person with the roles held that day. One statement."""
        return await asking.find(book, member, on)
