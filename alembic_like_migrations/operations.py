"""Operations that Tortoise lacks: SQL kept in a file, a table whose SQL stands there, a check put in other words.

Migrations begin with `class Migration(operations.Migration)`, which Tortoise's own would take four times as long for.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from tortoise import migrations
from tortoise.migrations.operations import AddField, AddIndex, CreateModel, TortoiseOperation
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


class LoosenCheck(TortoiseOperation):
    """Put a CHECK of an existing table in wider words, which every row that passed the old ones passes too.

    SQLite cannot alter a check. Its manual's way for a change that touches no row is to write the words into the
    schema (https://www.sqlite.org/lang_altertable.html#otheralter), which a book's own connections are denied. A book
    made with the wider words is left as it is.
    """

    def __init__(self, table: str, constraint: str, *, old: str, new: str, postgres: str) -> None:
        self.table, self.named = table, constraint
        self.old, self.new, self.postgres = old, new, postgres

    def describe(self) -> str:
        """What the migration's log says of it."""
        return f"Loosen a check of {self.table}"

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Change the words inside the migration's transaction, and read the schema anew."""
        if state_editor is None:
            return
        for statement in self._postgres() if state_editor.DIALECT == "postgres" else self._sqlite():
            await state_editor.client.execute_query(statement)

    def _postgres(self) -> tuple[str, ...]:
        alter = f"ALTER TABLE {self.table}"
        return (
            f"{alter} DROP CONSTRAINT {self.named}",
            f"{alter} ADD CONSTRAINT {self.named} CHECK ({self.postgres})",
        )

    def _sqlite(self) -> tuple[str, ...]:
        words = f"replace(sql, '{self.old}', '{self.new}')"
        where = f"type = 'table' AND name = '{self.table}'"
        update = f"UPDATE sqlite_master SET sql = {words} WHERE {where}"  # noqa: S608 - words of ours
        return ("PRAGMA writable_schema=ON", update, "PRAGMA writable_schema=RESET")

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Refuse."""
        raise NotImplementedError("the history only grows: write a new migration instead of going back")


class Migration(migrations.Migration):
    """A migration that copies the state of all models before an operation only where one looks back at it.

    Tortoise copies a hundred models before each of a hundred operations: seconds, for every new book.
    """

    async def apply(
        self,
        state: State,
        *,
        dry_run: bool = False,
        schema_editor: BaseSchemaEditor | None = None,
        collect_sql: bool = False,
    ) -> State:
        """Run the operations forward."""
        forward = all(isinstance(operation, _FORWARD) for operation in self.operations)
        given = _Uncopied(state.models, state.apps) if forward else state
        await super().apply(given, dry_run=dry_run, schema_editor=schema_editor, collect_sql=collect_sql)
        return state


class _Uncopied(State):
    """A state that is its own copy; its models and apps are those of the state it stands for."""

    def clone(self) -> State:
        """Itself."""
        return self


_FORWARD = (AddField, AddIndex, CreateModel, LoosenCheck, SqlFile)
"""Operations that look at the new state alone when they go forward."""
