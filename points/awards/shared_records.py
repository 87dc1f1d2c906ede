"""Tables of what others than one member earn: shares of awards, when they vest, and assessments of communities."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class AwardShare(Model):
    """So much of an award went to a household, a team or a studio instead of the member who contributed."""

    id = fields.CharField(max_length=240, primary_key=True, description="award#owner")
    award = fields.CharField(max_length=200, db_index=True)
    owner = fields.CharField(max_length=40, db_index=True, description="team/T-0001, household/H-000001")
    points = fields.IntField()

    class Meta:
        table = "awards_share"


class ShareVesting(Model):
    """Such a share became spendable, until a day."""

    share = fields.CharField(max_length=240, primary_key=True)
    award = fields.CharField(max_length=200, db_index=True)
    notice = fields.CharField(max_length=32)
    until_on = fields.CharField(max_length=10)
    vested_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=250, unique=True)

    class Meta:
        table = "awards_share_vesting"


class Assessment(Model):
    """The work of a community in a month was assessed, it earns points into its fund once somebody else agrees."""

    id = fields.CharField(max_length=32, primary_key=True)
    community = fields.CharField(max_length=15, db_index=True)
    month = fields.CharField(max_length=7, description="the month that was assessed")
    score = fields.IntField(description="of 100")
    rule_book = fields.IntField()
    rule = fields.CharField(max_length=40)
    points = fields.IntField()
    into = fields.CharField(max_length=7, description="the month whose fund gets them")
    event = fields.CharField(max_length=32)
    assessed_by = fields.CharField(max_length=16)
    assessed_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=80, description="of what both people see")
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_assessment"


class AssessmentRuling(Model):
    """Somebody else agreed to an assessment or sent it back."""

    assessment = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_assessment_ruling"
