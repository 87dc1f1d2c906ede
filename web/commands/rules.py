"""`jishan rules`: rule books, the draft of the next, what it changes and would have cost, and publishing by two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger.book import Book
from points.awards import publications, rehearsals, rule_books, rule_differences, rule_drafts, rule_text
from points.awards.publications import Asked
from points.awards.rehearsal import Line, Rehearsal, Side
from points.awards.rule_differences import Difference
from points.awards.rule_drafts import Saved
from points.keys import new_key
from points.people import areas
from web import rule_words
from web.commands.options import BY, Day, File, Whole
from web.commands.refusals import Refused
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _
from web.text import signed
from web.views.rule_books import standing

FILE = click.argument("file", type=File())
MAYBE = click.argument("file", type=File(), required=False)
SHOWN = 10


@click.group(cls=Group)
def rules() -> None:
    """积分细则：什么值几分、从哪天起、谁同意的 · Rule books: what is worth how much, since when, and who
    agreed.
    """


@rules.command("list")
def list_() -> None:
    """发布过的、等发布的和草稿 · Every version, what waits for a second person, and the draft."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shelf, waiting = await rule_books.shelf(book), await publications.waiting(book)
        draft = await rule_drafts.current(book)
        rows = [
            [
                str(each.version),
                each.in_force_from.isoformat(),
                each.digest[-12:],
                _state(shelf, each.version, book),
            ]
            for each in shelf.versions
        ]
        lines = table([[_("版"), _("哪天起生效"), _("核对码"), ""], *rows])
        lines += [_asked_line(each) for each in waiting]
        if draft.id:
            lines.append(_("草稿 {key}，{by} 保存").format(key=draft.id, by=draft.saved_by))
        data = {
            "versions": [
                {"version": each.version, "in_force_from": str(each.in_force_from), "digest": each.digest}
                for each in shelf.versions
            ],
            "waiting": [_asked_data(each) for each in waiting],
            "draft": draft.id,
        }
        return Answer(lines, data)

    run(work)


def _state(shelf: rule_books.Shelf, version: int, book: Book) -> str:
    return _(rule_words.STANDING[standing(shelf, version, book.today())][0])


@rules.command()
@click.argument("version", type=Whole(1, 2**31 - 1), required=False)
def show(version: int | None) -> None:
    """看一版的全文，不写就是草稿 · The text of a version; of the draft, when none is named."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if version is None:
            saved = await rule_drafts.current(book)
        elif version > len((await rule_books.shelf(book)).versions):
            raise Refused(_("没有第 {n} 版。").format(n=version))
        else:
            saved = await rule_drafts.beginning(book, version)
        return Answer(saved.text.splitlines(), {"text": saved.text, "digest": saved.digest})

    run(work)


@rules.command()
@FILE
@BY
def draft(file: Path, by: str) -> None:
    """把文件存为下一版的草稿 · Save a file as the draft of the next version."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now = await rule_drafts.current(book)
        saved = await rule_drafts.save(book, _read(file), point=now.point, by=by)
        base = await rule_drafts.beginning(book, saved.follows)
        found = rule_differences.between(base.text, saved.text)
        said = _("✓ 草稿存好了，编号 {key}，核对码 {digest}").format(key=saved.id, digest=saved.digest[-12:])
        return Answer([said, *_differences(found)], {"draft": saved.id, "digest": saved.digest})

    run(work)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("{file} 不是 UTF-8 的文字。").format(file=file)) from None


