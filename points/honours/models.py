"""Tables of certificates that were issued and of boards that were closed. What they count stands in the ledger."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Certificate(Model):
    """A service certificate: so many minutes of a member's service in a period, as the ledger said at a position."""

    number = fields.CharField(
        max_length=16, primary_key=True, description="15 random digits and a Damm digit"
    )
    member = fields.CharField(max_length=16, db_index=True)
    numbers = fields.TextField(description="the member numbers it counts, with spaces between")
    area = fields.CharField(max_length=15, description="the community that certifies")
    since_on = fields.CharField(max_length=10)
    until_on = fields.CharField(max_length=10)
    minutes = fields.IntField()
    times = fields.IntField(description="how often they served")
    as_of = fields.BigIntField(description="the last position of the ledger that was looked at")
    digest = fields.CharField(max_length=80, description="of what it counts")
    issued_on = fields.CharField(max_length=10)
    issued_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "honours_certificate"


class Board(Model):
    """The honours of an area and a period, closed: it is not computed again. `reference` is board/AREA/PERIOD."""

    id = fields.CharField(max_length=32, primary_key=True)
    area = fields.CharField(max_length=15, db_index=True)
    period = fields.CharField(max_length=7, description="2026-10, 2026-Q3, 2026")
    as_of = fields.BigIntField(description="the last position of the ledger that was looked at")
    digest = fields.CharField(max_length=80, description="of the whole order, with those who are not shown")
    closed_on = fields.CharField(max_length=10, db_index=True)
    closed_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "honours_board"
        unique_together = (("area", "period"),)


class BoardLine(Model):
    """One member on a board, by their own consent. Those who did not agree have no line."""

    id = fields.CharField(max_length=40, primary_key=True, description="board/place")
    board = fields.CharField(max_length=32, db_index=True)
    place = fields.IntField()
    member = fields.CharField(max_length=16, db_index=True)
    honour = fields.IntField()
    minutes = fields.IntField()

    class Meta:
        table = "honours_board_line"
