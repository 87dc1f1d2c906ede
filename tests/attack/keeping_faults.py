"""Faults of what keeps copies that the attacks on either database must notice."""

from __future__ import annotations

from tests.attack.faults import Change, Fault

FILES, BACKUPS = "ledger/files.py", "ledger/backups.py"

NAMED_TOO_SOON = Fault(
    "a backup has its name before its manifest",
    ("backup",),
    (
        Change(
            BACKUPS,
            '    files.appear(_manifest_of(path), encoding.canonical(said) + b"\\n")\n    made.path.rename(path)\n',
            "    made.path.rename(path)\n    import time; time.sleep(1)\n"
            '    files.appear(_manifest_of(path), encoding.canonical(said) + b"\\n")\n',
        ),
    ),
)
UNDER_ITS_OWN_NAME = Fault(
    "a segment is written under its own name",
    ("ship",),
    (
        Change(FILES, "    draft = draft_of(path)\n", "    draft = path\n"),
        Change(
            FILES,
            "file.write(data)",
            "file.write(data[:99]); file.flush(); import time; time.sleep(0.05); file.write(data[99:])",
        ),
    ),
)
