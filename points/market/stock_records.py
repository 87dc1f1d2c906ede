"""Tables of the shelves: papers of deliveries, transfers, losses, counts, what is too few, and what is to come."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class DeliveryPaper(Model):
    """From whom a delivery came, one row for each, the goods are rows of market_delivery."""

    reference = fields.CharField(max_length=200, primary_key=True)
    shop = fields.IntField(db_index=True)
    source = fields.CharField(max_length=10, description="bought, donated, allocated")
    supplier = fields.CharField(max_length=60)

    class Meta:
        table = "market_delivery_paper"


class DeliveryCorrection(Model):
    """A delivery that was entered wrongly was undone."""

    of_reference = fields.CharField(max_length=200, primary_key=True)
    shop = fields.IntField()
    reason = fields.CharField(max_length=20)
    corrected_by = fields.CharField(max_length=16)
    approved_by = fields.CharField(max_length=16, null=True)
    corrected_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_delivery_correction"


class Transfer(Model):
    """Goods left one shop for another."""

    id = fields.CharField(max_length=32, primary_key=True)
    source = fields.IntField()
    target = fields.IntField()
    sent_by = fields.CharField(max_length=16)
    sent_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_transfer"
        indexes = (
            ("source", "id"),
            ("target", "id"),
        )


class TransferLine(Model):
    """So many of an item were sent."""

    id = fields.CharField(max_length=50, primary_key=True, description="transfer#item")
    transfer = fields.CharField(max_length=32, db_index=True)
    item = fields.IntField()
    quantity = fields.IntField()

    class Meta:
        table = "market_transfer_line"


class TransferArrival(Model):
    """The other shop received a transfer."""

    transfer = fields.CharField(max_length=32, primary_key=True)
    received_by = fields.CharField(max_length=16)
    received_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_transfer_arrival"


class ArrivalLine(Model):
    """So many of an item arrived, with the reason where it is another number than was sent."""

    id = fields.CharField(max_length=50, primary_key=True, description="transfer#item")
    transfer = fields.CharField(max_length=32, db_index=True)
    item = fields.IntField()
    sent = fields.IntField()
    arrived = fields.IntField()
    reason = fields.CharField(max_length=20)

    class Meta:
        table = "market_arrival_line"


class StockLoss(Model):
    """Goods that cannot be handed over any more."""

    id = fields.CharField(max_length=50, primary_key=True, description="loss#item")
    shop = fields.IntField()
    item = fields.IntField()
    quantity = fields.IntField()
    reason = fields.CharField(max_length=20)
    reported_by = fields.CharField(max_length=16)
    approved_by = fields.CharField(max_length=16, null=True)
    lost_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_stock_loss"
        indexes = (("shop", "id"),)


class StockRequest(Model):
    """What one person asks for at a shop and another decides on."""

    id = fields.CharField(max_length=32, primary_key=True)
    kind = fields.CharField(max_length=10, description="loss, count, delivery")
    shop = fields.IntField(db_index=True)
    subject = fields.CharField(max_length=200, description="the count, the reference of the delivery")
    lines = fields.TextField(description="[[item, quantity, reason]] as canonical text")
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=80)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_stock_request"
        indexes = (("subject", "id"),)


class StockRuling(Model):
    """What the second person said."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_stock_ruling"


class StockCount(Model):
    """A sheet to count a shop's shelf with, begun after the entry at `position`."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField()
    opened_by = fields.CharField(max_length=16)
    opened_at = fields.DatetimeField()
    position = fields.BigIntField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_stock_count"
        indexes = (("shop", "id"),)


class CountOfShift(Model):
    """A count of just what differed when a shift was handed over."""

    count = fields.CharField(max_length=32, primary_key=True)
    shift = fields.CharField(max_length=60, db_index=True)

    class Meta:
        table = "market_count_of_shift"


class CountEntry(Model):
    """What was counted was written down, before anybody saw what the book says."""

    count = fields.CharField(max_length=32, primary_key=True)
    entered_by = fields.CharField(max_length=16)
    entered_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "market_count_entry"


class CountLine(Model):
    """An item as it was counted, and as the book had it at that moment, after the account's so many postings."""

    id = fields.CharField(max_length=50, primary_key=True, description="count#item")
    count = fields.CharField(max_length=32, db_index=True)
    item = fields.IntField()
    counted = fields.IntField()
    book = fields.IntField()
    version = fields.BigIntField()

    class Meta:
        table = "market_count_line"


class CountAdjustment(Model):
    """A count changed the stock by so many, with the reason."""

    id = fields.CharField(max_length=50, primary_key=True, description="count#item")
    shop = fields.IntField(db_index=True)
    item = fields.IntField()
    quantity = fields.IntField(description="below zero: missing")
    reason = fields.CharField(max_length=20)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_count_adjustment"


class StockThreshold(Model):
    """From when on an item is too few at a shop, the latest row counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField()
    item = fields.IntField()
    least = fields.IntField()
    set_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_stock_threshold"
        indexes = (("shop", "item", "id"),)


class ExpectedDelivery(Model):
    """When an item is to come to a shop, the latest row counts, an empty day takes it back."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField()
    item = fields.IntField()
    expected_on = fields.CharField(max_length=10)
    set_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_expected_delivery"
        indexes = (("shop", "item", "id"),)
