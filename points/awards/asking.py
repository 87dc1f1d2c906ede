"""“What would I get for …?”: a case that nobody has done yet, worked out by the rules that would judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger.book import Book
from points.awards import particulars, standing
from points.awards.caps import Cap
from points.awards.cases import Case, Decision, Doing, Repetition
from points.awards.rule import Rule, RuleBook
from points.awards.rule_books import Shelf
from points.awards.rules import History, Worth, awards_for, caps_on, home
from points.people.models import Member

DEEDS = {
    "report": ("report", "reporter"),
    "service": ("activity", "participant"),
    "held": ("activity", "reporter"),
    "meeting": ("meeting", "participant"),
    "mediated": ("mediation", "mediator"),
    "decision": ("decision", "participant"),
    "handled": ("report", "handler"),
}
"""What somebody may have done: kind of event and role."""
MOST_PEOPLE = 200
NOBODY = "V-0"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `people`: how many others took part, mediated or did the same; `repeat`: how often it was reported
    before, by whomever. The rest as in a Case."""

    deed: str = "report"
    category: str = "Z"
    type_name: str = ""
    minutes: int = 0
    people: int = 0
    outcome: str = "ordinary"
    found_first: bool = False
    major: bool = False
    repeat: int = 0
    member_kind: str = "resident"
    lane: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """How much of a cap is left to whoever asks, in the period of the day asked about."""

    cap: Cap
    used: int

    @property
    def left(self) -> int:
        """Never below zero, also when an older limit let more be used."""
        return max(0, self.cap.limit - self.used)


@dataclass(frozen=True, slots=True)
class Answer:
    """By which rule; `before` as if no cap had been used yet, `now` after what the asker used of theirs (None for a
    stranger), and what is left of each cap over it."""

    rule: Rule | None
    before: Worth
    now: Worth | None = None
    caps: tuple[Left, ...] = ()


def case(question: Question, day: date, *, member: str = NOBODY) -> Case:
    """The question as an event with its contributions; the asker's comes first."""
    kind, role = DEEDS[question.deed]
    mine = Doing("mine", member, question.member_kind, role, question.minutes or None)
    others_role = "participant" if question.deed == "held" else role
    with_me = 0 if question.deed in ("report", "decision") else question.people
    others = [
        replace(mine, id=f"other-{n}", member=f"W-{n}", member_kind="volunteer", role=others_role)
        for n in range(with_me)
    ]
    doings = [replace(each, outcome=question.outcome) for each in (mine, *others)]
    return Case(
        event="asked",
        day=day,
        community="",
        kind=kind,
        category=question.category,
        type_name=question.type_name,
        severity="major" if question.major else "ordinary",
        found_first=question.found_first,
        contributions=tuple(doings),
        repeat=Repetition("earlier", question.repeat) if question.repeat else None,
        lane=question.lane,
        campaign=question.campaign,
    )


def answer(question: Question, rule_book: RuleBook, day: date) -> Answer:
    """What anybody would get, before caps are used. Pure."""
    return _answer(case(question, day), rule_book, History())


async def answer_for(book: Book, question: Question, rules: Shelf, day: date, *, member: str) -> Answer:
    """The same for a member, as they are, with what they and their household used of the caps before.

    By the version in force that day. At most a dozen statements. Raises DoesNotExist for a number that nobody has.
    """
    row = await Member.get(number=member, using_db=book.reader)
    bare = case(replace(question, member_kind=row.kind), day, member=member)
    found = (await particulars.fill(book, [bare], rules=rules))[0]
    asked = replace(found, lane=question.lane, campaign=question.campaign)
    history, _ = await standing.read(book, [asked], [asked.contributions[0].id], rules=rules)
    return _answer(asked, rules.on(day), history, known=True)


def _answer(asked: Case, rule_book: RuleBook, history: History, *, known: bool = False) -> Answer:
    mine = asked.contributions[0]
    decisions = [Decision(each.id, accepted=True) for each in asked.contributions]
    before = awards_for(asked, decisions, rule_book, History())[0]
    now = awards_for(asked, decisions, rule_book, history)[0] if known else None
    caps = [Left(cap, _used(cap, mine, asked.day, history)) for cap in caps_on(asked, mine, rule_book)]
    rule = None if mine.on_duty else rule_book.rule_for(asked, mine)
    return Answer(rule, before, now, tuple(caps))


def _used(cap: Cap, mine: Doing, day: date, history: History) -> int:
    owner = mine.member if cap.of == "member" else home(mine.household)
    used: Mapping[tuple[str, str], int] = history.of(owner)
    return used.get((cap.id, cap.period(day)), 0)
