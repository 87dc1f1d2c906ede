"""The form of a draft: what would not survive being written down and read back is refused before it is decided."""

from __future__ import annotations

import re
from datetime import date

from ledger import digests, encoding
from ledger.errors import BadDraft
from ledger.transactions import LINES_AT_MOST, Draft, Evidence

_REFERENCE = re.compile(r"[0-9A-Za-z._:#@-]+(/[0-9A-Za-z._:#@-]+)+")
_WORD = re.compile(r"[a-z][a-z_-]{0,19}")
_DIGEST = digests.BOOK.pattern


def check(draft: Draft) -> None:
    """Raise BadDraft unless every word, digest and day of it is written as it must be."""
    if len(draft.reference) > 200 or not _REFERENCE.fullmatch(draft.reference):
        raise BadDraft(problem="编号的写法")
    if not _WORD.fullmatch(draft.kind):
        raise BadDraft(problem="种类的写法")
    if not _DIGEST.fullmatch(draft.request):
        raise BadDraft(problem="所请求内容的摘要")
    if type(draft.effective_on) is not date:
        raise BadDraft(problem="日期须为一天")
    _check_evidence(draft.evidence)
    if len(draft.postings) > LINES_AT_MOST:
        raise BadDraft(problem=f"分录多于 {LINES_AT_MOST} 条")
    if not draft.postings and draft.kind != "act":
        raise BadDraft(problem="没有分录")
    if not draft.postings and draft.reverses is not None:
        raise BadDraft(problem="更正没有分录")


def _check_evidence(evidence: Evidence) -> None:
    if not _WORD.fullmatch(evidence.kind) or not 0 < len(evidence.id) <= 80:
        raise BadDraft(problem="凭据的写法")
    if not _DIGEST.fullmatch(evidence.digest):
        raise BadDraft(problem="凭据的摘要")
    if not encoding.is_nfc(evidence.id):
        raise BadDraft(problem="凭据编号须为 NFC")
    if not evidence.id.isprintable():
        raise BadDraft(problem="凭据编号里有不可见的字符")
