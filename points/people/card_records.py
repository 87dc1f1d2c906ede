"""Tables of what is shown at a counter: identity codes, which live ten minutes, and the cards that were printed."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class IdentityCode(Model):
    """The code that a member shows now, one for each, replaced by their next (may change, like sessions).

    Neither digits nor token stand here: both are made from `nonce` under a key that is not in the book.
    """

    member = fields.CharField(max_length=16, primary_key=True)
    nonce = fields.CharField(max_length=32)
    digits = fields.CharField(max_length=64, unique=True, description="keyed digest of the 8 digits")
    token = fields.CharField(max_length=64, unique=True, description="keyed digest of what the QR holds")
    drawn_at = fields.DatetimeField()
    until = fields.DatetimeField(description="it finds nobody from this moment")
    used_at = fields.DatetimeField(null=True)
    used_by = fields.CharField(max_length=16, null=True, description="who found the member by it")

    class Meta:
        table = "people_identity_code"


class CardPrinting(Model):
    """Cards were printed, a sheet or many, by somebody for a place or for one member."""

    id = fields.CharField(max_length=32, primary_key=True)
    printed_by = fields.CharField(max_length=16, db_index=True)
    printed_at = fields.DatetimeField()
    area = fields.CharField(max_length=15, null=True, description="null: the card of one member")
    cards = fields.IntField(description="how many")
    reference = fields.CharField(max_length=200, description="the act in the ledger")

    class Meta:
        table = "people_card_printing"


class CardPrint(Model):
    """One card of a printing."""

    id = fields.CharField(max_length=48, primary_key=True, description="printing/place on its sheets")
    printing = fields.CharField(max_length=32, db_index=True)
    card = fields.CharField(max_length=8, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)

    class Meta:
        table = "people_card_print"
