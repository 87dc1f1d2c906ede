"""Two operations that Tortoise lacks: SQL kept in a file, and a table whose SQL stands there."""

from __future__ import annotations

import inspect
from pathlib import Path

from tortoise.migrations.operations import CreateModel, TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

from ledger.schema import statements


class CreateTable(CreateModel):
    """Tell Tortoise of a model whose table a SqlFile creates: STRICT and CHECK cannot be said in a model."""

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Nothing: the SQL file does it."""


class SqlFile(TortoiseOperation):
    """Run `<migration>.<dialect>.sql`, which stands beside the migration, statement by statement in its transaction.

    RunSQL would split trigger bodies at their semicolons; here a statement ends where SQLite itself says it does.
    """

    def __init__(self) -> None:
        frame = inspect.stack()[1]
        self.migration = Path(frame.filename)

    def describe(self) -> str:
        """What the migration's log says of it."""
        return f"Run {self.migration.stem}.*.sql"

    def file(self, dialect: str) -> Path:
        """The file for a dialect (`sqlite`, `postgres`)."""
        return self.migration.with_name(f"{self.migration.stem}.{dialect}.sql")

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Run the file's statements inside the migration's transaction."""
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
        """Refuse."""
        raise NotImplementedError("the history only grows: write a new migration instead of going back")
