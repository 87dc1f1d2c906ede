"""Everything the ledger refuses or reports, as one tree; each docstring is the sentence a person reads.

    LedgerError
    ├── Refusal                  the draft cannot be written, and nothing was
    │   ├── BadDraft             it breaks the form of a draft
    │   ├── UnknownAccount       the chart of accounts has no such address
    │   ├── BelowFloor           an account would fall below its floor
    │   ├── ReferenceConflict    the reference was used for something else
    │   ├── AlreadyReversed      a correction of it exists
    │   ├── NothingToReverse     the original is not in this book
    │   ├── NotItsReversal       the correction does not give back what was given
    │   └── RowConflict          a row that belongs to it exists already
    ├── Busy                     try again in a moment
    ├── ClockWrong               this machine's clock jumped
    ├── ReadOnly                 this book may not be written now
    ├── NoSpace                  the disk is full, nothing was written
    ├── OutcomeUnknown           the commit may or may not have happened; ask by reference
    ├── BookDamaged              the book's file, schema or guards are not what they should be
    ├── BadProof                 what should prove something does not
    │   ├── BadNote              it is not a signed note, checkpoint, verifier key or receipt
    │   ├── WrongSignature       the note is not signed by this key
    │   ├── NotIncluded          the receipt's proof does not lead to its checkpoint
    │   └── NotAnExtension       the book no longer begins with what was signed
    ├── KeyUnsafe                the signing key's file is not as it must be
    └── TargetInUse              the place to write to is not empty

The sentences are Chinese; `{name}` is replaced by the error's fact of that name. English is in the catalogue, keyed
by the docstring.
"""

from __future__ import annotations

from typing import Any


class LedgerError(Exception):
    """账本出错了。"""

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        self.facts = facts

    @property
    def template(self) -> str:
        """The untranslated sentence, the key of its translation."""
        return (type(self).__doc__ or "").strip()

    def __str__(self) -> str:
        return self.template.format(**self.facts)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.facts))


def _rebuild(kind: type[LedgerError], facts: dict[str, Any]) -> LedgerError:
    return kind(**facts)


class Refusal(LedgerError):
    """这一笔没有记上，账本没有变。"""


class BadDraft(Refusal):
    """这一笔不合格式：{problem}。"""


class UnknownAccount(Refusal):
    """账户表里没有 {address}（{unit}）。"""


class BelowFloor(Refusal):
    """{address} 只剩 {available}，不够 {amount}（{unit}）。"""


class ReferenceConflict(Refusal):
    """{reference} 已经用来记了另一件事（第 {position} 笔），内容不同，没有再记。"""


class AlreadyReversed(Refusal):
    """第 {position} 笔已经更正过了，不能再更正一次。"""


class NothingToReverse(Refusal):
    """账本里没有 {reference}，无法更正。"""


class NotItsReversal(Refusal):
    """更正必须把 {address} 给出的 {given} 原样还回（{unit}），现在是 {returned}。"""


class RowConflict(Refusal):
    """有一条同样的记录已经在了，没有再记（{problem}）。"""


class Busy(LedgerError):
    """现在太忙，请过几秒再试；没有记上任何东西。"""


class ClockWrong(LedgerError):
    """这台机器的时钟跳了 {seconds} 秒，账本暂停记账，请先校准时间。"""


class ReadOnly(LedgerError):
    """账本现在只读：{reason}。"""


class OutcomeUnknown(LedgerError):
    """不能确定刚才这一笔是否记上了。请用同一编号再试一次，不会重复。"""


class NoSpace(LedgerError):
    """磁盘满了，没有记上任何东西。腾出空间后再试，不用重启。"""


class BookDamaged(LedgerError):
    """账本的文件或结构不对：{problem}。"""


class BadProof(LedgerError):
    """证明不成立。"""


class BadNote(BadProof):
    """内容不完整或格式不对：{problem}。"""


class WrongSignature(BadProof):
    """签名不是 {name} 的，或者签名以后内容变过。"""


class NotIncluded(BadProof):
    """这份凭证证明不了第 {position} 笔在检查点（共 {size} 笔）里。"""


class NotAnExtension(BadProof):
    """前 {old} 笔和签名时不同，账本被改过；没有再签。"""


class KeyUnsafe(LedgerError):
    """签名钥匙 {path} 不能用：{problem}。"""


class TargetInUse(LedgerError):
    """{path} 已经有内容，没有覆盖；请换一个空的位置。"""
