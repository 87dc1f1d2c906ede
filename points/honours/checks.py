"""Do certificates still say what the ledger says? A check for the audit of a book."""

from __future__ import annotations

from collections.abc import AsyncIterator

from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points.honours import certificates
from points.honours.models import Certificate

AT_MOST = 200
"""The certificates that were issued last: the check costs the same in a book of any size, and every one says of itself
whether it agrees when somebody looks it up."""
ADVICE = N_("不要采用这张证明，请开证明的社区重开；查清谁改过数据库")


def certificates_agree(book: Book) -> Check:
    """Member, days, minutes and times of the latest certificates are what the ledger says at their positions."""

    async def certificates_agree(audit: Audit) -> AsyncIterator[Finding]:
        latest = Certificate.all().using_db(audit.db).order_by("-as_of", "number").limit(AT_MOST)
        for row in await latest:
            if not (await certificates.standing(book, row)).whole:
                yield Finding("certificates", None, row.number, N_("证明上写的和账本不一样"), {}, ADVICE)

    return certificates_agree
