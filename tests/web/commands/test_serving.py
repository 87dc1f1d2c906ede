"""`jishan serve`: what cannot be served is said before an address is printed; what can is there, and ends when told."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from tests.typed import PROGRAM, call, surroundings


def free_port() -> int:
    """A port nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_in_use_is_said(book: Path) -> None:
    """With the address, in words, and what to try; no address is printed as if it were open."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = call("serve", "--port", str(port), book=book)
    assert (said.status, said.out) == (1, "")
    assert f"127.0.0.1:{port}" in said.err
    assert "占用" in said.err
    assert "--port 8001" in said.err


def test_an_address_of_another_machine_is_said(book: Path) -> None:
    """In a sentence."""
    said = call("serve", "--host", "192.0.2.1", "--port", str(free_port()), book=book)
    assert (said.status, said.out) == (1, "")
    assert "192.0.2.1" in said.err


def test_without_a_book_or_a_pepper_nothing_is_served(book: Path, tmp_path: Path) -> None:
    """The file that is missing is named."""
    said = call("serve", "--port", str(free_port()), book=tmp_path / "none.db")
    assert (said.status, said.out) == (1, "")
    assert "none.db" in said.err
    book.with_suffix(".pepper").unlink()
    said = call("serve", "--port", str(free_port()), book=book)
    assert (said.status, said.out) == (1, "")
    assert "town.pepper" in said.err
    english = call("--lang", "en", "serve", "--port", str(free_port()), book=tmp_path / "none.db")
    assert "There is no book at" in english.err


def test_a_damaged_book_is_refused_before_anybody_is_told_to_come(book: Path) -> None:
    """One sentence, no address and no traceback."""
    book.write_bytes(book.read_bytes()[:50_000])
    said = call("serve", "--port", str(free_port()), book=book)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("✗ ")


def test_it_serves_and_ends_when_told(book: Path) -> None:
    """The address printed answers; after Ctrl+C the process is gone, with status 0 and no traceback."""
    port = free_port()
    env = surroundings(JISHAN_BOOK=f"sqlite://{book}", PYTHONUNBUFFERED="1")
    command = [str(PROGRAM), "serve", "--port", str(port)]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert wait_for(f"http://127.0.0.1:{port}/") == 200
        finally:
            server.send_signal(signal.SIGINT)
            out, err = server.communicate(timeout=60)
    assert server.returncode == 0, err
    assert f"http://127.0.0.1:{port}" in out
    assert "Traceback" not in err


def wait_for(url: str) -> int:
    """The status of a page, once somebody answers."""
    ends = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return int(answer.status)
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
