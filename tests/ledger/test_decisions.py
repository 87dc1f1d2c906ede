"""The ledger's law: small tables of steps and outcomes, and an independent model driven through the real journal."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import encoding, statements
from ledger.book import Book
from ledger.decisions import State, decide
from ledger.errors import BelowFloor, NotItsReversal, ReferenceConflict
from ledger.transactions import GREATEST, Draft, Evidence, Posting, Receipt, Transaction
from tests.attack import consistency
from tests.figures import figure
from tests.ledger.drafts import CHART, draft, fresh, move
from tests.ledger.model import Model, Wish

NOON = datetime(2018, 7, 4, 4, tzinfo=UTC)
CAP = "box/a/cap/report:10/2018-07"

Step = tuple[Draft, str]


def give(name: str, target: str, amount: int, unit: str = "points") -> Draft:
    """From the bank, which may give anything."""
    return draft(name, move("bank", target, amount, unit))


TABLES: dict[str, list[Step]] = {
    "an account never falls below its floor": [
        (give("1", "a", 5), "1"),
        (draft("2", move("a", "b", 6)), "BelowFloor"),
        (draft("3", move("a", "b", 5)), "2"),
        (draft("4", move("a", "b", 1)), "BelowFloor"),
    ],
    "the floor is checked after each line, in order": [
        (draft("1", move("a", "b", 5), move("bank", "a", 5)), "BelowFloor"),
        (draft("2", move("bank", "a", 5), move("a", "b", 5)), "1"),
    ],
    "units do not mix": [
        (draft("1", move("bank", "a", 5, "honour")), "1"),
        (draft("2", move("a", "b", 5, "points")), "BelowFloor"),
        (draft("3", move("bank", "a", 2, "item:17"), move("bank", "a", 1)), "2"),
        (draft("4", move("a", "b", 1, "item:18")), "BelowFloor"),
        (draft("5", move("a", "b", 2, "item:17"), move("a", "bank", 1)), "3"),
    ],
    "a cap gives up to its limit and no more": [
        (draft("1", move(CAP, "bank", 7, "cap")), "1"),
        (draft("2", move(CAP, "bank", 4, "cap")), "BelowFloor"),
        (draft("3", move(CAP, "bank", 3, "cap")), "2"),
        (draft("4", move(CAP, "bank", 1, "cap"), reverses="1"), "NotItsReversal"),
        (draft("5", move("bank", CAP, 7, "cap"), reverses="1"), "3"),
        (draft("6", move(CAP, "bank", 7, "cap")), "4"),
    ],
    "a reference has one effect": [
        (give("1", "a", 5), "1"),
        (give("1", "a", 5), "1 again"),
        (draft("1", move("bank", "a", 6), asked="six"), "ReferenceConflict"),
        (draft("1", move("bank", "a", 6)), "1 again"),
    ],
    "a correction gives back what was given, once": [
        (draft("1", move("bank", "a", 5), move("bank", "a", 3, "honour")), "1"),
        (draft("2", move("a", "bank", 5), reverses="1"), "NotItsReversal"),
        (
            draft("3", move("a", "bank", 5), move("a", "bank", 3, "honour"), reverses="none"),
            "NothingToReverse",
        ),
        (draft("4", move("a", "bank", 5), move("a", "bank", 3, "honour"), reverses="1"), "2"),
        (draft("5", move("a", "bank", 5), move("a", "bank", 3, "honour"), reverses="1"), "AlreadyReversed"),
        (draft("6", move("bank", "a", 5), move("bank", "a", 3, "honour"), reverses="4"), "3"),
    ],
    "a correction may not give to others as well": [
        (give("1", "a", 5), "1"),
        (draft("2", move("a", "bank", 5), move("bank", "b", 1), reverses="1"), "NotItsReversal"),
    ],
    "a correction respects floors": [
        (give("1", "a", 5), "1"),
        (draft("2", move("a", "b", 5)), "2"),
        (draft("3", move("a", "bank", 5), reverses="1"), "BelowFloor"),
        (draft("4", move("b", "bank", 5), reverses="1"), "3"),
    ],
    "a plan stands while what it saw has not moved": [
        (give("1", "a", 5), "1"),
        (draft("2", move("a", "b", 2), seen=(("box/a", "points", 0),)), "Moved"),
        (draft("3", move("a", "b", 2), seen=(("box/a", "points", 1),)), "2"),
        (draft("4", move("a", "b", 1), seen=(("box/a", "points", 1),)), "Moved"),
        (draft("5", move("a", "c", 1), seen=(("box/a", "points", 2), ("box/c", "points", 0))), "3"),
        (draft("5", move("a", "c", 1), seen=(("box/a", "points", 2),)), "3 again"),
        (draft("6", move("a", "b", 1), seen=(("box/c", "points", 1),)), "BadDraft"),
    ],
    "an act moves nothing and is never reversed": [
        (draft("1", kind="act"), "1"),
        (draft("2"), "BadDraft"),
        (draft("3", kind="act", reverses="1"), "BadDraft"),
        (draft("4", move("bank", "a", 1), reverses="1"), "NothingToReverse"),
    ],
    "numbers stay exact in every reader": [
        (give("1", "a", GREATEST), "1"),
        (give("2", "a", 1), "BadDraft"),
        (give("3", "b", GREATEST + 1), "BadDraft"),
    ],
}


def word(answer: object) -> str:
    """How a table writes an answer."""
    if isinstance(answer, Transaction):
        return str(answer.position)
    return f"{answer.position} again" if isinstance(answer, Receipt) else type(answer).__name__


@pytest.mark.parametrize("steps", TABLES.values(), ids=TABLES.keys())
def test_the_law(steps: list[Step]) -> None:
    """Each step has the outcome beside it: a position, the first receipt again, or the reason why not."""
    state = State(CHART, position=0, recorded_at=None)
    state.to_reverse = frozenset(one.reverses for one, _ in steps if one.reverses)
    found = []
    for one, _ in steps:
        answer = decide(state, one, NOON)
        found.append(word(answer))
        if isinstance(answer, Transaction):
            state.apply(answer)
    assert found == [wanted for _, wanted in steps]


@pytest.mark.anyio
@pytest.mark.parametrize("steps", TABLES.values(), ids=TABLES.keys())
async def test_the_law_is_the_same_through_the_book(steps: list[Step], tmp_path: Path) -> None:
    """What is loaded from the file for each draft anew leads to the same outcomes as a state carried along."""
    async with fresh(tmp_path) as book:
        found = [outcome(await answer(book, one)) for one, _ in steps]
    assert found == [wanted for _, wanted in steps]


async def answer(book: Book, one: Draft) -> Any:
    """The receipt or the refusal."""
    (got,) = await book.journal.post_all([one])
    return got


def outcome(got: Any) -> str:
    """How a table writes it."""
    if isinstance(got, Receipt):
        return f"{got.position} again" if got.repeated else str(got.position)
    return type(got).__name__


GOOD = draft("good", move("bank", "a", 1))


def test_256_lines_are_written() -> None:
    """The most lines that a transaction may have fit."""
    many = replace(GOOD, postings=tuple(move("bank", f"b{n}", 1) for n in range(256)))
    written = decide(State(CHART, position=0, recorded_at=None), many, NOON)
    assert isinstance(written, Transaction)
    assert len(written.lines) == 256
    assert len(written.opened) == 257


def test_time_does_not_go_back() -> None:
    """A transaction is recorded no earlier than the one before it."""
    state = State(CHART, position=7, recorded_at=NOON)
    early, late = NOON - timedelta(seconds=30), NOON + timedelta(seconds=30)
    for now, wanted in ((early, NOON), (late, late)):
        written = decide(state, GOOD, now)
        assert isinstance(written, Transaction)
        assert (written.position, written.recorded_at) == (8, wanted)


def test_refusals_carry_their_facts() -> None:
    """A person is told what is left, what stands there, and what should have been given back."""
    state = State(CHART, position=0, recorded_at=None, to_reverse=frozenset({"t/1"}))
    first = decide(state, give("1", "a", 5), NOON)
    assert isinstance(first, Transaction)
    state.apply(first)
    low = decide(state, draft("2", move("a", "b", 8)), NOON)
    assert isinstance(low, BelowFloor)
    assert str(low) == "box/a 只剩 5，不够 8（points）。"
    used = decide(state, replace(give("1", "a", 5), request=encoding.digest("x")), NOON)
    assert isinstance(used, ReferenceConflict)
    assert used.facts == {"reference": "t/1", "position": 1}
    less = decide(state, draft("3", move("a", "bank", 4), reverses="1"), NOON)
    assert isinstance(less, NotItsReversal)
    assert less.facts == {"address": "bank", "unit": "points", "given": 5, "returned": 4}


ADDRESSES = ["bank", "box/a", "box/b", "box/a/cap/r:5/2018-07", "nowhere"]
MOVEMENTS = st.lists(
    st.tuples(
        st.sampled_from([*ADDRESSES[:4] * 4, ADDRESSES[4]]),
        st.sampled_from([*ADDRESSES[:4] * 4, ADDRESSES[4]]),
        st.integers(0, 6),
        st.sampled_from(["points", "points", "honour", "cap", "item:1"]),
    ),
    min_size=1,
    max_size=4,
)
REFERENCES = st.integers(1, 12).map(lambda n: f"t/{n}")


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Something to ask: new or asked before, the same or another thing, plain or a correction."""
    reference = draw(REFERENCES)
    request = draw(st.sampled_from(["this", "this", "this", "that"]))
    return Wish(reference, request, draw(MOVEMENTS), draw(st.none() | st.none() | REFERENCES))


