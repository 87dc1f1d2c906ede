"""That a pick-up code was given: sealed, it travels through the browser from the code to the press that hands over.

The code itself is not in it. Wrong codes are counted before they are looked up, for each till and for each shop.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ledger.book import Book
from points.keys import new_key
from points.market import pick_up_codes, reserved
from points.market.models import Shop
from points.market.reservation_errors import TooManyGuesses, UnknownPickUpCode
from points.market.reservation_records import Reservation
from points.market.reserved import Reserved
from web import access, limits

GIVEN_FOR = timedelta(minutes=10)
"""A code that was given counts so long for the press that follows."""
PER = timedelta(minutes=15)
AT_A_TILL, AT_A_SHOP = 5, 60
"""Wrong codes in that time: at one till, and at all tills of a shop together."""


@dataclass(frozen=True, slots=True)
class Given:
    """A code was given for a reservation at a till: `by` is who works there, or where the request came from."""

    shop: int
    by: str
    reservation: str
    key: str
    at: int

    def counts(self, now: datetime) -> bool:
        """Whether it was given not too long ago."""
        return 0 <= now.timestamp() - self.at <= GIVEN_FOR.total_seconds()


async def recognise(request: Request, shop: Shop, text: str, till: str) -> Reservation:
    """The reservation of this shop whose code was given at a till.

    Raises UnknownPickUpCode; and TooManyGuesses, without a look, after five wrong ones there in a quarter of an hour.
    """
    book: Book = access.book(request)
    keys = {f"pick-up:{shop.number}:{till}"[:100]: AT_A_TILL, f"pick-up:{shop.number}": AT_A_SHOP}
    try:
        await limits.spend(book, keys, per=PER, now=request.app.state.now())
    except limits.TooOften as often:
        raise TooManyGuesses(minutes=-(-often.wait // 60)) from None
    found = await pick_up_codes.recognise(book, shop, text, request.app.state.settings.pepper())
    if found is None:
        raise UnknownPickUpCode
    await limits.give_back(book, list(keys))
    return found


def address(request: Request, till: str, shop: Shop, row: Reservation) -> str:
    """Where somebody whose code was just recognised is handed what they reserved: at the `counter` or the `merchant`'s
    till of a shop, for whichever page read the code."""
    now = int(request.app.state.now().timestamp())
    given = Given(shop.number, access.who(request).member, row.id, new_key(), now)
    return f"/{till}/{shop.number}/pick-up/{seal(given, request.app.state.settings.pepper())}"


async def the_given(request: Request, shop: Shop) -> tuple[Given, Reserved]:
    """The proof in this address with what was reserved. 404 unless it was given to this clerk here, 403 once it is too
    old."""
    state = request.app.state
    given = unseal(request.path_params["given"], state.settings.pepper())
    if given is None or (given.shop, given.by) != (shop.number, access.who(request).member):
        raise HTTPException(404)
    if not given.counts(state.now()):
        raise HTTPException(403)
    return given, await reserved.one(access.book(request), given.reservation)


def seal(given: Given, secret: bytes) -> str:
    """The proof as it may stand in an address: letters, digits, `-`, `_` and `.`."""
    return _sealer(secret).dumps(asdict(given))


def unseal(text: str, secret: bytes) -> Given | None:
    """The proof that `seal` wrote with this secret; None for anything else."""
    try:
        value: dict[str, Any] = _sealer(secret).loads(text)
    except BadData:
        return None
    return Given(**value)


def _sealer(secret: bytes) -> URLSafeSerializer:
    """HMAC-SHA256 under a key of its own, made from the secret behind every PIN."""
    key = hmac.digest(secret, b"pick-up codes that were given", "sha256")
    return URLSafeSerializer(key, salt="jishan.pick-ups", serializer=json, signer_kwargs=_SHA256)


_SHA256 = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
