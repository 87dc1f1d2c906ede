"""Rule books: versions, the draft of the next, its rehearsal, and its publication by two."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.awards.rule_books import APPROVERS
from web.access import Door
from web.again import asked_again
from web.i18n import N_
from web.views import publications, rehearsals, rule_books, rule_drafts

READERS, KEEPERS = frozenset(rule_books.READERS), frozenset(rule_books.KEEPERS)
DECIDERS = frozenset(APPROVERS)
AT = "/rule-books"
DRAFT = AT + "/draft"
REQUEST = AT + "/requests/{request}"
LONG = 4 * 65_536
"""A rule book in Chinese takes nine letters of a form for each of its own."""

ROUTES: list[BaseRoute] = [
    Door(
        AT,
        rule_books.index,
        name="rule_books",
        who=READERS,
        menu=N_("积分细则"),
        aside=N_("怎么记分：看各版，起草下一版，试算，两个人发布。"),
    ),
    Door(DRAFT, rule_drafts.show, name="rule_books.draft", who=KEEPERS),
    Door(DRAFT, rule_drafts.save, name="rule_books.save", who=KEEPERS, methods=["POST"], max_body=LONG),
    Door(DRAFT + "/difference", rule_drafts.difference, name="rule_books.difference", who=READERS),
    Door(DRAFT + "/rehearsals", rehearsals.show, name="rule_books.rehearsals", who=KEEPERS),
    Door(DRAFT + "/rehearsals", rehearsals.ask, name="rule_books.rehearse", who=KEEPERS, methods=["POST"]),
    Door(AT + "/rehearsals/{job}", rehearsals.job, name="rule_books.rehearsal", who=READERS),
    Door(DRAFT + "/publication", publications.new, name="rule_books.publication", who=KEEPERS),
    Door(AT + "/requests", publications.create, name="rule_books.ask", who=KEEPERS, methods=["POST"]),
    Door(REQUEST, publications.show, name="rule_books.request", who=READERS),
    Door(REQUEST, asked_again(publications.decide), name="rule_books.decide", who=DECIDERS, methods=["POST"]),
    Door(REQUEST + "/papers/{attachment}", publications.paper, name="rule_books.paper", who=READERS),
    Door(AT + "/{version:int}", rule_books.show, name="rule_books.show", who=READERS),
    Door(AT + "/{version:int}/rules.toml", rule_books.text, name="rule_books.text", who=READERS),
]