@st.composite
def corrections(draw: st.DrawFn) -> tuple[str, str]:
    """The exact negative of something asked earlier, whatever that was: (new reference, original)."""
    return draw(REFERENCES), draw(REFERENCES)


GROUPS = st.lists(
    st.tuples(
        st.sampled_from(["alone", "together"]), st.lists(wishes() | corrections(), min_size=1, max_size=5)
    ),
    min_size=1,
    max_size=8,
)


@given(GROUPS)
@settings(max_examples=figure(short=60, full=2_000))
def test_the_book_is_what_the_model_says(groups: list[tuple[str, list[Wish | tuple[str, str]]]]) -> None:
    """Any wishes, alone or together, in any batches: the same answers, positions, balances and versions."""
    asyncio.run(compare(groups))


async def compare(groups: list[tuple[str, list[Wish | tuple[str, str]]]]) -> None:
    """Ask both, group by group, and compare the answers and what stands at the end."""
    model, asked = Model(), dict[str, Wish]()
    with tempfile.TemporaryDirectory() as folder:
        async with fresh(Path(folder)) as book:
            for manner, raw in groups:
                group = [one if isinstance(one, Wish) else negative(*one, asked) for one in raw]
                asked |= {wish.reference: wish for wish in group}
                drafts = [as_draft(wish) for wish in group]
                if manner == "alone":
                    wanted = [model.post(wish) for wish in group]
                    assert [said(one) for one in await book.journal.post_all(drafts)] == wanted
                else:
                    wanted = model.post_together(group)
                    assert await together(book, drafts) == wanted
            standing = await statements.balances(book.reader, "b")
        touched = model.touched()
        assert {(b.address, b.unit): b.version for b in standing} == dict(touched)
        assert {(b.address, b.unit): b.balance for b in standing} == {
            key: model.held(*key) for key in touched
        }
        assert consistency.check(Path(folder) / "book.db") == len(model.accepted)


