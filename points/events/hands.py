"""Hands: who had a hand in an event besides those who took part. None of them, nor of their households, verifies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.book import Book
from ledger.transactions import Draft
from points.events import steps
from points.events.models import Hand, Step
from points.evidence import acts
from points.keys import new_key

AT_ONCE = 500


async def of(db: BaseDBAsyncClient, events: Collection[str]) -> dict[str, set[str]]:
    """Who wrote each event down, handled it or signed people in at it. Two statements for each 500 events."""
    found = await signers(db, events)
    keys = list(events)
    for start in range(0, len(keys), AT_ONCE):
        taken = Step.filter(event__in=keys[start : start + AT_ONCE], name__in=steps.HANDS).using_db(db)
        for step in await taken.filter(actor__not_isnull=True):
            found[step.event].add(str(step.actor))
    return found


async def signers(db: BaseDBAsyncClient, events: Collection[str]) -> dict[str, set[str]]:
    """Who signed people in at each event, by whomever it was filed. One statement for each 500."""
    found: dict[str, set[str]] = defaultdict(set)
    keys = list(events)
    for start in range(0, len(keys), AT_ONCE):
        for row in await Hand.filter(event__in=keys[start : start + AT_ONCE]).using_db(db):
            found[row.event].add(row.member)
    return found


def signed_in(book: Book, event: str, *, by: str) -> Draft:
    """The act that notes that somebody signs people in here, the same however often they do."""
    row = Hand(id=new_key(), event=event, member=by, what="signed_in")
    facts = {"by": by, "event": event, "what": "signed_in"}
    return acts.draft(book, f"hand/{event}/{by}", ("hand", f"{event}/{by}"), facts, [row])
