"""Forms: pydantic checks them, every error is found at once and said in our words, and what was typed is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from web.bodies import Form
from web.i18n import N_, Say

M = TypeVar("M", bound=BaseModel)

_SENTENCES = {
    "missing": N_("请填写{label}。"),
    "string_too_short": N_("{label}至少要 {min_length} 个字。"),
    "string_too_long": N_("{label}最多 {max_length} 个字。"),
    "too_short": N_("{label}至少选 {min_length} 项。"),
    "string_pattern_mismatch": N_("{label}的格式不对，请再看一下。"),
    "int_parsing": N_("{label}要填整数，例如 5。"),
    "greater_than_equal": N_("{label}不能小于 {ge}。"),
    "less_than_equal": N_("{label}不能大于 {le}。"),
    "literal_error": N_("请在{label}里选一项。"),
    "enum": N_("请在{label}里选一项。"),
    "date_from_datetime_parsing": N_("{label}要填日期，例如 2026-11-18。"),
}
_OTHERWISE = N_("{label}填得不对，请再看一下。")
_FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class FormModel(BaseModel):
    """The base of every form; each field's `title` is its label, in Chinese, in the catalogue."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def wrong(msgid: str, **facts: Any) -> PydanticCustomError:
    """What a validator raises to say a sentence of its own."""
    return PydanticCustomError("say", "{msgid}", {"msgid": msgid, **facts})


def clean(text: Any) -> Any:
    """NFC, without control, invisible and direction characters, without spaces around."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip() if isinstance(text, str) else text


def plain_digits(text: Any) -> Any:
    """１２ ３４ or 12-34 → 1234: as people and scanners type codes."""
    return re.sub(r"[\s-]", "", half_width(text)) if isinstance(text, str) else text


def half_width(text: str) -> str:
    """ＡＢ１２ → AB12, cleaned. Not NFKC, which would make 5² into 52."""
    return str(clean(text)).translate(_FULL_WIDTH)


def _whole(text: Any) -> Any:
    digits = half_width(text) if isinstance(text, str) else text
    if isinstance(digits, str) and not re.fullmatch(r"[0-9]{1,9}", digits):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return digits


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


Line = Annotated[str, BeforeValidator(clean), AfterValidator(_one_line), Field(max_length=200)]
Prose = Annotated[str, BeforeValidator(clean), Field(max_length=2000)]
Digits = Annotated[str, BeforeValidator(plain_digits), Field(pattern=r"^[0-9]+$", max_length=40)]
Code = Annotated[str, BeforeValidator(plain_digits), Field(pattern=r"^[0-9A-Za-z]+$", max_length=40)]
Count = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=1_000_000)]


@dataclass(frozen=True)
class Filled(Generic[M]):
    """A form as it was filled in: `value` when it is right, else `errors` by field; `values` are as typed."""

    model: type[M]
    values: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, Say] = field(default_factory=dict)
    value: M | None = None

    def label(self, name: str) -> Say:
        """The label of a field."""
        return _label(self.model, name)

    def failed(self, name: str, sentence: Say) -> Filled[M]:
        """The same form with an error that only the verb could find."""
        return Filled(self.model, self.values, self.chosen, {**self.errors, name: sentence})


def empty(model: type[M], **values: str) -> Filled[M]:
    """A form nobody has filled in yet, or only with these values."""
    return Filled(model, values)


def read(model: type[M], form: Form) -> Filled[M]:
    """Checks a form. Fields left empty count as not given; raises `Malformed` when a single field stands twice."""
    many = [name for name, info in model.model_fields.items() if get_origin(info.annotation) in (list, tuple)]
    values = {name: form.one(name) for name in model.model_fields if name not in many}
    chosen = {name: form.all(name) for name in many}
    given: dict[str, Any] = {name: text for name, text in values.items() if clean(text)} | chosen
    try:
        return Filled(model, values, chosen, value=model.model_validate(given))
    except ValidationError as exc:
        errors: dict[str, Say] = {}
        for found in exc.errors(include_url=False, include_input=False):
            name = str(found["loc"][0]) if found["loc"] else ""
            errors.setdefault(name, _sentence(model, name, found["type"], found.get("ctx", {})))
        return Filled(model, values, chosen, errors)


def _sentence(model: type[BaseModel], name: str, kind: str, facts: dict[str, Any]) -> Say:
    if kind == "say":
        return Say(facts["msgid"], **{key: value for key, value in facts.items() if key != "msgid"})
    known = {key: value for key, value in facts.items() if isinstance(value, str | int)}
    return Say(_SENTENCES.get(kind, _OTHERWISE), label=_label(model, name), **known)


def _label(model: type[BaseModel], name: str) -> Say:
    info = model.model_fields.get(name)
    return Say((info.title if info else None) or name)
