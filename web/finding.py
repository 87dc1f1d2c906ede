"""Finding somebody at a counter, with a bound on how many numbers may be tried.

Eight digits can be guessed: of 10,000,000 that are read right, one in 3,000,000 is a given card's and one in 2,000,000
a given identity code's. So each try of eight digits is counted before it is made, for who tries and for the whole site,
and given back when it found somebody. A QR holds more than can be guessed and is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request

from points.errors import PointsError
from points.people import cards, lookup, scans
from points.people.code_errors import CodeOver, CodeUsed, GuessedTooOften
from points.people.errors import CardStopped
from points.people.lookup import Candidate
from web import access, limits

PER = timedelta(minutes=15)
MOST, MOST_OF_ALL = 20, 200
"""Wrong numbers in that time: of one person at the counters, and of all of them together."""
_KNOWN = (CardStopped, CodeOver, CodeUsed)
"""Refusals of a number that is, or was, somebody's."""


async def find(request: Request, text: str) -> list[Candidate]:
    """Everyone who may be meant, as `lookup.find` says with its errors, identity codes among them.

    Raises GuessedTooOften when too many numbers that are nobody's were tried.
    """
    book, by = access.book(request), access.who(request).member
    pepper = request.app.state.settings.pepper()
    if cards.number_in(scans.read(text)) is None:
        return await lookup.find(book, text, by=by, pepper=pepper)
    await guess(request)
    try:
        found = await lookup.find(book, text, by=by, pepper=pepper)
    except _KNOWN:
        await guessed_right(request)
        raise
    if found:
        await guessed_right(request)
    return found


async def guess(request: Request) -> None:
    """Count a try of eight digits, whatever they are for, before it is made. Raises GuessedTooOften."""
    now = request.app.state.now()
    try:
        await limits.spend(access.book(request), _allowed(request), per=PER, now=now)
    except limits.TooOften as often:
        raise GuessedTooOften(minutes=-(-often.wait // 60)) from None


async def guessed_right(request: Request) -> None:
    """The digits were somebody's: the try does not count."""
    await limits.give_back(access.book(request), _allowed(request))


def is_locked(error: PointsError) -> bool:
    """Whether a refusal is one of too many tries, to be answered with 429."""
    return isinstance(error, GuessedTooOften)


def _allowed(request: Request) -> Mapping[str, Any]:
    return {f"digits:{access.who(request).member}": MOST, "digits": MOST_OF_ALL}
