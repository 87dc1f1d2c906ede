"""The same form again is pressing twice; the same key with something else in it is refused, and nothing is done."""

from __future__ import annotations

import ast
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from ledger.errors import ReferenceConflict
from points.awards.errors import AllocatedOtherwise
from points.evidence import acts
from points.people.errors import EnrolledOtherwise
from tests.attack import forms_again
from tests.attack.forms_again import Place, Press
from tests.points.awards.town import Town
from tests.points.awards.town import fresh as fresh_town

HERE = Path(__file__).parents[2]
REFUSED = (ReferenceConflict, EnrolledOtherwise, AllocatedOtherwise)
SAYS_SO = tuple(each.__name__ for each in REFUSED)
NO_CONTENT = {
    "acts.before": "what every verb asks",
    "acts.post": "what every verb is posted with",
    "grants.listed": "a list, whose key is where a page begins",
    "amendments.of": "a list",
    "card_acts.lost": "the card is lost or not, and the member is in the reference",
    "card_acts.renew": "a new card for the member in the reference",
    "household_changes.leave": "the member is in the reference, and there is nowhere else to leave",
    "household_changes.undo": "the change is in the reference",
    "posters.take_down": "the poster is in the reference",
    "consents.withdraw": "a consent that does not stand changes nothing",
    "duplicates.apart": "two are two people, or it was not said; which two is in the row's key",
    "merging.ask": "asks seconds.ask",
    "merging.merge": "the two numbers are in the key of its row",
    "undoing.undo": "the merge is taken back or not",
    "undone.undo": "a redemption is undone once; whoever wants something else to stay is told, in test_undone",
    "undone.asking": "reads what is asked, and writes nothing",
    "plans.asking": "reads what is asked, and writes nothing",
    "rulings.ask": "asks correction_requests.ask",
    "stock_papers.add": "asks attachments.attach",
    "stock_papers.erase": "asks attachments.remove",
    "erasing.approve": "the member is in the reference, the reason in what was asked",
}
"""Verbs whose form holds nothing that its reference does not."""


async def _wrong(town: Town, press: Press, key: str) -> str:
    """What is not as promised when a form is sent twice, and then with something else in it; nothing is `ok`."""
    first = await press(key, False)
    before = await town.head()
    if await press(key, False) != first:
        return "the second answer is not the first"
    try:
        await press(key, True)
    except REFUSED:
        return "ok" if await town.head() == before else "refused, and yet something was written"
    return "something else was taken for the same"


async def _all_wrong(folder: Path, make: Callable[[Place], Awaitable[dict[str, Press]]]) -> dict[str, str]:
    async with fresh_town(folder) as town:
        forms = await make(await forms_again.laid(town, folder / "attachments"))
        found = {
            name: await _wrong(town, press, f"again-{n}") for n, (name, press) in enumerate(forms.items())
        }
        return {name: what for name, what in found.items() if what != "ok"}


@pytest.mark.anyio
async def test_a_form_sent_again_with_something_else_is_refused(tmp_path: Path) -> None:
    """Every verb that takes a key: the same twice is once, other content is a conflict and writes nothing."""
    assert await _all_wrong(tmp_path, forms_again.every) == {}


@pytest.mark.anyio
async def test_a_verb_that_only_asks_whether_its_key_is_known_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault is how it was: a known key is taken for the same request."""

    async def any_of_that_key(book: object, reference: str, _asked: object) -> acts.Done | None:
        if not await acts.known(book, reference):  # type: ignore[arg-type]
            return None
        return acts.Done(reference, 0, await acts.subject(book, reference))  # type: ignore[arg-type]

    monkeypatch.setattr(acts, "before", any_of_that_key)
    monkeypatch.setattr(acts.Done, "require", lambda _done, _same: None)
    found = await _all_wrong(tmp_path, forms_again.of_events)
    assert {"filing.report", "dispatches.send", "taking.take", "amendments.amend"} <= set(found)


def _verbs() -> Iterator[tuple[str, Path]]:
    """Every public verb below points that takes the key of a form, as `module.verb`, with its file."""
    for path in sorted((HERE / "points").rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            if "key" in {each.arg for each in node.args.kwonlyargs}:
                yield f"{path.stem}.{node.name}", path


@pytest.mark.anyio
async def test_every_verb_that_takes_a_key_is_tried(tmp_path: Path) -> None:
    """Here, or by tests beside its own, or it asks `acts.before`; or there is nothing in its form, and it says why."""
    async with fresh_town(tmp_path) as town:
        forms = await forms_again.every(await forms_again.laid(town, tmp_path / "attachments"))
    tried = {name.partition(",")[0] for name in forms}
    verbs = dict(_verbs())
    untried = [
        name
        for name, path in verbs.items()
        if name not in tried and name not in NO_CONTENT and not _tried_beside(path)
    ]
    assert untried == []
    assert tried <= set(verbs), "a form of a verb that is no more"


def _tried_beside(path: Path) -> bool:
    """Whether a module asks with what was asked, or its tests say that its verbs refuse it."""
    if "acts.before(" in path.read_text():
        return True
    tests = HERE / "tests" / path.relative_to(HERE).with_name(f"test_{path.name}")
    return tests.exists() and any(name in tests.read_text() for name in SAYS_SO)
