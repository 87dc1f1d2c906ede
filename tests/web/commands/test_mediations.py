"""`jishan mediation`: the same verbs as on the pages; what is sealed comes by standard input alone."""

from __future__ import annotations

from pathlib import Path

from tests.typed import call

ZHAO, HEAD, AUDITOR = "S-0012", "S-0009", "S-0005"
NEW = ("mediation", "new", "--dispute", "neighbour", "--area", "440310001002", "--on", "2026-01-05")
SAID = "卡那利甲 10000987001\n卡那利乙\n\n阳台漏水"
RESULT = ("ordinary", "--agreement", "written", "--mediator", "V-000004=60", "--mediator", f"{ZHAO}=40")


def filed(book: Path) -> str:
    """The number of a new mediation."""
    said = call(*NEW, "--by", ZHAO, book=book, stdin=SAID)
    assert said.status == 0, said
    return said.out.strip()


def test_a_mediation_goes_its_way_by_commands(book: Path) -> None:
    """New, opened, settled, looked at again; what is sealed is in no file, and the auditor opens it too."""
    one = filed(book)
    for path in book.parent.rglob("*"):
        assert not path.is_file() or "卡那利".encode() not in path.read_bytes(), path
    said = call("--json", "mediation", "open", one, "--reason", "again", "--by", ZHAO, book=book).data
    assert (said["who"], said["about"]) == ("卡那利甲 10000987001\n卡那利乙", "阳台漏水")
    settled = call("mediation", "outcome", one, *RESULT, "--by", ZHAO, book=book)
    assert "调解成功" in settled.out
    looked = call("mediation", "follow-up", one, "--held", "--by", HEAD, book=book)
    assert "履行得好" in looked.out
    seen = call("mediation", "open", one, "--reason", "audit", "--by", AUDITOR, book=book)
    assert "阳台漏水" in seen.out


def test_whoever_may_not_is_told_and_shown_nothing(book: Path) -> None:
    """Not by the head, nor without a reason; no parties, no case; shares that do not sum."""
    one = filed(book)
    refused = call("mediation", "open", one, "--reason", "audit", "--by", HEAD, book=book)
    assert refused.status == 1
    assert "封存" in refused.err
    assert "卡那利" not in refused.out + refused.err
    assert call("mediation", "open", one, "--by", ZHAO, book=book).status == 2
    empty = call(*NEW, "--by", ZHAO, book=book, stdin="只有一段")
    assert (empty.status, "当事人" in empty.err) == (1, True)
    half = call("mediation", "outcome", one, *RESULT[:-1], f"{ZHAO}=50", "--by", ZHAO, book=book)
    assert (half.status, "100" in half.err) == (1, True)
    assert call("mediation", "outcome", one, *RESULT[:-1], f"{ZHAO}=x", "--by", ZHAO, book=book).status == 2
