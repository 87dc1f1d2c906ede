"""Tables of what became of items and shops since they were put down: later words, limits, photos, cuts of a price."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class ItemTerm(Model):
    """What holds for whoever has an item, from a day on. Of each `what` the latest that has begun counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    item = fields.IntField(db_index=True)
    what = fields.CharField(max_length=24, description="limit:member:month, kinds, areas, ages")
    value = fields.CharField(max_length=200, description="empty: no longer")
    from_on = fields.CharField(max_length=10)
    set_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_item_term"


class ItemChange(Model):
    """A later word about an item, the latest of each `what` counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    item = fields.IntField(db_index=True)
    what = fields.CharField(
        max_length=16, description="name, name_en, about, about_en, cost_fen, backing, photo, out"
    )
    value = fields.CharField(max_length=400)
    changed_on = fields.CharField(max_length=10)
    changed_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_item_change"


class DonorName(Model):
    """What the donor of an item is called: it may be a person, so it can be erased."""

    id = fields.CharField(max_length=32, primary_key=True, description="the key of the change of its backing")
    name = fields.CharField(max_length=80)

    class Meta:
        table = "market_donor_name"


class ItemPhoto(Model):
    """A washed photo of an item, and a small one of it, by their digests. Which one is shown says `ItemChange`."""

    id = fields.CharField(max_length=32, primary_key=True)
    item = fields.IntField(db_index=True)
    digest = fields.CharField(max_length=80, db_index=True)
    small = fields.CharField(max_length=80, db_index=True)
    width = fields.IntField()
    height = fields.IntField()
    small_width = fields.IntField()
    small_height = fields.IntField()
    size = fields.IntField(description="bytes of the large one")
    added_at = fields.DatetimeField()
    added_by = fields.CharField(max_length=16)

    class Meta:
        table = "market_item_photo"


class ShopChange(Model):
    """A later word about a shop, the latest of each `what` counts, and of single days that of each day."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)
    what = fields.CharField(max_length=16, description="name, kind, hours, closed, 2026-10-01")
    value = fields.CharField(max_length=400)
    changed_on = fields.CharField(max_length=10)
    changed_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_shop_change"


class Listing(Model):
    """A shop carries an item from now on, or no longer, the latest row of both counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)
    item = fields.IntField(db_index=True)
    carried = fields.BooleanField()
    changed_on = fields.CharField(max_length=10)
    changed_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_listing"


class PriceRequest(Model):
    """Somebody asked to cut a price by more than half. `digest` names all that both people see."""

    id = fields.CharField(max_length=32, primary_key=True)
    item = fields.IntField(db_index=True)
    before = fields.IntField(description="what it costs on the day before it would begin")
    points = fields.IntField()
    from_on = fields.CharField(max_length=10)
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=80)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_price_request"


class PriceRuling(Model):
    """A second person approved or refused such a request."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_price_ruling"
