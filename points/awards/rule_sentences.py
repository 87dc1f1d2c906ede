"""What each rule of a rule book gives, in a sentence of Chinese or English made from its own figures."""

from __future__ import annotations

from collections.abc import Sequence

from points.awards import earner_sentences
from points.awards.caps import Cap
from points.awards.rule import Rule, RuleBook
from points.awards.rule_text import REPEAT
from points.awards.shares import equal

OUTCOMES = {
    "oral": ("口头", "oral"),
    "ordinary": ("普通", "ordinary"),
    "difficult": ("疑难", "difficult"),
    "failed": ("未成但记录完整", "failed but well documented"),
}
PERIODS = {"day": ("天", "day"), "week": ("周", "week"), "month": ("月", "month"), "year": ("年", "year")}
OWNERS = {"member": ("每人", "each member"), "household": ("每户", "each household")}


def rule(rule_book: RuleBook, name: str, language: str = "zh") -> str:
    """What a rule gives, with a worked example where there is something to work out, and the caps over it.

    `上报消防隐患：核实一次记 5 分；没有人投诉过、先发现的再加 2 分。上报合计：每人每天最多 10 分，每月最多 60 分。`
    `name` is a rule's id or `repeat`. Raises KeyError for a name the rule book does not have.
    """
    en = language == "en"
    named, *said = parts(rule_book, name, language)
    return _join([f"{named}: {said[0]}" if en else f"{named}：{said[0]}", *said[1:]], en)


def parts(rule_book: RuleBook, name: str, language: str = "zh") -> list[str]:
    """The same in parts, without full stops: its name, its measure, its example if it has one, its caps."""
    en = language == "en"
    if name == REPEAT:
        over = [rule_book.caps[each] for each in rule_book.repeats.caps]
        return [*_repeats(rule_book, en), *_caps(over, en)]
    found = {each.id: each for each in rule_book.rules}[name]
    over = list(rule_book.caps_of(found)) if gives(found) else []
    return [_capital(found.en) if en else found.zh, _what(found, en), *_example(found, en), *_caps(over, en)]


def rules(rule_book: RuleBook, language: str = "zh") -> list[tuple[str, str]]:
    """Every rule's name and sentence, in the order in which they are asked."""
    names = [each.id for each in rule_book.rules] + [REPEAT]
    return [(name, rule(rule_book, name, language)) for name in names]


def cap(each: Cap, language: str = "zh") -> str:
    """`上报：每人每天最多 10 分`, `Reports: at most 10 points a day for each member`."""
    return _caps([each], language == "en")[0]


def points(amount: int, en: bool) -> str:
    """`5 分`, `1 point`, `5 points`."""
    if not en:
        return f"{amount} 分"
    return "1 point" if amount == 1 else f"{amount} points"


def amount(unit: str, count: int, en: bool) -> str:
    """Points as they are; minutes as hours when they are whole ones."""
    if unit == "points":
        return points(count, en)
    if count % 60:
        return f"{count} minutes" if en else f"{count} 分钟"
    hours = count // 60
    if en:
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{hours} 小时"


def every(hours: int, en: bool) -> str:
    """`每小时`, `每 2 小时`, `an hour`, `for every 2 hours`."""
    if en:
        return "an hour" if hours == 1 else f"for every {hours} hours"
    return "每小时" if hours == 1 else f"每 {hours} 小时"


def gives(found: Rule) -> bool:
    """Whether a rule gives anything: points or counted hours."""
    return bool(found.points or found.outcomes or found.found_first or found.counts_minutes)


def _what(found: Rule, en: bool) -> str:
    """Its measure, and whom it gives to."""
    if found.earns == "community":
        told = f"{points(found.points, en)} a month" if en else f"每月 {points(found.points, en)}"
    elif found.outcomes:
        told = _outcomes(found, en)
    elif found.per_hours:
        told = _by_the_hour(found, en)
    elif found.per_person:
        each = points(found.points, en)
        told = f"{each} for each other person who took part" if en else f"来参加的人，每一位记 {each}"
    elif found.shared:
        told = _shared(found, en)
    elif not found.points and not found.found_first:
        told = _nothing(found, en)
    else:
        told = f"{points(found.points, en)} once verified" if en else f"核实一次记 {points(found.points, en)}"
        told += _first(found, en)
    return told + earner_sentences.rule(found, en=en)


