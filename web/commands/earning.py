"""`jishan rules say`, `examples`, `worth`: how to earn, in sentences, in worked cases, and for a deed of one's own."""

from __future__ import annotations

from typing import Any

import click

from ledger.book import Book
from points.awards import asking, rule_books, rule_sentences, sentences, worked_cases
from points.awards.asking import Answer as Found
from points.awards.asking import Question
from points.awards.rule import RuleBook
from points.people import members
from web import earning_words
from web.commands.helping import Named
from web.commands.options import Whole
from web.commands.refusals import Refused
from web.commands.rules import rules
from web.commands.terminal import Answer, Meter, run
from web.i18n import gettext as _
from web.i18n import language

__all__ = ["rules"]


@rules.command()
@click.argument("version", type=Whole(1, 2**31 - 1), required=False)
def say(version: int | None) -> None:
    """每一条说成一句话，不写就是现在的 · Each rule in a sentence; of today's version, when none is named."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shelf = await rule_books.shelf(book)
        if version is not None and version > len(shelf.versions):
            raise Refused(_("没有第 {n} 版。").format(n=version))
        rule_book = shelf.on(book.today()) if version is None else shelf.version(version)
        said = rule_sentences.rules(rule_book, language())
        return Answer([sentence for _name, sentence in said], {"rules": dict(said)})

    run(work)


@rules.command()
@click.option("--document", is_flag=True, help="写成文档，按默认细则 · as a document, by the default rules")
def examples(document: bool) -> None:
    """算分的例子，按现在的细则 · Worked cases, by the rules in force today."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if document:
            text = worked_cases.document()
            return Answer(text.splitlines(), {"text": text})
        rule_book = await rule_books.in_force(book, book.today())
        worked = [(each, each.worth(rule_book)) for each in worked_cases.read()]
        lines = [
            f"{place:2} {each.zh if language() == 'zh' else each.en} → {_sum(worth.arithmetic, rule_book)}"
            for place, (each, worth) in enumerate(worked, start=1)
        ]
        data = [{"rule": worth.rule, "points": worth.points} for _each, worth in worked]
        return Answer(lines, {"examples": data})

    run(work)


@rules.command()
@click.option(
    "--deed",
    type=click.Choice(list(asking.DEEDS)),
    default="report",
    show_default=True,
    help="做了什么 · what was done",
)
@click.option("--category", default="E", show_default=True, metavar="D…Z", help="类别 · category")
@click.option("--type", "type_name", default="", metavar="NAME", help="事件自己的类型 · the event's own type")
@click.option("--minutes", type=Whole(0, 1440), default=0, help="做了几分钟 · for how many minutes")
@click.option("--people", type=Whole(0, asking.MOST_PEOPLE), default=0, help="另外几个人 · how many others")
@click.option(
    "--outcome",
    type=Named(earning_words.OUTCOMES),
    default="ordinary",
    help="调解结果 · of a mediation",
)
@click.option(
    "--repeat", type=Whole(0, 99), default=0, help="已经报过几次 · how often it was reported before"
)
@click.option("--found-first", is_flag=True, help="未诉先办 · before anyone complained")
@click.option("--major", is_flag=True, help="重大险情 · a major hazard")
@click.option("--member", metavar="NUMBER", help="谁问的，算上已用的上限 · whose caps to count")
def worth(member: str | None, **said: Any) -> None:
    """能得几分 · What would be given for something."""

    async def work(book: Book, _meter: Meter) -> Answer:
        question, shelf, today = Question(**said), await rule_books.shelf(book), book.today()
        if member is None:
            found = asking.answer(question, shelf.on(today), today)
        else:
            number = (await members.find(book, member)).number
            found = await asking.answer_for(book, question, shelf, today, member=number)
        return _answer(found, shelf.on(today))

    run(work)


def _answer(found: Found, rule_book: RuleBook) -> Answer:
    given = found.now or found.before
    named = earning_words.named(rule_book, given.rule)
    much = rule_sentences.points(given.points, language() == "en")
    lines = [_("{rule}：{points}").format(rule=named, points=much), _sum(given.arithmetic, rule_book)]
    if found.now:
        lines += [
            f"{rule_sentences.cap(each.cap, language())} ({each.used}/{each.cap.limit})"
            for each in found.caps
        ]
    data = {
        "rule": given.rule,
        "points": given.points,
        "before_caps": found.before.points,
        "minutes": given.minutes,
        "caps": {each.cap.id: {"limit": each.cap.limit, "used": each.used} for each in found.caps},
    }
    return Answer(lines, data)


def _sum(steps: Any, rule_book: RuleBook) -> str:
    return sentences.arithmetic(steps, rule_book, language())
