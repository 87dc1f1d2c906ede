"""Tables of shops, items, prices and what was handed over. How many there are is asked of the ledger alone."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Shop(Model):
    """A moral points supermarket or a station (驿站) of a community."""

    number = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=60, unique=True)
    area = fields.CharField(max_length=15, db_index=True)
    hours = fields.CharField(max_length=80)
    opened_on = fields.CharField(max_length=10)

    class Meta:
        table = "market_shop"


class Item(Model):
    """Something that can be had for points."""

    number = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=60, unique=True)
    name_en = fields.CharField(max_length=60)
    kind = fields.CharField(max_length=10, description="goods, service, honour")
    cost_fen = fields.IntField(description="what one costs, in fen")

    class Meta:
        table = "market_item"


class Price(Model):
    """What an item costs in points from a day on, the latest that has begun counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    item = fields.IntField(db_index=True)
    points = fields.IntField()
    from_on = fields.CharField(max_length=10)
    set_by = fields.CharField(max_length=16)

    class Meta:
        table = "market_price"


class Delivery(Model):
    """Goods came in, with a document."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)
    item = fields.IntField()
    quantity = fields.IntField()
    document = fields.CharField(max_length=60)
    received_by = fields.CharField(max_length=16)
    received_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_delivery"
        indexes = (("shop", "id"),)


class Redemption(Model):
    """Things were handed over for points. The number on the receipt is the position of its transaction."""

    reference = fields.CharField(max_length=200, primary_key=True)
    shop = fields.IntField()
    member = fields.CharField(max_length=16)
    served_by = fields.CharField(max_length=16)
    found_by = fields.CharField(max_length=10, description="card, phone, code, number, manual")
    points = fields.IntField()
    redeemed_on = fields.CharField(max_length=10)
    redeemed_at = fields.DatetimeField()
    shift = fields.CharField(max_length=60, null=True, db_index=True, description="of who handed them over")

    class Meta:
        table = "market_redemption"


class RedemptionLine(Model):
    """One item of a redemption, at the price it had."""

    id = fields.CharField(max_length=220, primary_key=True, description="reference#item")
    redemption = fields.CharField(max_length=200, db_index=True)
    item = fields.IntField()
    quantity = fields.IntField()
    price = fields.IntField()

    class Meta:
        table = "market_redemption_line"


class RedemptionPart(Model):
    """What one purse gave to a redemption that a household paid together, who asked for it gave as much as they had."""

    id = fields.CharField(max_length=250, primary_key=True, description="reference#owner")
    redemption = fields.CharField(max_length=200, db_index=True)
    household = fields.CharField(max_length=20)
    owner = fields.CharField(max_length=40, db_index=True, description="member/V-000001, household/H-000001")
    points = fields.IntField()
    reservation = fields.CharField(
        max_length=32,
        null=True,
        description="what was set aside, when that is paid with it: they agreed then",
    )

    class Meta:
        table = "market_redemption_part"
