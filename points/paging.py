"""Parts of long lists: what stands beyond a row that somebody has seen, and the keys to read on from both ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

A_PAGE = 50
SEPARATOR = "~"
_GREATEST = 2**63 - 1

T = TypeVar("T")
U = TypeVar("U")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where in a list somebody reads: what is less than a key or greater than one; at neither, its beginning."""

    before: str = ""
    after: str = ""


FIRST = Turn()


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part of a list in its order; `back` and `on` are the keys of its ends, None where nothing is beyond."""

    rows: tuple[T, ...]
    back: str | None = None
    on: str | None = None
    rising: bool = False

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def told(self, rows: Sequence[U]) -> Part[U]:
        """The same part with what is said of its rows in their place."""
        return Part(tuple(rows), self.back, self.on, self.rising)


async def part(
    rows: QuerySet[M],
    turn: Turn = FIRST,
    *,
    by: tuple[str, ...] = ("id",),
    rising: bool = False,
    limit: int = A_PAGE,
) -> Part[M]:
    """The next `limit` rows, the greatest first, or the least when `rising`. One statement.

    `by` names one or two columns, together unlike for any two rows. A key is their values as text; one that no row of
    this list can have is the beginning.
    """
    on, back = (turn.after, turn.before) if rising else (turn.before, turn.after)
    known = _values(rows.model, by, on or back)
    backwards = bool(known and not on)
    up = rising != backwards
    if known:
        rows = rows.filter(_beyond(by, known, "gt" if up else "lt"))
    found = await rows.order_by(*(f"{'' if up else '-'}{column}" for column in by)).limit(limit + 1)
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Part((), rising=rising)
    return Part(
        tuple(shown),
        key_of(shown[0], by) if (more if backwards else known) else None,
        key_of(shown[-1], by) if backwards or more else None,
        rising,
    )


def key_of(row: Model, by: tuple[str, ...] = ("id",)) -> str:
    """The key of a row."""
    return SEPARATOR.join(_text(getattr(row, column)) for column in by)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _values(model: type[Model], by: tuple[str, ...], key: str) -> list[Any] | None:
    """What a key says, None for one that is none."""
    texts = key.split(SEPARATOR, len(by) - 1)
    if not key or len(texts) != len(by):
        return None
    try:
        values = [_read(model, column, text) for column, text in zip(by, texts, strict=True)]
    except ValueError:
        return None
    return None if any(isinstance(each, int) and abs(each) > _GREATEST for each in values) else values


def _read(model: type[Model], column: str, text: str) -> Any:
    kind = model._meta.fields_map[column].field_type
    if kind is datetime:
        found = datetime.fromisoformat(text)
        if found.tzinfo is None:
            raise ValueError(text)
        return found
    return kind(text) if kind is int else text


def _beyond(by: tuple[str, ...], values: Sequence[Any], how: str) -> Q:
    first = Q(**{f"{by[0]}__{how}": values[0]})
    if len(by) == 1:
        return first
    return first | Q(**{by[0]: values[0], f"{by[1]}__{how}": values[1]})
