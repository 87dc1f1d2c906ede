"""What this house refuses, in the manner of ledger.errors: the docstring is the sentence a person reads."""

from __future__ import annotations

from typing import Any


class PointsError(Exception):
    """办不了。"""

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        self.facts = facts

    @property
    def template(self) -> str:
        """The untranslated sentence, the key of its translation."""
        return (type(self).__doc__ or "").strip()

    def __str__(self) -> str:
        return self.template.format(**self.facts)
