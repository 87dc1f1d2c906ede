"""`python -m ledger verify …`: what the ledger can do by itself on a command line."""

from __future__ import annotations

import sys

from ledger import verify

USAGE = "用法 / usage: python -m ledger verify BUNDLE|RECEIPT [--key VKEY] [--since OLD_CHECKPOINT]"


def main(arguments: list[str]) -> int:
    """Hand the arguments to the command named first; the exit status is the command's, or 2."""
    match arguments:
        case ["verify", *rest]:
            return verify.main(rest)
        case _:
            print(USAGE, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
