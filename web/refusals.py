"""What a verb refused, as a page says it."""

from __future__ import annotations

from typing import Any

from web.i18n import Say


def said(error: Any) -> Say:
    """The sentence of a refusal with its facts, in the language of the page; a fact in words is translated too."""
    facts = {
        name: Say(fact) if isinstance(fact, str) and fact else fact for name, fact in error.facts.items()
    }
    return Say(error.template, **facts)
