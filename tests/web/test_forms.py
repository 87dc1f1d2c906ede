"""Forms say everything that is wrong, in words, and keep what was typed."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import Field, field_validator

from web import forms
from web.bodies import Form, Malformed
from web.forms import Code, Count, Digits, FormModel, Line, Prose, wrong
from web.i18n import Say, speaking


class Order(FormModel):
    """One field of each kind."""

    who: Line = Field(title="找人")
    card: Digits = Field(default="0", title="卡号")
    count: Count = Field(title="几份", le=5)
    why: Prose = Field(default="", title="为什么")
    item: Literal["soap", "rice"] = Field(title="换什么")
    lines: list[str] = Field(title="哪几行", min_length=1)

    @field_validator("who")
    @classmethod
    def _not_a_ghost(cls, who: str) -> str:
        if who == "鬼":
            raise wrong("没有找到成员 {member}。", member=who)
        return who


def filled(**changes: str | list[str]) -> forms.Filled[Order]:
    """A right form with some fields changed."""
    fields: dict[str, str | list[str]] = {
        "who": "王秀兰",
        "count": "2",
        "item": "soap",
        "lines": ["1", "2"],
        **changes,
    }
    pairs = [
        (key, one) for key, value in fields.items() for one in ([value] if isinstance(value, str) else value)
    ]
    return forms.read(Order, Form(pairs))


def test_a_right_form_is_a_value() -> None:
    """Whole numbers are numbers, several values a list, and what is not asked for is left out."""
    value = filled(csrf="x").value
    assert value == Order(who="王秀兰", count=2, item="soap", lines=["1", "2"])


def test_every_error_is_found_at_once() -> None:
    """Four wrong fields have four sentences, each with its label, and the values are kept."""
    read = filled(who="  ", count="9", item="gold", lines=[])
    assert read.value is None
    assert {name: str(error) for name, error in read.errors.items()} == {
        "who": "请填写找人。",
        "count": "几份不能大于 5。",
        "item": "请在换什么里选一项。",
        "lines": "哪几行至少选 1 项。",
    }
    assert read.values["count"] == "9"


def test_errors_are_said_in_english_too() -> None:
    """The same error, shown on an English page."""
    error = filled(count="").errors["count"]
    with speaking("en"):
        assert str(error) == "Fill in: How many."


@pytest.mark.parametrize("count", ["1.5", "1_0", "0x2", "²", "٢", "1e1", "True", "-1", "9" * 400, "0", "NaN"])
def test_only_whole_numbers_are_numbers(count: str) -> None:
    """No fraction, sign, underscore, foreign digit or word passes for a count."""
    assert "count" in filled(count=count).errors


def test_people_may_type_as_they_do() -> None:
    """Full-width digits, spaces, hyphens and invisible characters are what people and scanners send."""
    value = filled(who="\u200b 王  秀兰\n\x1b ", count=" ４ ", card="1234-5６78").value
    assert value is not None
    assert (value.who, value.count, value.card) == ("王 秀兰", 4, "12345678")


def test_a_validator_speaks_in_its_own_words() -> None:
    """The sentence is translated when it is shown, with its facts."""
    assert filled(who="鬼").errors == {"who": Say("没有找到成员 {member}。", member="鬼")}


def test_what_the_verb_found_stands_beside_its_field() -> None:
    """A refusal that only the verb could know is shown as any other error."""
    failed = filled().failed("count", Say("现在太忙"))
    assert str(failed.errors["count"]) == "现在太忙"
    assert failed.values["who"] == "王秀兰"


def test_a_single_field_given_twice_is_malformed() -> None:
    """Only lists may stand twice."""
    with pytest.raises(Malformed):
        filled(who=["王秀兰", "张强"])


def test_a_code_has_letters_and_digits() -> None:
    """S-0001 may be typed with or without its hyphen in a field for codes."""

    class Number(FormModel):
        number: Code = Field(title="工号")

    assert forms.read(Number, Form([("number", "s-0001")])).value == Number(number="s0001")
    assert "number" in forms.read(Number, Form([("number", "<b>")])).errors
    assert forms.empty(Number, number="7").values == {"number": "7"}
