"""What has been agreed so far at a counter, sealed: it travels through the browser and cannot be changed there.

Nothing is kept on the server until the points move, so going back and loading again are harmless.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

AGREED_FOR = timedelta(minutes=10)
"""A PIN that was given counts so long for the very things it was given for."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who is served, and how they were found; then what they chose, its price, and what each of a household gives; then
    when they gave their PIN.

    `key` and `on` belong together: the key was drawn on that day, and the two make one effect.
    """

    shop: int
    by: str
    member: str
    found_by: str
    on: date
    key: str = ""
    items: tuple[tuple[int, int], ...] = ()
    points: int = 0
    agreed_at: int = 0
    together: tuple[tuple[str, int], ...] = ()

    def agreed(self, at: datetime) -> Order:
        """The same order, with the member's agreement."""
        return replace(self, agreed_at=int(at.timestamp()))

    def is_agreed(self, now: datetime) -> bool:
        """Whether the member's PIN was given for this order, and not too long ago."""
        return 0 <= now.timestamp() - self.agreed_at <= AGREED_FOR.total_seconds()


def seal(order: Order, secret: bytes) -> str:
    """The order as it may stand in an address: letters, digits, `-`, `_` and `.`."""
    value = asdict(order) | {"on": order.on.isoformat()}
    return _sealer(secret).dumps(value)


def unseal(text: str, secret: bytes) -> Order | None:
    """The order that `seal` wrote with this secret; None for anything else."""
    try:
        value: dict[str, Any] = _sealer(secret).loads(text)
    except BadData:
        return None
    items = tuple((item, quantity) for item, quantity in value.pop("items"))
    together = tuple((owner, points) for owner, points in value.pop("together"))
    on = date.fromisoformat(value["on"])
    return Order(**value | {"on": on, "items": items, "together": together})


def _sealer(secret: bytes) -> URLSafeSerializer:
    """HMAC-SHA256 under a key of its own, made from the secret behind every PIN."""
    key = hmac.digest(secret, b"orders at the counter", "sha256")
    return URLSafeSerializer(key, salt="jishan.orders", serializer=json, signer_kwargs=_SHA256)


_SHA256 = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
