"""The faults that are planted, one after another, each with the attack that must notice it."""

from __future__ import annotations

from tests.attack.faults import Change, Fault

JOURNAL, TURNSTILE, SQLITE = "ledger/journal.py", "ledger/turnstile.py", "ledger/sqlite.py"
TRANSACTIONS = "ledger/sqlite_transactions.py"
DECISIONS, CLOCK = "ledger/decisions.py", "ledger/clock.py"
REMEMBERED = "ledger/remembered.py"

NO_FILE_LOCK = Change(
    TURNSTILE,
    """            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._queue_up(descriptor)
            else:
                return descriptor
""",
    "            return descriptor\n",
)
ANSWER_FIRST = Change(
    JOURNAL,
    "            return transactions, rows\n",
    """            for (_, told, place), answer in zip(requests, answers, strict=True):
                told.told.get_loop().call_soon_threadsafe(told.settle, place, answer)
            __import__("time").sleep(0.01)
            return transactions, rows
""",
)


def fault(name: str, attack: str, *changes: Change) -> Fault:
    """A fault that a scenario must notice."""
    return Fault(name, ("scenarios", attack), changes)


FAULTS = (
    fault(
        "no floor is checked",
        "the_last_unit_goes_once",
        Change(DECISIONS, "        _check_floor(source, posting)\n", ""),
    ),
    fault(
        "a known reference is not looked for",
        "one_reference_has_one_effect",
        Change(
            DECISIONS, "    if known is not None:\n", "    if known is not None and known.request == '':\n"
        ),
    ),
    fault(
        "another request gets the first receipt",
        "one_reference_has_one_effect",
        Change(DECISIONS, "if known.request != draft.request:", "if known.request == '':"),
    ),
    fault(
        "a correction may come twice",
        "a_correction_happens_once",
        Change(DECISIONS, "    if original.reversed:", "    if original.position == 0:"),
    ),
    fault(
        "the standing half of a group is written",
        "together_is_all_or_nothing",
        Change(
            JOURNAL,
            "            return [decision] * len(drafts), []\n",
            "            state.become(tried)\n            return [decision] * len(drafts), written\n",
        ),
    ),
    fault(
        "a batch falls with its guilty draft",
        "only_the_guilty_draft_falls",
        Change(JOURNAL, "if guilty and len(requests) > 1:", "if guilty and not requests:"),
    ),
    fault(
        "standings are remembered though somebody else wrote",
        "four_processes_share_a_book",
        Change(REMEMBERED, "if full or head != self._head:", "if full:"),
    ),
    fault(
        "what a fallen batch decided is remembered",
        "only_the_guilty_draft_falls",
        Change(
            REMEMBERED,
            "        self._head = None\n        return",
            "        self._head = head\n        return",
        ),
    ),
    fault(
        "waiters wait for ever",
        "waiters_give_up",
        Change(TURNSTILE, "asyncio.timeout(PATIENCE_SECONDS)", "asyncio.timeout(None)"),
    ),
    fault(
        "a lock that comes too late is kept",
        "waiters_give_up",
        Change(
            TURNSTILE,
            "            self._next.set_result(descriptor)\n        else:\n            os.close(descriptor)",
            "            self._next.set_result(descriptor)",
        ),
    ),
    fault(
        "every wait leaves a thread",
        "waiters_give_up",
        Change(TURNSTILE, "        if not self._queued:\n", "        if self._path:\n"),
    ),
    fault(
        "a doubt does not stop the book",
        "a_commit_in_doubt_stops_the_book",
        Change(TRANSACTIONS, "            turnstile.read_only = IN_DOUBT\n", ""),
    ),
    fault(
        "a doubt is not looked into",
        "a_commit_in_doubt_stops_the_book",
        Change(
            JOURNAL,
            "await self._look_up(requests, unknown)",
            "[[unknown] * len(one.drafts) for one in requests]",
        ),
    ),
    fault(
        "a failed COMMIT is called a full disk",
        "a_written_row_in_doubt_stops_the_book",
        Change(
            TRANSACTIONS,
            "        raise OutcomeUnknown from error\n\n\ndef _roll_back",
            "        raise NoSpace from error\n\n\ndef _roll_back",
        ),
    ),
    fault(
        "the clock may jump",
        "a_clock_that_jumps_stops_the_book",
        Change(CLOCK, "JUMP_SECONDS = 60", "JUMP_SECONDS = 6000"),
    ),
    fault(
        "time goes back",
        "a_clock_that_jumps_stops_the_book",
        Change(DECISIONS, "max(now, state.recorded_at) if state.recorded_at else now", "now"),
    ),
    fault(
        "neither a file lock nor an immediate transaction",
        "four_processes_share_a_book",
        NO_FILE_LOCK,
        Change(TRANSACTIONS, '"BEGIN IMMEDIATE"', '"BEGIN"'),
    ),
    fault(
        "BEGIN is left half way",
        "whoever_leaves_during_begin_or_commit_leaves_nothing_open",
        Change(SQLITE, "return await to_the_end(asked)", "return await asked"),
    ),
    fault(
        "nothing is rolled back",
        "cancelled_callers_leak_nothing",
        Change(TRANSACTIONS, "        if connection.in_transaction:\n", "        if not connection:\n"),
        Change(
            TRANSACTIONS, "            if client.connection.in_transaction:\n", "            if not client:\n"
        ),
    ),
    fault(
        "a cancelled caller kills the writer",
        "cancelled_callers_leak_nothing",
        Change(
            JOURNAL, "        if not self._left and not self.told.done():\n", "        if not self._left:\n"
        ),
    ),
    Fault("the answer comes before the COMMIT", ("kill9",), (ANSWER_FIRST,)),
    Fault(
        "every statement is its own transaction",
        ("kill9",),
        (
            Change(TRANSACTIONS, '"BEGIN IMMEDIATE"', '"SELECT 1"'),
            Change(TRANSACTIONS, '("COMMIT")', '("SELECT 1")'),
        ),
    ),
)