def _nothing(found: Rule, en: bool) -> str:
    if found.counts_minutes:
        return "hours are counted, without points" if en else "只记时长，不计分"
    return "no points" if en else "不计分"


def _first(found: Rule, en: bool) -> str:
    if not found.found_first:
        return ""
    if en:
        return f"; {found.found_first} more when it was found before anyone complained"
    return f"；没有人投诉过、先发现的再加 {found.found_first} 分"


def _by_the_hour(found: Rule, en: bool) -> str:
    if en:
        return f"{points(found.points, en)} {every(found.per_hours, en)}, by the minute, less than a point is not given"
    return f"{every(found.per_hours, en)} {found.points} 分，按分钟折算，不足 1 分的不计"


def _shared(found: Rule, en: bool) -> str:
    pool = points(found.points, en)
    if en:
        return f"{pool} together{_first(found, en)}; shared equally, or as those who did it agreed"
    return f"一件事共 {pool}{_first(found, en)}；一起做的人均分，另有约定的按约定"


def _outcomes(found: Rule, en: bool) -> str:
    if en:
        pools = ", ".join(f"{OUTCOMES[name][1]} {each}" for name, each in found.outcomes)
        return f"{pools} points; shared equally among the mediators, or as they agreed"
    pools = "、".join(f"{OUTCOMES[name][0]} {each} 分" for name, each in found.outcomes)
    return f"{pools}；由参加调解的人均分，另有约定的按约定"


def _repeats(rule_book: RuleBook, en: bool) -> list[str]:
    """Name and measure."""
    told = rule_book.repeats
    if en:
        return [
            f"{_capital(told.en)} (same community and subtype within {told.within_hours} hours)",
            f"{points(told.first, en)} for the first repeat, then {told.later}",
        ]
    return [
        f"{told.zh}（同一社区、同一小类，{told.within_hours} 小时内）",
        f"第一次重复记 {told.first} 分，以后每次 {told.later} 分",
    ]


def _example(found: Rule, en: bool) -> list[str]:
    """The same figures, worked once."""
    said = ""
    if found.outcomes:
        outcome, pool = found.outcomes[min(1, len(found.outcomes) - 1)]
        named, shares = OUTCOMES[outcome][en], equal(pool, 3)
        said = f"{named}, three mediators: " if en else f"{named}、三位调解人，各得 "
        said += _listed(shares, en)
    elif found.points and found.per_hours:
        minutes = 90 * found.per_hours
        got = points(minutes * found.points // (60 * found.per_hours), en)
        unit = "minutes" if en else "分钟"
        said = f"{minutes} {unit} × {found.points} ÷ {60 * found.per_hours} {unit} = {got}"
    elif found.points and found.per_person:
        said = f"5 × {found.points} = {points(5 * found.points, en)}"
        said = f"five came, {said}" if en else f"来了 5 位，{said}"
    elif found.points and found.shared:
        said = ("three people: " if en else "三个人，各得 ") + _listed(equal(found.points, 3), en)
    elif found.points and found.found_first:
        said = f"{found.points} + {found.found_first} = {points(found.points + found.found_first, en)}"
        said = f"found first, {said}" if en else f"先发现的，{said}"
    if not said:
        return []
    return [f"Example: {said}" if en else f"例：{said}"]


def _listed(shares: Sequence[int], en: bool) -> str:
    return ", ".join(map(str, shares)) if en else "、".join(map(str, shares)) + " 分"


def _caps(over: Sequence[Cap], en: bool) -> list[str]:
    """Caps of one name and owner in one sentence: `上报合计：每人每天最多 10 分，每月最多 60 分`."""
    named: dict[tuple[str, str], list[Cap]] = {}
    for each in over:
        named.setdefault((each.en if en else each.zh, each.of), []).append(each)
    return [_together(name, of, caps, en) for (name, of), caps in named.items()]


def _together(name: str, of: str, caps: Sequence[Cap], en: bool) -> str:
    if en:
        parts = [f"{amount(each.unit, each.limit, en)} a {PERIODS[each.per][1]}" for each in caps]
        return f"{_capital(name)} together: at most {' and '.join(parts)} for {OWNERS[of][1]}"
    parts = [f"每{PERIODS[each.per][0]}最多 {amount(each.unit, each.limit, en)}" for each in caps]
    return f"{name}合计：{OWNERS[of][0]}{'，'.join(parts)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _join(said: Sequence[str], en: bool) -> str:
    return ". ".join(said) + "." if en else "。".join(said) + "。"
