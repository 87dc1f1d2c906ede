"""Rows that come with drafts, as a database takes them: by table, each value as its field of the model takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import NoneType
from typing import Any, NamedTuple

from tortoise.fields.base import Field
from tortoise.models import Model
from tortoise.validators import MaxLengthValidator

from ledger.transactions import Bulk

Values = tuple[Any, ...]


class Inserts(NamedTuple):
    """What goes into one table with the same statement: its name, its columns, and a value of each for every row."""

    table: str
    columns: tuple[str, ...]
    values: list[Values]


def inserts(rows: Iterable[Model | Bulk]) -> Iterator[Inserts]:
    """The rows by table, in the order in which tables were met; those of one table stay in theirs.

    Raises ValidationError (Tortoise's) for a value that its field does not take.
    """
    objects: dict[tuple[type[Model], tuple[str, ...]], list[Model | Bulk]] = {}
    for row in rows:
        key = (row.model, row.fields) if isinstance(row, Bulk) else (type(row), ())
        objects.setdefault(key, []).append(row)
    for (model, names), given in objects.items():
        named = model._meta.fields_db_projection
        if names:
            values = [value for bulk in given if isinstance(bulk, Bulk) for value in bulk.values]
            fields, values = _with_defaults(model, names, values)
        else:
            fields = tuple(named)
            values = [tuple([getattr(one, name) for name in fields]) for one in given]
        if values:
            yield Inserts(
                model._meta.db_table, tuple(named[name] for name in fields), _checked(model, fields, values)
            )


def _with_defaults(
    model: type[Model], names: tuple[str, ...], values: list[Values]
) -> tuple[tuple[str, ...], list[Values]]:
    """The fields that were left out, at what the model has for them; raises KeyError for a field it has not."""
    fields = model._meta.fields_map
    left = tuple(name for name in model._meta.fields_db_projection if name not in names)
    beside = tuple(fields[name].default for name in left)
    assert not any(map(callable, beside)), f"{model.__name__} makes a value for each row"
    return names + left, [value + beside for value in values]


def _checked(model: type[Model], names: Sequence[str], rows: list[Values]) -> list[Values]:
    """A column at a time: what a field asks of its values is asked of the column where that says the same."""
    fields = model._meta.fields_map
    columns = zip(*rows, strict=True)
    return list(
        zip(*(_column(model, fields[n], c) for n, c in zip(names, columns, strict=True)), strict=True)
    )


def _column(model: type[Model], field: Field[Any], column: Values) -> Sequence[Any]:
    if _is_taken(field, column):
        return column
    return [field.to_db_value(value, model) for value in column]


def _is_taken(field: Field[Any], column: Values) -> bool:
    """Whether every value goes in as it is: of the field's own type, and not longer than it may be."""
    kinds = set(map(type, column))
    if type(field).to_db_value is not Field.to_db_value or not kinds <= {field.field_type, NoneType}:
        return False
    limits = [rule.max_length for rule in field.validators if type(rule) is MaxLengthValidator]
    if len(limits) < len(field.validators) or (NoneType in kinds and not field.null):
        return False
    return not limits or max(map(len, filter(None, column)), default=0) <= min(limits)
