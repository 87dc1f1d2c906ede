"""The life of an event, from its steps: where it stands, and which steps can be taken now. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from points.events import steps
from points.events.models import Step

GATHERINGS = ("activity", "meeting", "decision")
"""Kinds of event that nobody handles: they are held, verified and archived."""
MEDIATION = "mediation"
"""Whoever writes a mediation down does it: it is sent to nobody, and handled by recording what came of it."""
STATES = {
    "reported": "等受理派遣",
    "assigned": "正在处置",
    "handled": "等任务核查",
    "verified": "等归档",
    "archived": "已归档",
    "rated": "已评价",
    "found_false": "查明不实",
}
"""Where an event stands, by the last thing that was done; the Chinese words."""


@dataclass(frozen=True, slots=True)
class Life:
    """Where an event stands, and what can be done.

    state     the last of the six steps that was taken, or found_false; `reported` after it was reopened; a gathering
              that was written down is `handled`, it waits to be verified, and a mediation is `assigned`
    reopened  it was archived or handled once, and then taken up again
    open      the steps that can be taken now, by whoever may
    """

    state: str
    reopened: bool
    open: frozenset[str]

    @property
    def false(self) -> bool:
        """Whether it was found that it is not so."""
        return self.state == "found_false"

    @property
    def over(self) -> bool:
        """Whether nobody has to do anything more."""
        return self.state in ("archived", "rated", "found_false")


def of(kind: str, taken: Sequence[Step], *, undecided: bool = False) -> Life:
    """Read a life from its steps in order. `undecided`: contributions wait, so verifying them takes that step."""
    names = [step.name for step in taken]
    reopened = "reopened" in names
    names = names[len(names) - names[::-1].index("reopened") :] if reopened else names
    if "found_false" in names:
        return Life("found_false", reopened, frozenset({"reopened"}))
    done = {name for name in names if name in steps.NAMES}
    begun = "handled" if kind in GATHERINGS else ("assigned" if kind == MEDIATION else "reported")
    state = max(done | {begun}, key=list(steps.NAMES).index)
    can = _open(kind, done, undecided=undecided)
    if kind == MEDIATION:
        can = (can - {"assigned", "handled"}) | (
            {"handled"} if reopened and "archived" not in done else set()
        )
    return Life(state, reopened, frozenset(can))


def _open(kind: str, done: set[str], *, undecided: bool) -> set[str]:
    held = kind in GATHERINGS
    if "archived" in done:
        return {"reopened", "found_false"} | ({"rated"} - done)
    can = {"found_false"} | (set() if held else {"assigned"})
    if "assigned" in done:
        can.add("handled")
    if (held or "handled" in done) and "verified" not in done and not undecided:
        can.add("verified")
    if "verified" in done and not undecided:
        can.add("archived")
    return can | ({"reopened"} if done & {"handled", "verified"} else set())
