"""What the imports refuse or warn of, of a file or of a row; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError
from points.events.errors import UnreadableFile


class FileTooBig(UnreadableFile):
    """读不了 {file}：文件有 {size:,} 字节，最多 {most:,}。"""


class NotUtf16(UnreadableFile):
    """读不了 {file}：是 UTF-16 编码，请另存为 CSV UTF-8。"""


class BrokenUtf8(UnreadableFile):
    """读不了 {file}：第 {line} 行有坏掉的 UTF-8 字符。"""


class UnknownEncoding(UnreadableFile):
    """读不了 {file}：第 {line} 行既不是 UTF-8 也不是 GB18030。"""


class NulCharacter(UnreadableFile):
    """读不了 {file}：第 {line} 行有空字符（NUL）。"""


class BrokenQuotes(UnreadableFile):
    """读不了 {file}：第 {line} 行附近的引号没有配对，或者一格太长。"""


class TooManyRows(UnreadableFile):
    """读不了 {file}：超过 {most:,} 行，请分成几个文件。"""


class TooManyColumns(UnreadableFile):
    """读不了 {file}：第 {line} 行超过 {most} 列。"""


class LineTooLong(UnreadableFile):
    """读不了 {file}：第 {line} 行太长，不像一行表格。"""


class NotSpreadsheet(UnreadableFile):
    """读不了 {file}：不是完好的电子表格。"""


class LockedSpreadsheet(UnreadableFile):
    """读不了 {file}：电子表格有密码，请去掉密码再存一次。"""


class SpreadsheetTooBig(UnreadableFile):
    """读不了 {file}：解开以后太大，请分成几个文件，或者另存为 CSV。"""


class NotJson(UnreadableFile):
    """读不了 {file}：第 {line} 行附近不是完好的 JSON。"""


class NotXml(UnreadableFile):
    """读不了 {file}：第 {line} 行附近不是完好的 XML。"""


class ForbiddenXml(UnreadableFile):
    """读不了 {file}：XML 里有 DOCTYPE 或实体定义，为了安全不读。"""


class NoRecords(UnreadableFile):
    """读不了 {file}：里面没有一条一条的记录。"""


class RecordTooLong(UnreadableFile):
    """读不了 {file}：第 {number} 条记录太长或者太深。"""


class LookedOtherwise(PointsError):
    """看过以后，账本或文件变了，所以什么也没有导入。请再看一遍，再导入。"""


class FileAway(PointsError):
    """这个文件已经导入过了，或者放了一天，已经删除。导入了什么，在“导入”页的下面看；要再导入，请再选一次文件。"""


class FileGone(PointsError):
    """文件已经不在了（只留一天），什么也没有导入。请再选一次文件。"""


class RowError(PointsError):
    """这一行有问题"""


class Damaged(RowError):
    """有已经损坏的字符（�）"""


class ControlCharacter(RowError):
    """有控制字符或换行"""


class TooLong(RowError):
    """超过 {most:,} 个字"""


class Empty(RowError):
    """没有填"""


class Repeats(RowError):
    """与第 {row} 行重复，请删去一行"""


class BadCode(RowError):
    """要 12 位数字（网格 15 位）"""


class UnknownLevel(RowError):
    """不认识这个级别，可以写：{levels}"""


class NeedsParent(RowError):
    """没有填上级"""


class KnownOtherwise(RowError):
    """账本里已有 {code}，这一列是“{value}”"""


class BrokenParent(RowError):
    """上级不在文件里，也不在账本里，或者级别不比它高"""


class UnknownKind(RowError):
    """没有这种成员类别，可以写：{kinds}"""


class PhoneKnown(RowError):
    """这个手机已登记为 {number}，“{column}”与登记的不同，请到窗口核对"""


class UnknownCommunity(RowError):
    """账本里没有这个社区，请先导入区划，或者改正名称"""


class SeveralCommunities(RowError):
    """好几个地方有这个社区：{places}，请说明在哪个区划里找"""


class ElsewhereCommunity(RowError):
    """这里不归您管，您管的区划里没有它"""


class NoInstant(RowError):
    """不是时间，请写成 2026-11-20 08:30:00"""


class InFuture(RowError):
    """在将来"""


class Unmapped(RowError):
    """类别表里没有，归入“其他”"""


class NoCommunity(RowError):
    """没有社区，先不归任何社区，定了社区才能核实"""


class Contradiction(RowError):
    """又说按时又说超时，都不采信"""


class ClosedBeforeOpened(RowError):
    """比上报还早，不采信这个时间"""


class Different(RowError):
    """与先前导入的不同，保留先前的"""


class Withdrawn(RowError):
    """这件事的那一批导入已经撤回，不能再导入"""


class UnknownStatus(RowError):
    """没有这种状态，可以写 open 或 closed"""


class RepeatOfUnknown(RowError):
    """来源说是重复上报，没说重复哪一件，请在核实时留意"""


class UnknownPart(RowError):
    """没有这种身份，可以写：{roles}"""


class NeedsPlatform(RowError):
    """没有填来源"""


class NoOutcome(RowError):
    """看不出调解结果，请写调解成功、口头调解、疑难调解或未成"""


class NotHours(RowError):
    """不是数字"""


class ProbablyHours(RowError):
    """不是数字，是不是 {hours}？"""


class ZeroHours(RowError):
    """要大于 0"""


class TooManyHours(RowError):
    """一次最多 {most} 小时"""


class ProbablyMinutes(RowError):
    """一次最多 {most} 小时，是不是 {hours}？"""


class NotMinutes(RowError):
    """不是整分钟，请写到整分钟，如 0.25、0.5、1.75"""


class NoSuchCampaign(RowError):
    """没有在那天、那里的专项行动“{name}”，请先设立，或者改正名字"""


class UnknownCase(RowError):
    """没有来源“{source}”的这个事件，请先导入事件，或者改正编号"""


class UnknownPhone(RowError):
    """没有这个手机的成员，请先导入成员，或者改正手机号"""


class ImportedOtherwise(RowError):
    """已导入过，“{column}”与当时的不同"""


class CaseWithoutCommunity(RowError):
    """这件事没有社区，定了社区才能核实"""


class IsReporter(RowError):
    """就是上报人本人，核实时请留意"""


class LivesWithReporter(RowError):
    """与上报人同住一户，核实时请留意"""


class NoHours(RowError):
    """没有时长，按时长计的分不会有"""


class BadYear(RowError):
    """出生的年份要写四位数，例如 2015，而且要是活着的人会有的"""


class OtherYear(RowError):
    """出生年和生日里的年份不一样"""


class NotYesOrNo(RowError):
    """要写“是”或“否”"""


class ChildNeedsGuardian(RowError):
    """未满 14 岁，没有监护人同意不能登记：写上监护人、监护人手机，并在“监护人同意”里写“是”"""
