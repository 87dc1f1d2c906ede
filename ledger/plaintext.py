"""The ledger as plain text accounting: a journal for hledger, a file for beancount, from the same texts.

Both name things alike, so that their reports can be laid side by side, and every name can be read back:

unit      `points` → POINTS, `item:17` → ITEM.17, `item:a-B_c` → ITEM.A'1'B'0C. Small letters become capital,
          `:` a dot; a capital letter, `_` and `-` follow an apostrophe as themselves, 0 and 1; a unit of one
          letter ends in '2. (beancount 2 takes names of 24 characters at most, beancount 3 any.)
address   hledger: `/` → `:` and `:` → `=`, nothing else: `cap/report:10/2018-07` → cap:report=10:2018-07.
          beancount: under Equity; each part begins with a capital or a digit, and holds letters, digits and
          `-` only: `.` → -2e, `:` → -3a, `_` → -5f, `-` → --; the first small letter becomes capital, before
          a first capital stands X-, before another first character X-0.

What an account gives is negative, what it receives positive, as in the ledger: balance = in − out. The date
is the day it was recorded (UTC), because only this order lets every balance be asserted; the effective day
stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from ledger import encoding

Text = dict[str, Any]


def hledger(bodies: Iterable[bytes]) -> Iterator[str]:
    """Pieces of a journal that `hledger check --strict` accepts: each account and commodity declared when it
    is first used, each posting with the balance of its account after it.

        account fund:440310001002:2018-07
        commodity 1. "POINTS"

        2026-11-21=2018-07-04 (12) award  ; reference:award/2018-07-04/…
            ; evidence:contribution/0190…
            fund:440310001002:2018-07  -2 "POINTS" = 1998 "POINTS"
            member:10000001155:noticed  2 "POINTS" = 2 "POINTS"
    """
    addresses: set[str] = set()
    units: set[str] = set()
    for body in bodies:
        text = encoding.parse(body)
        for account in text["accounts"]:
            if account["address"] not in addresses:
                addresses.add(account["address"])
                yield f"account {hledger_account(account['address'])}\n"
            if account["unit"] not in units:
                units.add(account["unit"])
                yield f'commodity 1. "{commodity(account["unit"])}"\n'
        yield _hledger_transaction(text)


def _hledger_transaction(text: Text) -> str:
    dates = f"{text['recorded_at'][:10]}={text['effective_on']}"
    lines = [f"\n{dates} ({text['position']}) {text['kind']}  ; reference:{text['reference']}"]
    lines += [f"    ; {name}:{value}" for name, value in _facts(text)]
    for posting in text["postings"]:
        unit = f'"{commodity(posting["unit"])}"'
        for side, sign in (("source", "-"), ("target", " ")):
            account, balance = hledger_account(posting[side]), posting[side + "_balance"]
            lines.append(f"    {account}  {sign}{posting['amount']} {unit} = {balance} {unit}")
    return "\n".join(lines) + "\n\n"


def beancount(bodies: Iterable[bytes]) -> Iterator[str]:
    """Pieces of a beancount file: each account opened on the day it was first used, and on the day after the
    last transaction the balance of every account in every unit asserted (beancount knows no balance after a
    posting).

        2026-11-21 open Equity:Fund:440310001002:2018--07
        2026-11-21 commodity POINTS

        2026-11-21 * "award" "award/2018-07-04/…"
          position: 12
          effective: 2018-07-04
          evidence: "contribution/0190…"
          Equity:Fund:440310001002:2018--07  -2 POINTS
          Equity:Member:10000001155:Noticed  2 POINTS
    """
    addresses: set[str] = set()
    balances: dict[tuple[str, str], int] = {}
    units: set[str] = set()
    day = "1970-01-01"
    for body in bodies:
        text = encoding.parse(body)
        day = text["recorded_at"][:10]
        for account in text["accounts"]:
            if account["address"] not in addresses:
                addresses.add(account["address"])
                yield f"{day} open {beancount_account(account['address'])}\n"
            if account["unit"] not in units:
                units.add(account["unit"])
                yield f"{day} commodity {commodity(account['unit'])}\n"
        for posting in text["postings"]:
            balances[posting["source"], posting["unit"]] = posting["source_balance"]
            balances[posting["target"], posting["unit"]] = posting["target_balance"]
        yield _beancount_transaction(text, day)
    after = date.fromisoformat(day) + timedelta(days=1)
    for (address, unit), balance in balances.items():
        yield f"{after} balance {beancount_account(address)}  {balance} {commodity(unit)}\n"


def _beancount_transaction(text: Text, day: str) -> str:
    lines = [f'\n{day} * "{text["kind"]}" "{text["reference"]}"', f"  position: {text['position']}"]
    lines.append(f"  effective: {text['effective_on']}")
    lines += [f'  {name}: "{value}"' for name, value in _facts(text)]
    for posting in text["postings"]:
        unit = commodity(posting["unit"])
        for side, sign in (("source", "-"), ("target", "")):
            lines.append(f"  {beancount_account(posting[side])}  {sign}{posting['amount']} {unit}")
    return "\n".join(lines) + "\n\n"


def _facts(text: Text) -> Iterator[tuple[str, str]]:
    """What is told of a transaction beside its reference; an evidence's id is percent-encoded where it must
    be.
    """
    evidence = text["evidence"]
    yield "evidence", f"{evidence['kind']}/{quote(evidence['id'], safe='/:@._-#')}"
    yield "digest", evidence["digest"]
    yield "recorded", text["recorded_at"]
    if "reverses" in text:
        yield "reverses", str(text["reverses"])


def commodity(unit: str) -> str:
    """A unit's name in both tools."""
    name = "".join(_UNIT.get(character) or character for character in unit)
    return name if len(unit) > 1 else name + "'2"


def hledger_account(address: str) -> str:
    """An address's name in hledger."""
    return address.replace(":", "=").replace("/", ":")


def beancount_account(address: str) -> str:
    """An address's name in beancount."""
    return ":".join(["Equity", *map(_component, address.split("/"))])


def _component(word: str) -> str:
    escaped = "".join(_ADDRESS.get(character, character) for character in word)
    first = word[:1]
    if first.isupper():
        return "X-" + escaped
    if first in _ADDRESS:
        return "X-0" + escaped
    return escaped[:1].upper() + escaped[1:]


_UNIT = {":": ".", "_": "'0", "-": "'1"}
_UNIT |= {chr(small): chr(small).upper() for small in range(ord("a"), ord("z") + 1)}
_UNIT |= {chr(capital): "'" + chr(capital) for capital in range(ord("A"), ord("Z") + 1)}
_ADDRESS = {".": "-2e", ":": "-3a", "_": "-5f", "-": "--"}
