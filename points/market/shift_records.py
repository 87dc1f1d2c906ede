"""Tables of shifts at a counter: who stood there, what they counted, what differed, who took over."""

from __future__ import annotations

from typing import ClassVar

from tortoise import fields
from tortoise.models import Model


class Shift(Model):
    """Somebody's time at a shop's counter, begun by a press or by their first redemption."""

    id = fields.CharField(max_length=60, primary_key=True, description="shop.member.number")
    shop = fields.IntField()
    member = fields.CharField(max_length=16)
    number = fields.IntField(description="the how-manieth of this member in this shop")
    opened_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_shift"
        unique_together = (("shop", "member", "number"),)
        indexes: ClassVar[list[tuple[str, ...]]] = [("shop", "opened_at")]


class ShiftCount(Model):
    """What stands on the shelf was counted, before anybody was shown what the book says."""

    shift = fields.CharField(max_length=60, primary_key=True)
    counted_by = fields.CharField(max_length=16)
    counted_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_shift_count"


class ShiftCountLine(Model):
    """So many of an item were counted."""

    id = fields.CharField(max_length=80, primary_key=True, description="shift#item")
    shift = fields.CharField(max_length=60, db_index=True)
    item = fields.IntField()
    counted = fields.IntField()

    class Meta:
        table = "market_shift_count_line"


class ShiftClosing(Model):
    """A shift ended, with the figures of its sheet."""

    shift = fields.CharField(max_length=60, primary_key=True)
    closed_by = fields.CharField(max_length=16)
    closed_at = fields.DatetimeField()
    redemptions = fields.IntField()
    points = fields.IntField()
    undone = fields.IntField()
    undone_points = fields.IntField()
    manual = fields.IntField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_shift_closing"


class ShiftDifference(Model):
    """At a counted shift's end, an item of which the shelf held something else than the book."""

    id = fields.CharField(max_length=80, primary_key=True, description="shift#item")
    shift = fields.CharField(max_length=60, db_index=True)
    item = fields.IntField()
    counted = fields.IntField()
    book = fields.IntField()

    class Meta:
        table = "market_shift_difference"


class ShiftNote(Model):
    """What somebody wrote about a difference, it can be erased."""

    about = fields.CharField(max_length=80, primary_key=True, description="shift#item")
    text = fields.CharField(max_length=200)

    class Meta:
        table = "market_shift_note"


class ShiftTakeover(Model):
    """The next one looked at the sheet and took over."""

    shift = fields.CharField(max_length=60, primary_key=True)
    taken_by = fields.CharField(max_length=16)
    taken_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_shift_takeover"