def negative(reference: str, original: str, asked: dict[str, Wish]) -> Wish:
    """A correction of what was last asked under a reference; of nothing, when nothing was."""
    movements = asked[original].movements if original in asked else [("bank", "box/a", 1, "points")]
    return Wish(reference, "back", [(t, s, amount, unit) for s, t, amount, unit in movements], original)


def as_draft(wish: Wish) -> Draft:
    """The wish as the ledger wants it."""
    return Draft(
        reference=wish.reference,
        kind="move",
        evidence=Evidence("note", "1", encoding.digest("1")),
        effective_on=date(2018, 7, 4),
        request=encoding.digest(wish.request),
        postings=tuple(Posting(*movement) for movement in wish.movements),
        reverses=wish.reverses,
    )


def said(got: Any) -> tuple[str, int]:
    """An answer as the model writes it."""
    if isinstance(got, Receipt):
        return ("again" if got.repeated else "written", got.position)
    return (type(got).__name__, got.facts["position"] if isinstance(got, ReferenceConflict) else 0)


async def together(book: Book, drafts: list[Draft]) -> list[tuple[str, int]]:
    """The answers of a group; a refusal is everybody's."""
    try:
        return [said(receipt) for receipt in await book.journal.post_together(drafts)]
    except Exception as error:
        return [said(error)] * len(drafts)
