"""The draft of the next rule book: the common figures as a form above the whole text, and what it changes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from points.awards import rule_differences, rule_drafts, rule_edits
from points.awards.errors import BadRuleBook, DraftChanged, NoSuchFigure, NotEditable, UnknownDraft
from points.awards.rule_drafts import Saved
from points.awards.rule_edits import Value
from points.errors import PointsError
from web import access, bodies, entries, forms, pages, rule_words
from web.forms import Filled, FormModel
from web.i18n import N_, Say
from web.refusals import said
from web.views.rule_books import KEEPERS, is_keeper, whole

_WHOLE = re.compile(r"[0-9]{1,7}", re.ASCII)


class Written(FormModel):
    """The text; the figures above it are named by their paths, and so not listed here."""

    text: str = ""


@dataclass
class Typed:
    """What was typed into the form: figures that differ from those shown, and the whole text."""

    text: str
    values: dict[str, str]
    changes: dict[str, Value] = field(default_factory=dict)
    errors: dict[str, Say] = field(default_factory=dict)


async def show(request: Request) -> Response:
    """GET /rule-books/draft: the draft as it stands, to be changed."""
    now = await rule_drafts.current(whole(request, KEEPERS))
    return await _page(request, now, Filled(Written, {"text": now.text, **shown(now.text)}))


async def save(request: Request) -> Response:
    """POST /rule-books/draft: saves the text with the figures that were changed; what was typed is kept on an error."""
    book, form = whole(request, KEEPERS), access.form(request)
    base = await _base(book, form.one("point"))
    typed = read(form, base.text)
    problems: Sequence[str] = ()
    differences: list[rule_differences.Difference] = []
    if not typed.errors:
        try:
            text = _together(typed)
            await rule_drafts.save(book, text, point=base.point, by=access.who(request).member)
            return pages.see(str(request.app.url_path_for("rule_books.difference")))
        except BadRuleBook as bad:
            problems = bad.facts["found"]
            typed.errors["text"] = Say(WRONG, count=len(problems))
        except (NoSuchFigure, NotEditable) as refusal:
            typed.errors[str(refusal.facts["key"])] = said(refusal)
        except DraftChanged as changed:
            base = await rule_drafts.current(book)
            differences = rule_differences.between(base.text, text)
            typed.errors[""] = Say(changed.template, by=await _who(book, base))
        except PointsError as refusal:
            typed.errors[""] = said(refusal)
    filled = Filled(Written, {"text": typed.text, **typed.values}, errors=typed.errors)
    return await _page(request, base, filled, problems=problems, differences=differences, status_code=422)


WRONG = N_("全文有 {count} 处不对，没有保存。写下的都还在，改好再保存。")
NOT_WHOLE = N_("{label}要填整数，例如 5。")
NOT_A_DAY = N_("{label}要填日期，例如 2026-11-18。")
EMPTY = N_("请填写{label}。")


async def difference(request: Request) -> Response:
    """GET /rule-books/draft/difference: rule by rule, what was and what it becomes."""
    book = whole(request)
    now, base = await rule_drafts.current(book), await _base(book, "")
    return pages.render(
        request,
        "rule_difference.html",
        draft=now,
        differences=rule_differences.between(base.text, now.text),
        names=await entries.staff_names(book, [now.saved_by]),
        keeper=is_keeper(request),
        told=rule_words,
        today=book.today(),
    )


def shown(text: str) -> dict[str, str]:
    """Each figure as the form shows it; one that is left out is an empty field."""
    every = rule_edits.figures(text).every
    return {path: "" if value is None else str(value) for path, value in every.items()}


def read(form: bodies.Form, base: str) -> Typed:
    """What was typed, held against what the page had shown: only what somebody changed is a change."""
    before, kinds = shown(base), rule_edits.figures(base).every
    values = {path: form.one(path, before[path]) for path in before}
    typed = Typed(rule_drafts.plain(form.one("text", base)), values)
    for path, text in values.items():
        if text.strip() != before[path]:
            _read_one(typed, path, text, kinds[path])
    return typed


def _read_one(typed: Typed, path: str, text: str, was: Value | None) -> None:
    plain = forms.half_width(text) if not isinstance(was, str) else str(forms.clean(text))
    label = rule_words.key(rule_key(path))
    if isinstance(was, date):
        try:
            typed.changes[path] = date.fromisoformat(plain)
        except ValueError:
            typed.errors[path] = Say(NOT_A_DAY, label=label)
    elif isinstance(was, str):
        if plain:
            typed.changes[path] = plain
        else:
            typed.errors[path] = Say(EMPTY, label=label)
    elif _WHOLE.fullmatch(plain) or (not plain and was is None):
        typed.changes[path] = int(plain or 0)
    else:
        typed.errors[path] = Say(NOT_WHOLE, label=label)


def rule_key(path: str) -> str:
    """The key at the end of a path, as `rule_words.KEYS` names it."""
    parts = path.split(".")
    if parts[0] == "rules":
        return ".".join(parts[2:])
    return parts[-1] if parts[0] in ("caps", "repeats") else path


def _together(typed: Typed) -> str:
    """The text that was typed, with the figures that were changed beside it. Raises BadRuleBook for no TOML at all."""
    try:
        return rule_edits.changed(typed.text, typed.changes)
    except tomllib.TOMLDecodeError as wrong:
        raise BadRuleBook(count=1, problems=str(wrong), found=[f"不是 TOML：{wrong}"]) from wrong


async def _base(book: Any, point: str) -> Saved:
    """What a page showed before it was changed; without a point the newest version itself."""
    now = await rule_drafts.current(book)
    if point == now.point:
        return now
    if not point or point.startswith("version/"):
        return await rule_drafts.beginning(book, now.follows)
    try:
        return await rule_drafts.find(book, point)
    except UnknownDraft as unknown:
        raise bodies.Malformed("no such draft") from unknown


async def _who(book: Any, saved: Saved) -> str:
    return (await entries.staff_names(book, [saved.saved_by])).get(
        saved.saved_by or "", saved.saved_by or "—"
    )


async def _page(
    request: Request,
    base: Saved,
    filled: Filled[Written],
    *,
    problems: Sequence[str] = (),
    differences: Sequence[rule_differences.Difference] = (),
    status_code: int = 200,
) -> Response:
    book = access.book(request)
    labels: Mapping[str, object] = {path: rule_words.key(rule_key(path)) for path in shown(base.text)}
    return pages.render(
        request,
        "rule_draft.html",
        status_code=status_code,
        filled=filled,
        base=base,
        figures=rule_edits.figures(base.text),
        labels=labels,
        problems=problems,
        differences=differences,
        names=await entries.staff_names(book, [base.saved_by]),
        told=rule_words,
        today=book.today(),
    )
