"""Which community a row means: by code, by name with or without its endings, by what somebody said, or it is asked."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from points.events.imports.columns import Record
from points.events.imports.errors import ElsewhereCommunity, RowError, SeveralCommunities, UnknownCommunity
from points.people import areas
from points.people.areas import Gazetteer, Place

CODE = re.compile(r"\d{12}", re.ASCII)
OFFERED = 8
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A name that cannot be told: how many rows have it, and which communities it may mean."""

    name: str
    rows: int
    candidates: tuple[Place, ...]


@dataclass
class Communities:
    """Finds communities for the rows of one file, and keeps what has to be asked.

    `said` is what somebody answered before, name to code; `within` are the areas whose rows may go in (None: all).
    """

    gazetteer: Gazetteer
    said: Mapping[str, str] = field(default_factory=dict)
    within: Sequence[str] | None = None
    home: str | None = None

    def __post_init__(self) -> None:
        """Codes, and what nobody could tell yet."""
        self._by_code = {place.code: place for found in self.gazetteer.by_key.values() for place in found}
        self._asked: Counter[str] = Counter()
        self._found: dict[tuple[str, str | None, str | None], list[Place]] = {}

    def settle_home(self, records: Iterable[Record]) -> None:
        """The district most rows are in, by those whose community's name is found in one district only."""
        seen: Counter[str] = Counter()
        for record in records:
            found = {areas.ancestors(p.path)[0] for p in self._candidates(record.get("community") or "")}
            if len(found) == 1:
                seen.update(found)
        self.home = seen.most_common(1)[0][0] if seen else None

    def find(self, name: str, *, street: str | None = None, district: str | None = None) -> Place | RowError:
        """The community of a row, or why it cannot be told."""
        found = self._candidates(name, street, district)
        if len(found) > 1 and self.home:
            found = [place for place in found if place.path.startswith(f"/{self.home}/")] or found
        if len(found) != 1 and name in self.said:
            said = self._by_code.get(self.said[name])
            found = [said] if said and self._is_mine(said) else found
        if len(found) == 1:
            return found[0] if self._is_mine(found[0]) else ElsewhereCommunity()
        self._asked[name] += 1
        if not found:
            return UnknownCommunity()
        return SeveralCommunities(places="、".join(f"{p.district}{p.street}" for p in found[:SHOWN]))

    def questions(self) -> tuple[Question, ...]:
        """What has to be asked, the commonest first, with what each may mean: the same name or one alike."""
        return tuple(Question(name, rows, self._offered(name)) for name, rows in self._asked.most_common())

    def _offered(self, name: str) -> tuple[Place, ...]:
        found = self._candidates(name)
        if not found:
            alike = difflib.get_close_matches(areas.key_of(name), self.gazetteer.by_key, n=SHOWN, cutoff=0.5)
            found = [place for key in alike for place in self.gazetteer.by_key[key]]
        return tuple([place for place in found if self._is_mine(place)][:OFFERED])

    def _is_mine(self, place: Place) -> bool:
        """Whether rows of this community may go in: what somebody elsewhere answered for their files is passed over."""
        return self.within is None or any(areas.covers(place.path, area) for area in self.within)

    def _candidates(self, name: str, street: str | None = None, district: str | None = None) -> list[Place]:
        if CODE.fullmatch(name):
            name = self.gazetteer.moved.get(name, name)
            return [self._by_code[name]] if name in self._by_code else []
        key = name, street, district
        if key not in self._found:
            self._found[key] = self.gazetteer.candidates(name, street=street, district=district)
        return self._found[key]