@rules.command()
@MAYBE
def difference(file: Path | None) -> None:
    """草稿或文件和现在一版的不同 · What the draft, or a file, changes."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now = await rule_drafts.current(book)
        base, text = await rule_drafts.beginning(book, now.follows), _read(file) if file else now.text
        rule_text.parse(text)
        found = rule_differences.between(base.text, text)
        return Answer(_differences(found), {"differences": [_difference_data(each) for each in found]})

    run(work)


def _differences(found: Sequence[Difference]) -> list[str]:
    lines = [] if found else [_("没有不同。")]
    for each in found:
        became = _(rule_words.BECAME[each.what][0])
        lines.append(f"{became} {each.id} {rule_words.heading(each)}".replace("  ", " "))
        for change in each.changes:
            was, becomes = (
                rule_words.value(change.key, said) if said else "—" for said in (change.was, change.becomes)
            )
            lines.append(f"    {rule_words.key(change.key)}  {was} → {becomes}")
    return lines


def _difference_data(each: Difference) -> dict[str, Any]:
    changes = {one.key: [one.was, one.becomes] for one in each.changes}
    return {"kind": each.kind, "what": each.what, "id": each.id, "changes": changes}


@rules.command()
@MAYBE
@click.option("--from", "first", required=True, type=Day(), metavar="YYYY-MM-DD")
@click.option("--to", "last", required=True, type=Day(), metavar="YYYY-MM-DD")
def rehearse(file: Path | None, first: date, last: date) -> None:
    """试算：草稿或文件把过去的事重算一遍，不动账 · Play the draft, or a file, over what really happened."""

    async def work(book: Book, meter: Meter) -> Answer:
        saved = await rule_drafts.current(book)
        rule_book = rule_text.parse(_read(file)) if file else saved.rule_book
        found = await rehearsals.rehearse(book, rule_book, first, last, progress=meter(_("试算")))
        named = await areas.many(book, [one.code for one in found.communities])
        names = {code: place.name for code, place in named.items()}
        return Answer(_rehearsed(found, names), found.said())

    run(work)


def _rehearsed(found: Rehearsal, names: dict[str, str]) -> list[str]:
    sums = found.totals
    said = _(
        "{events:,} 件事，{n:,} 项核实过的参与：现在 {now:,} 分，草稿 {draft:,} 分，差 {more} 分；账上 {ledger:,} 分"
    )
    facts = {
        "now": sums.now,
        "draft": sums.draft,
        "ledger": sums.ledger,
        "more": signed(sums.draft - sums.now),
    }
    lines = [said.format(events=found.events, n=found.contributions, **facts)]
    people = _("{gained:,} 人多了，共 {more:,} 分；{lost:,} 人少了，共 {less:,} 分；{same:,} 人不变")
    lines.append(
        people.format(
            gained=found.gained.members,
            more=found.gained.amount,
            lost=found.lost.members,
            less=found.lost.amount,
            same=found.unchanged,
        )
    )
    if found.corrected:
        lines.append(_("已经更正的 {n:,} 项没有算").format(n=found.corrected))
    lines.append(_("{n:,} 个社区的资金不够：").format(n=len(found.short)) if found.short else _("资金都够。"))
    rows = [
        [names.get(one.code, one.code), f"{one.fund:,}", f"{one.now:,}", f"{one.draft:,}", f"{one.short:,}"]
        for one in found.short[:SHOWN]
    ]
    head = [_("社区"), _("拨付"), _("现在"), _("草稿"), _("资金还缺")]
    lines += table([head, *rows], right=range(1, 5)) if rows else []
    moved = [
        [each.member, f"{each.now:,}", f"{each.draft:,}", signed(each.draft - each.now)]
        for each in (*found.gainers, *found.losers)
    ]
    people_head = ["", _("现在"), _("草稿"), _("差多少")]
    lines += table([people_head, *moved], right=range(1, 4)) if moved else []
    return [*lines, *_both(_("上限"), found.caps), *_both(_("细则"), found.rules)]


def _both(heading: str, found: Sequence[Line]) -> list[str]:
    rows = [[heading, _("现在"), _("草稿")]]
    for line in found:
        if line.now != Side() or line.draft != Side():
            unit = _(rule_words.UNITS[line.unit])
            sides = [f"{side.times:,} × {side.amount:,} {unit}" for side in (line.now, line.draft)]
            rows.append([f"{line.id} {rule_words.named(line)}", *sides])
    return table(rows, right=range(1, 3)) if len(rows) > 1 else []


@rules.command()
@click.option(
    "--meeting", required=True, metavar="NUMBER", help="哪次议事会定的 · the meeting that agreed on it"
)
@BY
def ask(meeting: str, by: str) -> None:
    """申请发布草稿，附议事会的纪要 · Ask that the draft be published, with the minutes of a meeting."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now: Saved = await rule_drafts.current(book)
        asked = await publications.ask(book, draft=now.id, meeting=meeting, by=by, key=new_key())
        said = _("✓ 申请好了。由另一位管理员或审批人发布：jishan rules decide {key} --digest {digest} --by …")
        return Answer(
            [_asked_line(asked), said.format(key=asked.id, digest=asked.digest)], _asked_data(asked)
        )

    run(work)


@rules.command()
@click.argument("request")
@click.option(
    "--digest", required=True, metavar="DIGEST", help="看到的申请的核对码 · of the request, as it was seen"
)
@click.option("--refuse", is_flag=True, help="不同意 · do not publish it")
@BY
def decide(request: str, digest: str, refuse: bool, by: str) -> None:
    """另一个人发布，或者不同意 · Publish what somebody else asked for, or refuse it."""

    async def work(book: Book, _meter: Meter) -> Answer:
        done = await publications.decide(book, request, approved=not refuse, digest=digest, by=by)
        said = _("没有同意第 {n} 版。") if refuse else _("✓ 发布了第 {n} 版，{day} 起生效")
        return Answer([said.format(n=done.version, day=done.in_force_from)], _asked_data(done))

    run(work)


@rules.command()
@FILE
@BY
def publish(file: Path, by: str) -> None:
    """一个人发布：只在从来没有第二个人的账本里 · Publish alone, in a book that never had a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        done = await rule_books.publish(book, rule_drafts.plain(_read(file)), by=by, on=book.today())
        said = _("✓ 发布了第 {n} 版，{day} 起生效").format(n=done.version, day=done.in_force_from)
        return Answer([said], {"version": done.version, "digest": done.digest})

    run(work)


def _asked_line(each: Asked) -> str:
    said = _("第 {n} 版，{day} 起生效，{by} 申请，{state}，编号 {key}")
    state = _(rule_words.STATES[each.state][0])
    return said.format(n=each.version, day=each.in_force_from, by=each.asked_by, state=state, key=each.id)


def _asked_data(each: Asked) -> dict[str, Any]:
    return {
        "request": each.id,
        "version": each.version,
        "in_force_from": each.in_force_from.isoformat(),
        "digest": each.digest,
        "text_digest": each.text_digest,
        "replaces": list(each.replaces),
        "state": each.state,
    }
