"""Tables of redemptions that were undone: what came back and why, and what waits for a second person."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Undoing(Model):
    """A redemption was undone, whole, what of it stays is a redemption of its own (`rest`)."""

    of_reference = fields.CharField(max_length=200, primary_key=True)
    shop = fields.IntField()
    reason = fields.CharField(max_length=20)
    rest = fields.CharField(max_length=200, null=True, unique=True)
    undone_by = fields.CharField(max_length=16, db_index=True)
    approved_by = fields.CharField(max_length=16, null=True)
    undone_on = fields.CharField(max_length=10)
    undone_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_undoing"


class UndoRequest(Model):
    """Somebody asks that a redemption be undone, which takes a second person."""

    id = fields.CharField(max_length=32, primary_key=True)
    redemption = fields.CharField(max_length=200, db_index=True)
    shop = fields.IntField()
    reason = fields.CharField(max_length=20)
    stays = fields.CharField(max_length=500, description="what stays with them, [[item, quantity]]")
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=71)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_undo_request"


class UndoDecision(Model):
    """A second person said yes or no to a request."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_undo_decision"


class UndoNote(Model):
    """What somebody wrote about an undoing or a request, it can be erased."""

    about = fields.CharField(max_length=200, primary_key=True)
    text = fields.CharField(max_length=500)

    class Meta:
        table = "market_undo_note"
