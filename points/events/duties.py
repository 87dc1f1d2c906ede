"""Duties: which roles may take which part in the life of an event, in its area and for that day."""

from __future__ import annotations

FILERS = ("grid_worker", "grid_head")
DISPATCHERS = ("grid_head",)
HANDLERS = ("liaison", "grid_head")
"""Who answers for a unit. Whoever an event was sent to by name may answer for themself."""
VERIFIERS = ("verifier",)
ARCHIVERS = ("grid_head", "admin")
REOPENERS = ("grid_head", "verifier", "admin")
JUDGES = ("grid_head", "verifier")
"""Who may say that an event was found false."""
PROVERS = ("grid_worker", "grid_head", "liaison", "mediator")
"""Who brings pictures and papers that prove an event; whoever verifies it only looks at them."""
AMENDERS = ("grid_head", "admin")
MEDIATORS = ("mediator",)
FOLLOWERS = ("mediator", "grid_head")
"""Who looks again at what was mediated: those who did it, and whoever heads the grid."""
OPENERS = ("mediator", "auditor")
"""Who may open what is sealed: of a case its own mediators, and whoever audits there."""
SETTERS = ("grid_head", "admin")
"""Who adds units and campaigns."""

OF_STEP = {
    "reported": FILERS,
    "assigned": DISPATCHERS,
    "handled": HANDLERS,
    "verified": VERIFIERS,
    "archived": ARCHIVERS,
    "rated": ARCHIVERS,
    "reopened": REOPENERS,
    "found_false": JUDGES,
}
"""The roles that may take each step."""
