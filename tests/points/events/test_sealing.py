"""What is sealed can be read with its key, for its event, unchanged; and not otherwise."""

from __future__ import annotations

import base64

import pytest

from points.events import sealing
from points.events.errors import SealUnreadable
from points.events.sealing import Parties, seal, unseal

KEY = bytes(range(32))
PARTIES = Parties("王某 10000987001\n李某", "为晾衣服")
GOLDEN = (
    "jishan-seal/1 a7d4422a s2YTNPMBWUgLcB7OihFvHUkHzSaqTEukN8DeEK+0K2smAyueSu6TLSA3FdOgkWWvcMAphOe4g"
    "vnsoh3aJXrvCQGVOac9WfwqdqB6c55Ozf3tScC6Skm1ug8lJGMtJ9ZqQF7xBaxTkB5wDf28Q5aksr2wIFrdlqhoUiUZiOJbI"
    "+5iNVHW3plY1nfTNuQKBrRu68i3Lk6UL6cYurqXVEcqjGZRya4T0KtrDeP3FKfiy7K5VuZLJk3K1eSlEsoQiAt5IyaxAT+dU"
    "dvLIW7tfhO8u4vFgwLO6gXQDNJJPoUiewVc2LkW3Y8j4UB75dELSjSL3goqUZaUqJr4Fe0VFyaZ3w8zo38dvjZz6bPTT0le6"
    "ay1QVMlHWIXBd0/A/4="
)
GOLDEN_DIGEST = "sha256:535301c18625ddb4b6199c5c829ed2775133c8c4a860ffabcd4bfb3a3c58d0ff"


def test_version_one_can_be_read_for_ever() -> None:
    """A text sealed on the day the format was made."""
    assert unseal(GOLDEN, event="e1", key=KEY) == (PARTIES, GOLDEN_DIGEST)


def test_what_is_sealed_is_read_again() -> None:
    """With the digest that the ledger cites; and twice the same is never the same text, nor the same digest."""
    one, two = [seal(PARTIES, event="e1", key=KEY) for _ in range(2)]
    assert unseal(one.text, event="e1", key=KEY) == (PARTIES, one.digest)
    assert one.text != two.text
    assert one.digest != two.digest


def test_its_length_says_nothing_about_a_name() -> None:
    """One letter or fifty."""
    lengths = {len(seal(Parties("王" * n, "吵架"), event="e", key=KEY).text) for n in (1, 10, 50)}
    assert len(lengths) == 1


@pytest.mark.parametrize(("event", "key"), [("e2", KEY), ("e1", bytes(32))])
def test_another_event_or_key_reads_nothing(event: str, key: bytes) -> None:
    """A text moved to another case is refused, whoever holds the key."""
    text = seal(PARTIES, event="e1", key=KEY).text
    with pytest.raises(SealUnreadable):
        unseal(text, event=event, key=key)


def test_every_byte_counts() -> None:
    """One bit turned anywhere in it, a part cut off, or no such text at all."""
    text = seal(PARTIES, event="e1", key=KEY).text
    head, _, data = text.rpartition(" ")
    closed = bytearray(base64.b64decode(data))
    for place in range(0, len(closed), 7):
        turned = closed.copy()
        turned[place] ^= 1
        with pytest.raises(SealUnreadable):
            unseal(f"{head} {base64.b64encode(bytes(turned)).decode()}", event="e1", key=KEY)
    for broken in ("", text[:-40], f"{head} ?", f"{head} AAAA", text.replace("seal/1", "seal/2")):
        with pytest.raises(SealUnreadable):
            unseal(broken, event="e1", key=KEY)


def test_the_name_of_a_key_is_not_the_key() -> None:
    """Eight digits of a digest."""
    assert sealing.name_of(KEY) != KEY.hex()[:8]
    assert len(sealing.name_of(KEY)) == 8
