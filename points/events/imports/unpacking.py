"""A spreadsheet into rows, in a process of its own that may take little memory and little time.

    python -I unpacking.py FILE

Native code reads what strangers send, and a small archive can unpack to more than a machine holds. So the first
sheet is read here, and whoever started this reads the rows: cells between \\x1f, rows before \\x1e, in UTF-8, and
\\x1d at the end. Formulas come as the values the file has for them; nothing is ever computed. Leaves with 3 for what is
no spreadsheet, 4 for one with a password; ended by the limits, it leaves with a signal, or 5 when memory was refused.
This file stands alone.
"""

from __future__ import annotations

import resource
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MEMORY_MORE = 84 * 1024 * 1024
SECONDS_OF_PROCESSOR = 1.5
BROKEN, LOCKED, TOO_MUCH = 3, 4, 5
ENDS, ENDED = "\x1e", "\x1d"
INSTEAD = str.maketrans({"\x1f": "\x1c", "\x1e": "\x1c", "\x00": "\ufffd"})


def main() -> int:
    """Write the first sheet of a file to standard output."""
    limit()
    try:
        write(CalamineWorkbook.from_path(sys.argv[1]))
    except PasswordError:
        return LOCKED
    except (CalamineError, ValueError, NotImplementedError, OSError, IndexError):
        return BROKEN
    except MemoryError:
        return TOO_MUCH
    except BaseException as error:  # a panic of the native code is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return BROKEN
    return 0


def limit() -> None:
    """From here on this process may take so much more memory, and so much time of the processor."""
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY_MORE, now + MEMORY_MORE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_PROCESSOR)


def write(book: CalamineWorkbook) -> None:
    """Each row from the first of the sheet on; blank ones above the first cell count too."""
    out = sys.stdout.buffer
    for row in book.get_sheet_by_index(0).iter_rows() if book.sheet_names else ():
        out.write(("\x1f".join(map(text, row)) + ENDS).encode("utf-8", "surrogatepass"))
    out.write(ENDED.encode())
    out.flush()


def text(cell: Any) -> str:
    """A cell as people read it: whole numbers without a decimal point, dates as 2026-11-21."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).translate(INSTEAD)


if __name__ == "__main__":
    sys.exit(main())
