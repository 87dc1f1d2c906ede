"""Everything the ledger refuses or reports, as one tree; each docstring is the sentence a person reads.

    LedgerError
    ├── Refusal                  the draft cannot be written, and nothing was
    │   ├── BadDraft             it breaks the form of a draft
    │   ├── UnknownAccount       the chart of accounts has no such address
    │   ├── BelowFloor           an account would fall below its floor
    │   ├── Moved                an account is no longer as the plan saw it
    │   ├── ReferenceConflict    the reference was used for something else
    │   ├── AlreadyReversed      a correction of it exists
    │   ├── NothingToReverse     the original is not in this book
    │   ├── NotItsReversal       the correction does not give back what was given
    │   ├── RowConflict          a row that belongs to it exists already
    │   └── RowsLost             the entry stands, and its rows were lost
    ├── Busy                     try again in a moment
    │   └── Contended            another writer came first, or the server went: look again and decide anew
    ├── ClockWrong               this machine's clock jumped
    ├── ReadOnly                 this book may not be written now
    │   ├── HistoryLost          it ends before what somebody outside saw
    │   ├── HistoryDiffers       it does not begin with what somebody outside saw
    │   └── SightUnreadable      what somebody outside saw cannot be read
    ├── NoSpace                  the disk is full, nothing was written
    ├── OutcomeUnknown           the commit may or may not have happened; ask by reference
    ├── BookDamaged              the book's file, schema or guards are not what they should be
    │   └── OtherHash            its tree is made with another hash
    ├── BadProof                 what should prove something does not
    │   ├── BadNote              it is not a signed note, checkpoint, verifier key or receipt
    │   ├── WrongSignature       the note is not signed by this key
    │   ├── NotIncluded          the receipt's proof does not lead to its checkpoint
    │   ├── NotAnExtension       the book no longer begins with what was signed
    │   ├── HistoryShorter       a witness saw more than there is now
    │   ├── HistoryForked        a witness saw another tree of the same size
    │   ├── HistoryRewritten     what a witness saw is not the beginning of what there is now
    │   └── NotThisRecovery      a recovery is about another loss than the witness's
    ├── LogUnreachable           the log that is to be witnessed does not answer
    ├── KeyUnsafe                the signing key's file is not as it must be
    ├── TargetInUse              the place to write to is not empty
    ├── CopyDamaged              a backup or a segment is not what was written
    ├── OtherBook                a folder of copies belongs to another book
    ├── NotContinuous            copies and book do not continue each other
    ├── PlaceBusy                another program is writing there
    └── PlaceUnusable            a file or folder cannot be read or written

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


class Moved(Refusal):
    """{address} 在计算以后又动过（{unit}），没有记上，要重新计算。"""


class ReferenceConflict(Refusal):
    """这一次已经办过（第 {position} 笔），内容不同，没有再记。先办的有效；要另办一件，请从新的一页填起。"""


class AlreadyReversed(Refusal):
    """第 {position} 笔已经更正过了，不能再更正一次。"""


class NothingToReverse(Refusal):
    """账本里没有 {reference}，无法更正。"""


class NotItsReversal(Refusal):
    """更正必须把 {address} 给出的 {given} 原样还回（{unit}），现在是 {returned}。"""


class RowConflict(Refusal):
    """有一条同样的记录已经在了，没有再记（{problem}）。"""


class RowsLost(Refusal):
    """第 {position} 笔（{reference}）在账本里，它的登记资料恢复时丢了，没有重新写入；请凭纸质材料换一个编号另记。"""


class Busy(LedgerError):
    """现在太忙，请过几秒再试；没有记上任何东西。"""


class Contended(Busy):
    """现在太忙，请过几秒再试；没有记上任何东西。"""


class ClockWrong(LedgerError):
    """这台机器的时钟跳了 {seconds} 秒，账本暂停记账，请先校准时间。"""


class ReadOnly(LedgerError):
    """账本现在只读：{reason}。"""


class HistoryLost(ReadOnly):
    """账本现在只读：{seen} 见过 {size} 笔，这里只有 {head} 笔，缺了后面的。请按 docs/recovery.md 办理恢复。"""


class HistoryDiffers(ReadOnly):
    """账本现在只读：{seen} 见过的前 {size} 笔和这里的不同，历史被改过。请按 docs/recovery.md 办理恢复。"""


class SightUnreadable(ReadOnly):
    """{seen} 读不出（{problem}），不能确定历史是否完整。没有记账，也没有见证；请找回原来的检查点。"""


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


class HistoryShorter(BadProof):
    """见证过 {old} 笔，现在只有 {new} 笔：末尾被截断，或者恢复了旧备份。没有见证，原来的记录没有动。"""


class HistoryForked(BadProof):
    """同样是 {old} 笔，内容和见证过的不同：历史被改写，或者分成了两本。没有见证，原来的记录没有动。"""


class HistoryRewritten(BadProof):
    """现在的 {new} 笔不是接着见证过的 {old} 笔写的：历史被改写。没有见证，原来的记录没有动。"""


class NotThisRecovery(BadProof):
    """这份恢复声明说的不是这里见证过的历史：{problem}。没有见证，原来的记录没有动。"""


class LogUnreachable(LedgerError):
    """读不到 {where}：{problem}。没有见证，原来的记录没有动。"""


class OtherHash(BookDamaged):
    """这本账的树用的是 {found}，这个程序用的是 {ours}，不能打开。"""


class KeyUnsafe(LedgerError):
    """签名钥匙 {path} 不能用：{problem}。"""


class TargetInUse(LedgerError):
    """{path} 已经有内容，没有覆盖；请换一个空的位置。"""


class CopyDamaged(LedgerError):
    """{file} 不能用：{problem}。"""


class OtherBook(LedgerError):
    """{place} 里是另一本账，没有动它；请换一个位置。"""


class NotContinuous(LedgerError):
    """{place} 和这本账接不上：{problem}。没有继续。"""


class PlaceBusy(LedgerError):
    """{place} 正有另一个程序在写，请等它做完再试。"""


class PlaceUnusable(LedgerError):
    """不能读写 {place}：{problem}。"""
