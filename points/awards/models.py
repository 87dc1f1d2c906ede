"""Tables of rules, money decided, and decisions made. What points there are is asked of the ledger alone."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class RuleBook(Model):
    """A published version of the rules, it never changes. `text` is the TOML that was published."""

    version = fields.IntField(primary_key=True)
    in_force_from = fields.CharField(max_length=10)
    text = fields.TextField()
    digest = fields.CharField(max_length=80)
    published_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_rule_book"


class FundDecision(Model):
    """Points were allocated to the communities under an area for a month."""

    id = fields.CharField(max_length=32, primary_key=True)
    under = fields.CharField(max_length=15)
    month = fields.CharField(max_length=7)
    points = fields.BigIntField(description="in all, shared equally")
    key = fields.CharField(max_length=40)
    decided_by = fields.CharField(max_length=16)
    decided_on = fields.CharField(max_length=10)

    class Meta:
        table = "awards_fund_decision"
        unique_together = (("under", "month", "key"),)


class Repeat(Model):
    """An event repeats another of the same community and subtype within 24 hours, judged once, at verification."""

    event = fields.CharField(max_length=32, primary_key=True)
    of_event = fields.CharField(max_length=32)
    ordinal = fields.IntField(description="1: the first repeat, 2: the second …")
    judged_on = fields.CharField(max_length=10)

    class Meta:
        table = "awards_repeat"


class Verification(Model):
    """A contribution was accepted or returned, with the arithmetic. `reference` is null when it is worth nothing."""

    contribution = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    decision = fields.CharField(max_length=10, description="accepted, returned")
    reason = fields.CharField(max_length=40, null=True)
    verifier = fields.CharField(max_length=16)
    decided_on = fields.CharField(max_length=10)
    rule_book = fields.IntField()
    rule = fields.CharField(max_length=40, null=True)
    points = fields.IntField()
    minutes = fields.IntField()
    arithmetic = fields.TextField(description="canonical JSON: the steps from rule to points")
    reference = fields.CharField(max_length=200, null=True, unique=True)

    class Meta:
        table = "awards_verification"


class Correction(Model):
    """Why a transaction was reversed."""

    reference = fields.CharField(max_length=200, primary_key=True)
    of_reference = fields.CharField(max_length=200, unique=True)
    reason = fields.CharField(max_length=40)
    corrected_by = fields.CharField(max_length=16)
    approved_by = fields.CharField(max_length=16, null=True)
    corrected_on = fields.CharField(max_length=10)

    class Meta:
        table = "awards_correction"


class Vesting(Model):
    """The points of an award became spendable, until a day."""

    award = fields.CharField(max_length=200, primary_key=True, description="the award's reference")
    notice = fields.CharField(max_length=32)
    until_on = fields.CharField(max_length=10)
    vested_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "awards_vesting"
