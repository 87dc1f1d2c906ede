"""Two operations that Tortoise lacks: SQL kept in a file, and a table whose SQL stands there."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tortoise.migrations.operations import CreateModel, TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State


class CreateTable(CreateModel):
    """Tell Tortoise of a model whose table a SqlFile creates: STRICT and CHECK cannot be said in a model."""

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        return None


class SqlFile(TortoiseOperation):
    """Run `<migration>.<dialect>.sql`, which stands beside the migration, statement by statement in its transaction.

    RunSQL would split trigger bodies at their semicolons; here a statement ends where SQLite itself says it does.
    """

    def __init__(self) -> None:
        frame = inspect.stack()[1]
        self.migration = Path(frame.filename)

    def describe(self) -> str:
        return f"Run {self.migration.stem}.*.sql"

    def file(self, dialect: str) -> Path:
        return self.migration.with_name(f"{self.migration.stem}.{dialect}.sql")

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor is not None:
            for statement in statements(self.file(state_editor.DIALECT)):
                await state_editor.client.execute_query(statement)

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        raise NotImplementedError("the history only grows: write a new migration instead of going back")


def statements(file: Path) -> Iterator[str]:
    """The whole statements of a SQL file, without its comment lines."""
    pending = ""
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.lstrip().startswith("--"):
            continue
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        raise ValueError(f"{file.name} ends in the middle of a statement")
