"""The money behind a monthly assessment: whose it is, how much, and the paper by which it was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from points.awards import sponsors
from points.awards.sponsors import Backing


@dataclass(frozen=True, slots=True)
class Money:
    """Whose money is to stand behind a reward: `fen` None for as much as it costs."""

    sponsor: str = "street"
    fen: int | None = None
    name: str = ""
    document: str = ""

    def behind(self, points: int) -> Backing:
        """The money behind so many points."""
        fen = points * sponsors.FEN_A_POINT if self.fen is None else self.fen
        return Backing(self.sponsor, fen, self.name, self.document)

    @property
    def facts(self) -> dict[str, Any]:
        """What was said otherwise than usual, as the request names it."""
        usual = Money()
        said = {"document": self.document, "fen": self.fen, "sponsor": self.sponsor}
        return {name: value for name, value in said.items() if value != getattr(usual, name)}


def said_of(money: Backing | None) -> dict[str, Any]:
    """The money as evidence and request name it, but for what the sponsor is called: that can be erased."""
    return {"document": money.document, "fen": money.fen, "sponsor": money.sponsor} if money else {}
