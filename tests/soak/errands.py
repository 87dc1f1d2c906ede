"""What is typed at a book while it is served: sweeps, heads, the witness, shipping, copies, imports and the audit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger import signatures
from tests.attack.saturday_site import JISHAN, ROOT, surroundings
from tests.points.events.paper import EVENTS, FIRE
from tests.typed import call
from web.settings import Settings

ROWS = 40


@dataclass
class Errands:
    """A folder where copies, segments and the witness's files are."""

    settings: Settings
    folder: Path
    inside: bool = False
    """Within this process: a program of its own for every command takes a second of computing."""
    done: int = 0

    async def begin(self) -> None:
        """The witness makes its key."""
        await self.type("witness", "--key", self._file("w.key"), "--new-key", "witness.example/soak")

    async def all_of_them(self) -> None:
        """One after another."""
        for words in self.round():
            await self.type(*words)

    def round(self) -> Sequence[Sequence[str]]:
        """Everything that is typed once in a while; each time with another file of events."""
        self.done += 1
        file = self.folder / f"events-{self.done}.csv"
        rows = (f"C{self.done}-{n},2018-07-04 17:24:41,{FIRE},1,0\n" for n in range(ROWS))
        file.write_bytes((EVENTS + "".join(rows)).encode("gb18030"))
        vkey = str(signatures.load(self.settings.key_file).verifier)
        own = ("--key", self._file("w.key"), "--state", self._file("state"), "--log-key", vkey)
        return (
            ("sweep",),
            ("import", "events", str(file), "--source", "typed", "--errors-to", str(self.folder)),
            ("checkpoint",),
            ("witness", "--log", self.settings.book, *own, "--out", self._file("note")),
            ("ship", self._file("there")),
            ("backup", self._file("copies"), "--keep", "1/0/0"),
            ("audit",),
        )

    async def type(self, *words: str) -> None:
        """A command that must succeed, in a process of its own unless all are done here."""
        if self.inside:
            book = Path(self.settings.book)  # the surroundings say it rightly on either engine
            env = {**_names(self.settings), "JISHAN_BOOK": self.settings.book}
            told = await asyncio.to_thread(call, *words, book=book, env=env)
            assert told.status == 0, (words, told)
            return
        process = await asyncio.create_subprocess_exec(
            *JISHAN, "--book", self.settings.book, *words,
            cwd=ROOT, env=surroundings(self.settings),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
        assert process.returncode == 0, (words, said.decode())

    def _file(self, name: str) -> str:
        return str(self.folder / name)


def _names(settings: Settings) -> dict[str, str]:
    return {name: value for name, value in surroundings(settings).items() if name.startswith("JISHAN_")}
