"""The words of what proves an event."""

from __future__ import annotations

import re
from pathlib import Path

from points.events import attachments, papers, pictures, washing
from web import proofs


def test_every_name_reason_and_problem_has_its_words() -> None:
    """What the floor below says of a file is what pages can say in both languages."""
    assert attachments.NAMES == proofs.NAMES
    assert attachments.REASONS == proofs.REASONS
    modules = (papers, pictures, washing)
    texts = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules)
    assert set(re.findall(r'problem="([^"]+)"', texts)) == set(proofs.PROBLEMS)
