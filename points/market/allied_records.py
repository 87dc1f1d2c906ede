"""Tables of alliances, of merchants and their contracts, of what is settled with them and between communities."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Alliance(Model):
    """Shops and communities that belong together: a credit alliance (信用联盟) or a demonstration point (示范点)."""

    number = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=60, unique=True)
    kind = fields.CharField(max_length=16, description="alliance, demonstration")
    area = fields.CharField(max_length=15, db_index=True, description="whose admins say who belongs to it")
    founded_on = fields.CharField(max_length=10)
    founded_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_alliance"


class AllianceJoin(Model):
    """A shop or a community belongs to an alliance from a day on, until it left."""

    id = fields.CharField(max_length=32, primary_key=True)
    alliance = fields.IntField(db_index=True)
    kind = fields.CharField(max_length=10, description="shop, community")
    who = fields.CharField(max_length=15, db_index=True, description="the number or the code")
    joined_on = fields.CharField(max_length=10)
    joined_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_alliance_join"


class AllianceLeave(Model):
    """It belongs to it no more from this day on."""

    joined = fields.CharField(max_length=32, primary_key=True)
    left_on = fields.CharField(max_length=10)
    left_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_alliance_leave"


class Contract(Model):
    """A merchant hands over what is listed, from a day until a day, both included, and is paid for it."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)
    from_on = fields.CharField(max_length=10)
    until_on = fields.CharField(max_length=10)
    sponsor = fields.CharField(
        max_length=10, description="whose money pays: street, community, unit, company"
    )
    signed_by = fields.CharField(max_length=16)
    signed_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_contract"


class ContractTerm(Model):
    """What a merchant is paid for one of an item, where that is not what the item costs."""

    id = fields.CharField(max_length=50, primary_key=True, description="contract#item")
    contract = fields.CharField(max_length=32, db_index=True)
    item = fields.IntField()
    fen = fields.IntField()

    class Meta:
        table = "market_contract_term"


class ContractEnd(Model):
    """A contract ended before its time: this day is the first without it."""

    contract = fields.CharField(max_length=32, primary_key=True)
    ended_on = fields.CharField(max_length=10)
    ended_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_contract_end"


class MerchantStaff(Model):
    """At which shop somebody works who was granted the role of a merchant."""

    grant = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)

    class Meta:
        table = "market_merchant_staff"


class Settlement(Model):
    """A merchant's month as somebody drew it up. `text` is the whole statement, `digest` names it."""

    id = fields.CharField(max_length=32, primary_key=True)
    shop = fields.IntField(db_index=True)
    month = fields.CharField(max_length=7)
    points = fields.BigIntField(description="that leave what the shop took")
    fen = fields.BigIntField(description="of this month, what was undone of earlier ones taken off")
    brought = fields.BigIntField(description="fen paid too much before: zero or less")
    sponsor = fields.CharField(max_length=10)
    text = fields.TextField()
    digest = fields.CharField(max_length=80)
    drawn_by = fields.CharField(max_length=16)
    drawn_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_settlement"
        indexes = (("shop", "month"),)


class SettlementRuling(Model):
    """A second person approved or refused it."""

    settlement = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_settlement_ruling"


class SettlementLine(Model):
    """A redemption was settled, or one that was undone afterwards was taken off: each of them once, for ever."""

    entry = fields.CharField(max_length=200, primary_key=True, description="the reference of either")
    settlement = fields.CharField(max_length=32, db_index=True)
    points = fields.BigIntField()
    fen = fields.BigIntField(description="below zero: taken off")

    class Meta:
        table = "market_settlement_line"


class SettlementPayment(Model):
    """The money was paid, with a document."""

    settlement = fields.CharField(max_length=32, primary_key=True)
    fen = fields.BigIntField()
    document = fields.CharField(max_length=60)
    paid_on = fields.CharField(max_length=10)
    paid_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_settlement_payment"


class SettlementNote(Model):
    """A merchant says before it is approved that something is not right."""

    id = fields.CharField(max_length=32, primary_key=True)
    settlement = fields.CharField(max_length=32, db_index=True)
    noted_by = fields.CharField(max_length=16)
    noted_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_settlement_note"


class SettlementNoteText(Model):
    """What they wrote. Somebody may be named in it, so it can be erased."""

    id = fields.CharField(max_length=32, primary_key=True)
    text = fields.CharField(max_length=200)

    class Meta:
        table = "market_settlement_note_text"


class Netting(Model):
    """What the communities owe each other for a month, as somebody drew it up. `text` holds every figure."""

    id = fields.CharField(max_length=32, primary_key=True)
    under = fields.CharField(max_length=15)
    month = fields.CharField(max_length=7)
    text = fields.TextField()
    digest = fields.CharField(max_length=80)
    drawn_by = fields.CharField(max_length=16)
    drawn_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_netting"
        indexes = (("under", "month"),)


class NettingRuling(Model):
    """A second person approved or refused it."""

    netting = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "market_netting_ruling"
