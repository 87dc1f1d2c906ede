"""`jishan` itself: its options, its help, and the book it takes when nobody names one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.typed import call, run
from web.cli import COMMANDS, main


def every(command: click.Command, path: str = "jishan") -> list[tuple[str, click.Command]]:
    """Each command below one, with how it is called."""
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            found += every(child, f"{path} {name}")
    return found


def test_each_is_called_what_it_is_called() -> None:
    """The names in the table of commands are the commands' own."""
    context = click.Context(main)
    assert all((command := main.get_command(context, name)) and command.name == name for name in COMMANDS)
    assert main.get_command(context, "no-such") is None


def test_only_what_is_called_is_loaded() -> None:
    """Who asks for a balance does not wait for the site and the spreadsheets to be loaded."""
    said = "import sys, web.cli as c; c.main.get_command(None, 'balance'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "web.commands.balances" in loaded
    assert not {"web.app", "web.routes", "xlsxwriter", "web.commands.serving"} & set(loaded)


def test_a_group_is_whole_where_only_its_own_room_is_loaded() -> None:
    """Verbs that stand in another room than their noun are there too, in a process that was asked for nothing else."""
    spread = {}
    for name, place in COMMANDS.items():
        group = main.get_command(click.Context(main), name)
        if isinstance(group, click.Group) and any(
            not getattr(verb.callback, "__module__", "").endswith(f".{place.partition(':')[0]}")
            for verb in group.commands.values()
        ):
            spread[name] = sorted(group.commands)
    assert "notice" in spread
    for name, verbs in spread.items():
        asked = f"import web.cli as c; print(*sorted(c.main.get_command(None, {name!r}).commands))"
        alone = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
        assert alone.stdout.split() == verbs, name


@pytest.mark.parametrize(
    ("path", "command"), every(main), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_explains_itself_in_both_languages(path: str, command: click.Command) -> None:
    """A first sentence with Chinese and English words, and --help that works without a book."""
    assert command.help
    first = command.help.split("\n")[0]
    assert any("\u4e00" <= c <= "\u9fff" for c in first)
    assert any(c.isascii() and c.isalpha() for c in first)
    said = call(*path.split()[1:], "--help", book=Path("/nowhere/book.db"))
    assert (said.status, said.err) == (0, "")
    assert first.split("·")[0].strip()[:4] in said.out


@pytest.mark.parametrize(
    ("path", "command"), every(main), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_takes_json_behind_its_name(path: str, command: click.Command) -> None:
    """For programs it is the same flag everywhere; `serve` has nothing to answer."""
    if not isinstance(command, click.Group):
        assert any("--json" in parameter.opts for parameter in command.params), path


def test_the_book_is_the_one_named_last(tmp_path: Path) -> None:
    """The option before the environment, and without either jishan.db in this folder, with its key beside it."""
    said = run("--book", "sqlite://a.db", "--json", "init", folder=tmp_path, JISHAN_BOOK="sqlite://b.db")
    assert said.data["book"].endswith("a.db")
    assert {path.name for path in tmp_path.iterdir()} >= {"a.db", "a.key", "a.pepper"}
    assert run("key", folder=tmp_path).err.count("jishan.db") == 1
    assert run("--json", "init", folder=tmp_path).data["book"].endswith("jishan.db")
    assert (tmp_path / "jishan.key").exists()


@pytest.mark.parametrize("address", ["mysql://x", "book.db", "sqlite://", "sqlite://:memory:"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    """In a sentence."""
    said = run("key", folder=tmp_path, JISHAN_BOOK=address)
    assert said.status == 1
    assert said.err.startswith("✗ ")
    assert "Traceback" not in said.err


def test_the_version_is_said() -> None:
    """And nothing else is done."""
    said = call("--version", book=Path("/nowhere/book.db"))
    assert said.status == 0
    assert "jishan" in said.out


def test_the_language_is_chosen_before_the_command_or_by_the_environment(tmp_path: Path) -> None:
    """Chinese when nobody says anything."""
    assert "没有账本文件" in run("key", folder=tmp_path).err
    assert "not right" in run("--lang", "en", "key", folder=tmp_path).err
    assert "not right" in run("key", folder=tmp_path, JISHAN_LANGUAGE="en").err
