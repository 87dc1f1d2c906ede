"""How to earn, for everybody: the rules in force and the older ones, worked cases, and “what would I get for …?”."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import asking, rule_books, sentences, worked_cases
from points.awards.asking import Answer, Question
from points.awards.errors import NoRuleBook
from points.awards.rule import RuleBook
from points.awards.rule_books import Shelf
from points.events import categories, dispatches
from points.people import kinds
from web import access, bodies, earning_words, forms, pages, words
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say

MOST_HOURS = 24


USUAL = {
    "deed": "report",
    "category": "E",
    "hours": "1",
    "outcome": "ordinary",
    "repeat": "0",
    "kind": "resident",
}
"""What the form says before anybody chose anything else."""
MORE = ("type_name", "outcome", "people", "repeat", "lane", "kind")
"""The fields that are folded away until one of them says something."""


def _minutes(text: Any) -> Any:
    """1.5 → 90: hours as people write them, in minutes."""
    try:
        return round(float(forms.half_width(text)) * 60)
    except (OverflowError, TypeError, ValueError):
        raise forms.wrong(N_("小时要填数字，例如 1.5。")) from None


Hours = Annotated[int, BeforeValidator(_minutes), Field(ge=0, le=MOST_HOURS * 60)]
People = Annotated[int, Field(ge=0, le=asking.MOST_PEOPLE)]


class Asked(FormModel):
    """What somebody did, or thinks of doing."""

    deed: Literal["report", "service", "held", "meeting", "mediated", "decision", "handled"] = Field(
        "report", title=N_("做了什么")
    )
    category: str = Field("E", pattern="^[A-Z]$", title=N_("哪一类"))
    type_name: Line = Field("", title=N_("是不是其中一种"))
    hours: Hours = Field(60, title=N_("做了几小时"))
    people: People = Field(0, title=N_("另外有几个人"))
    outcome: Literal["oral", "ordinary", "difficult", "failed"] = Field("ordinary", title=N_("调解结果"))
    repeat: Literal["0", "1", "2"] = Field("0", title=N_("一天里别人报过没有"))
    also: list[Literal["first", "major"]] = Field(default=[], title=N_("还有"))
    kind: Line = Field("resident", title=N_("您是"))
    lane: Line = Field("", title=N_("走的是哪一路"))


async def in_force(request: Request) -> Response:
    """GET /rules: the version in force today."""
    shelf = await _shelf(request)
    return _show(request, shelf, _today(request, shelf))


async def version(request: Request) -> Response:
    """GET /rules/{version}: another one; a version is never changed, so this page says the same for ever."""
    shelf, number = await _shelf(request), int(request.path_params["version"])
    if not 1 <= number <= len(shelf.versions):
        raise HTTPException(404)
    return _show(request, shelf, shelf.version(number))


async def examples(request: Request) -> Response:
    """GET /rules/examples: the worked cases, by the version in force today."""
    rule_book = _today(request, await _shelf(request))
    worked = [(each, each.worth(rule_book)) for each in worked_cases.read()]
    return pages.render(
        request,
        "rule_examples.html",
        rule_book=rule_book,
        worked=worked,
        told=earning_words,
        arithmetic=sentences.arithmetic,
    )


async def worth(request: Request) -> Response:
    """GET /rules/worth?deed=…: what somebody would get by the version in force today; the form alone without a deed."""
    shelf, today = await _shelf(request), access.book(request).today()
    rule_book, query = _today(request, shelf), bodies.query(request)
    mine = access.visitor(request)
    if not query.one("deed"):
        return _asked(request, rule_book, forms.empty(Asked))
    filled = forms.read(Asked, query)
    if filled.value is None:
        return _asked(request, rule_book, filled, status_code=422)
    question = _question(filled.value, rule_book)
    if mine is None:
        return _asked(request, rule_book, filled, asking.answer(question, rule_book, today))
    found = await asking.answer_for(access.book(request), question, shelf, today, member=mine.member)
    return _asked(request, rule_book, filled, found)


def _asked(
    request: Request,
    rule_book: RuleBook,
    filled: Filled[Asked],
    found: Answer | None = None,
    *,
    status_code: int = 200,
) -> Response:
    return pages.render(
        request,
        "rule_worth.html",
        status_code=status_code,
        rule_book=rule_book,
        filled=replace(filled, values=USUAL | {name: text for name, text in filled.values.items() if text}),
        found=found,
        more=any(filled.values.get(name, "") not in ("", USUAL.get(name, "")) for name in MORE),
        told=earning_words,
        arithmetic=sentences.arithmetic,
        letters=[(letter, words.category(letter)) for letter in categories.read().names],
        kinds=[(key, Say(name)) for key, name in kinds.NAMES.items()],
        signed_in=access.visitor(request) is not None,
    )


def _question(asked: Asked, rule_book: RuleBook) -> Question:
    """What is asked, with what the book does not know left out: it would make no difference, and is nobody's word."""
    known = {value for value, _label in earning_words.types(rule_book)}
    return Question(
        deed=asked.deed,
        category=asked.category,
        type_name=asked.type_name if asked.type_name in known else "",
        minutes=asked.hours,
        people=asked.people,
        outcome=asked.outcome,
        found_first="first" in asked.also,
        major="major" in asked.also,
        repeat=int(asked.repeat) if asked.deed == "report" else 0,
        member_kind=asked.kind if asked.kind in kinds.NAMES else "resident",
        lane=asked.lane if asked.lane in dispatches.LANES else "",
    )


def _show(request: Request, shelf: Shelf, rule_book: RuleBook) -> Response:
    today = access.book(request).today()
    following = shelf.versions[rule_book.version] if rule_book.version < len(shelf.versions) else None
    return pages.render(
        request,
        "rules.html",
        rule_book=rule_book,
        now=_or_none(shelf, today),
        following=following,
        others=[each for each in reversed(shelf.versions) if each.version != rule_book.version],
        told=earning_words,
        today=today,
    )


def _or_none(shelf: Shelf, today: Any) -> RuleBook | None:
    try:
        return shelf.on(today)
    except NoRuleBook:
        return None


def _today(request: Request, shelf: Shelf) -> RuleBook:
    """The version in force today; before there is any, there is no such page."""
    found = _or_none(shelf, access.book(request).today())
    if found is None:
        raise HTTPException(404)
    return found


async def _shelf(request: Request) -> Shelf:
    return await rule_books.shelf(access.book(request))
