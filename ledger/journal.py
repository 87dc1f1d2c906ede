"""The one way into the ledger: queue → load → decide → write → commit → answer.

Callers queue. One writer per process takes whatever waits, and in one database transaction loads what the batch needs,
decides each draft in order, writes everything in bulk, commits with a real fsync, and only then answers. There is no
timer: batches form by themselves while the previous fsync runs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.accounts import Chart
from ledger.clock import Clock
from ledger.decisions import State, again, decide
from ledger.engine import Engine
from ledger.errors import (
    Busy,
    Contended,
    LedgerError,
    OutcomeUnknown,
    ReadOnly,
    Refusal,
    RowConflict,
    RowsLost,
)
from ledger.sqlite import to_the_end
from ledger.transactions import Draft, Receipt, Transaction
from ledger.turnstile import refusal

BATCH = 1024
"""Drafts written in one commit, at most."""
QUEUE = 8192
"""Requests that may wait; one more is answered Busy at once."""
TRIES = 5
"""How often a batch is decided anew because another writer came first; then the answer is Busy."""

Outcome = Receipt | LedgerError
Answer = list[Outcome] | Exception
Lost = Callable[[BaseDBAsyncClient, Sequence[Draft]], Awaitable[Collection[str]]]
"""Asked about drafts that were written before: the references of those whose rows are no longer there."""


class _Answers:
    """What several requests of one caller are answered, in their order: told when the last of them is settled."""

    __slots__ = ("_answers", "_left", "told")

    def __init__(self, count: int) -> None:
        self.told: asyncio.Future[list[Answer]] = asyncio.get_running_loop().create_future()
        self._answers: list[Answer] = [[]] * count
        self._left = count

    def settle(self, place: int, answer: Answer) -> None:
        """Put an answer in its place. A caller who was cancelled meanwhile is not told."""
        self._answers[place] = answer
        self._left -= 1
        if not self._left and not self.told.done():
            self.told.set_result(self._answers)


class _Request(NamedTuple):
    """Drafts that stand or fall together, and where their answer goes."""

    drafts: tuple[Draft, ...]
    answers: _Answers
    place: int


class Journal:
    """A book's journal. `post` returns when the commit has reached the disk, and a cancelled caller cancels nothing."""

    def __init__(self, engine: Engine, chart: Chart, clock: Clock, lost: Lost | None = None) -> None:
        self._engine = engine
        self._lost = lost
        self._chart = chart
        self._clock = clock
        self._waiting: list[_Request] = []
        self._arrived = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def read_only(self) -> ReadOnly | str | None:
        """Why nothing may be written, when it may not. Setting it stops every writer of this book in this process."""
        return self._engine.read_only

    @read_only.setter
    def read_only(self, reason: ReadOnly | str | None) -> None:
        self._engine.read_only = reason

    async def post(self, draft: Draft) -> Receipt:
        """Write one draft, or raise the Refusal or the reason why nothing can be written now."""
        (outcome,) = _outcomes(await self._asked([(draft,)]))
        if draft.rows:
            (outcome,) = await self._checked([draft], [outcome])
        return _raised(outcome)

    async def post_all(
        self, drafts: Sequence[Draft], *, progress: Callable[[int, int], None] | None = None
    ) -> list[Receipt | Refusal]:
        """Write many drafts in order; each stands or falls alone. Refusals stand in place, all else is raised."""
        outcomes: list[Receipt | Refusal] = []
        waiting = iter(drafts)
        while chunk := list(islice(waiting, BATCH)):
            told = _outcomes(await self._asked([(draft,) for draft in chunk]))
            told = await self._checked(chunk, told)
            outcomes += [one if isinstance(one, Refusal) else _raised(one) for one in told]
            if progress:
                progress(len(outcomes), len(drafts))
        return outcomes

    async def post_together(self, drafts: Sequence[Draft]) -> list[Receipt]:
        """Write a few drafts so that all stand or all fall; raises the first refusal."""
        assert len(drafts) <= BATCH, "what must stand together must fit in one commit"
        told = _outcomes(await self._asked([tuple(drafts)]))
        return [_raised(outcome) for outcome in await self._checked(drafts, told)]

    async def _checked(self, drafts: Sequence[Draft], outcomes: list[Outcome]) -> list[Outcome]:
        """The outcomes. An entry that stands while its rows do not must not pass for done: its caller is told.

        The rows are not written now: nothing proves that they are those of the first time.
        """
        again = [
            draft
            for draft, one in zip(drafts, outcomes, strict=True)
            if draft.rows and isinstance(one, Receipt) and one.repeated
        ]
        if not again or self._lost is None:
            return outcomes
        lost = await self._lost(self._engine.reader, again)
        return [
            RowsLost(position=one.position, reference=one.reference)
            if isinstance(one, Receipt) and one.reference in lost
            else one
            for one in outcomes
        ]

    def _asked(self, groups: Sequence[tuple[Draft, ...]]) -> asyncio.Future[list[Answer]]:
        """Queue groups of drafts, each of which stands or falls alone; what they are answered will be told."""
        if self.read_only is not None:
            raise refusal(self.read_only)
        if self._closing or len(self._waiting) + len(groups) > QUEUE:
            raise Busy
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write_for_ever())
        answers = _Answers(len(groups))
        self._waiting += [_Request(group, answers, place) for place, group in enumerate(groups)]
        self._arrived.set()
        return answers.told

    async def close(self) -> None:
        """Write what still waits, then stop."""
        self._closing = True
        self._arrived.set()
        if self._writer is not None:
            await to_the_end(self._writer)

    async def _write_for_ever(self) -> None:
        while not (self._closing and not self._waiting):
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                await self._write_some(self._take())
                await asyncio.sleep(0)  # those who were answered ask again, and share one commit

    def _take(self) -> list[_Request]:
        taken: list[_Request] = []
        drafts = 0
        for request in self._waiting:
            if taken and drafts + len(request.drafts) > BATCH:
                break
            taken.append(request)
            drafts += len(request.drafts)
        del self._waiting[: len(taken)]
        return taken

    async def _write_some(self, requests: list[_Request]) -> None:
        """Write a batch. When one of its drafts cannot be written at all, halve it until only the guilty one falls."""
        answers: list[Answer]
        try:
            answers = [*await self._write_again_and_again(requests)]
        except OutcomeUnknown as unknown:
            answers = [*await self._look_up(requests, unknown)]
        except Exception as error:
            guilty = isinstance(error, RowConflict) or not isinstance(error, LedgerError)
            if guilty and len(requests) > 1:
                half = len(requests) // 2
                await self._write_some(requests[:half])
                await self._write_some(requests[half:])
                return
            answers = [
                [error] * len(one.drafts) if isinstance(error, LedgerError) else error for one in requests
            ]
        for request, answer in zip(requests, answers, strict=True):
            request.answers.settle(request.place, answer)

    async def _write_again_and_again(self, requests: list[_Request]) -> list[list[Outcome]]:
        """Load, decide and write; where another writer came first nothing was written, and all of it is done anew."""
        for _ in range(TRIES - 1):
            with suppress(Contended):
                return await self._write(requests)
        return await self._write(requests)

    async def _write(self, requests: list[_Request]) -> list[list[Outcome]]:
        now = self._clock.now()
        answers: list[list[Outcome]] = []

        def decide_all(state: State) -> tuple[list[Transaction], list[Any]]:
            transactions: list[Transaction] = []
            rows: list[Any] = []
            for request in requests:
                answer, written = _decide_together(state, request.drafts, now)
                answers.append(answer)
                for draft, transaction in written:
                    transactions.append(transaction)
                    rows += draft.rows
            return transactions, rows

        drafts = [draft for request in requests for draft in request.drafts]
        await self._engine.carry_out(self._chart, drafts, decide_all)
        return answers

    async def _look_up(self, requests: list[_Request], unknown: OutcomeUnknown) -> list[list[Outcome]]:
        """After a commit that failed, a fresh connection says what is there."""
        drafts = [draft for request in requests for draft in request.drafts]
        try:
            state = await self._engine.look_up(self._chart, drafts)
        except Exception:
            state = State(self._chart, position=0, recorded_at=None)
        known = state.references
        return [
            [again(known[d.reference], d) if d.reference in known else unknown for d in request.drafts]
            for request in requests
        ]


def _decide_together(
    state: State, drafts: tuple[Draft, ...], now: Any
) -> tuple[list[Outcome], list[tuple[Draft, Transaction]]]:
    """Decide drafts that stand or fall together. The state moves on only if all of them stand."""
    tried = state if len(drafts) == 1 else state.copy()
    answers: list[Outcome] = []
    written = []
    for draft in drafts:
        decision = decide(tried, draft, now)
        if isinstance(decision, Refusal):
            return [decision] * len(drafts), []
        if isinstance(decision, Transaction):
            written.append((draft, decision))
            decision = tried.apply(decision)
        answers.append(decision)
    if tried is not state:
        state.become(tried)
    return answers, written


def _outcomes(answers: list[Answer]) -> list[Outcome]:
    """The outcomes of the drafts of several groups, one after another; what is no outcome is raised."""
    outcomes: list[Outcome] = []
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
        outcomes += answer
    return outcomes


def _raised(outcome: Outcome) -> Receipt:
    if isinstance(outcome, LedgerError):
        raise outcome
    return outcome
