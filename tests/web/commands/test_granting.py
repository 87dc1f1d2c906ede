"""`jishan staff grant|revoke|approve|password`."""

from __future__ import annotations

from pathlib import Path

from tests.typed import call


def test_roles_are_given_asked_for_approved_and_taken_back(book: Path) -> None:
    """A grid worker's at once; a fund keeper's by two people, and not by the one who asked."""
    given = ("staff", "grant", "S-0006", "--role", "grid_worker", "--area", "440310001002", "--by", "S-0001")
    assert call(*given, "--json", book=book).data["member"] == "S-0006"
    asked = ("staff", "grant", "S-0003", "--role", "fund_keeper", "--by", "S-0001", "--json")
    request = call(*asked, book=book).data["request"]
    assert call("staff", "requests", "--json", book=book).data["requests"][0]["id"] == request
    assert call("staff", "approve", request, "--by", "S-0001", book=book).status == 1
    assert call("staff", "approve", request, "--by", "S-0011", book=book).status == 0
    held = call("staff", "list", "--json", book=book).data["grants"]
    assert {("S-0003", "fund_keeper"), ("S-0006", "grid_worker")} <= {(g["member"], g["role"]) for g in held}
    taken = ("staff", "revoke", "S-0003", "--role", "fund_keeper", "--by", "S-0001")
    assert call(*taken, book=book).status == 0
    again = call(*taken, book=book)
    assert (again.status, "现有：核实人 4403" in again.err) == (1, True)


def test_a_password_is_reset_by_an_admin_and_nobody_else(book: Path) -> None:
    """Read from standard input."""
    said = ("staff", "password", "S-0003", "--by")
    assert call(*said, "S-0001", stdin="bamboo-7741\n", book=book).status == 0
    assert call(*said, "S-0006", stdin="bamboo-7742\n", book=book).status == 1
