"""Tables of paper slips: which numbers were printed, and each step that became of one."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class SlipBatch(Model):
    """Numbered slips that were printed for a shop: numbers 1 to `count` of a series that nobody else has there."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField()
    series = fields.IntField(description="1 is A, 2 is B")
    count = fields.IntField()
    printed_by = fields.CharField(max_length=16)
    printed_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_slip_batch"
        unique_together = (("shop", "series"),)


class SlipStep(Model):
    """What became of a slip, step by step: only one step can be the next, so two people cannot pass each other unseen.

    entered, returned, redeemed, loss_asked, kept, lost and void, of which the last step counts.
    """

    id = fields.CharField(max_length=60, primary_key=True, description="1/A-0007/2: shop, number, which step")
    slip = fields.CharField(max_length=40, db_index=True, description="1/A-0007")
    batch = fields.CharField(max_length=32, db_index=True)
    shop = fields.IntField()
    what = fields.CharField(max_length=12)
    reason = fields.CharField(max_length=12, description="a code, empty where none is asked")
    member = fields.CharField(max_length=16, description="empty: nobody could say whose it is")
    handed_on = fields.CharField(max_length=10)
    served_by = fields.CharField(max_length=16)
    basket = fields.TextField(description="canonical JSON: [[item, quantity]]")
    digest = fields.CharField(max_length=80, description="names all that stands on the slip")
    by = fields.CharField(max_length=16)
    at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_slip_step"
        indexes = (("shop", "what"),)
