"""Tables of the money: whose it is, what goes over it and takes two people, and who waits in line for it."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class FundBacking(Model):
    """Whose money stands behind a decision to allocate, and how much of it."""

    decision = fields.CharField(max_length=32, primary_key=True)  # or an assessment's key
    sponsor = fields.CharField(max_length=12, description="street, community, unit, company")
    fen = fields.BigIntField()
    request = fields.CharField(
        max_length=32, null=True, description="what two people agreed to, when it went over"
    )

    class Meta:
        table = "awards_fund_backing"


class SponsorName(Model):
    """What a sponsor is called, in the words of whoever wrote it: it may be a person, so it can be erased."""

    id = fields.CharField(max_length=32, primary_key=True, description="the decision's key, or the request's")
    name = fields.CharField(max_length=80)

    class Meta:
        table = "awards_sponsor_name"


class BackingDocument(Model):
    """The document by which a sponsor's money was given: of an assessment, by its key."""

    id = fields.CharField(max_length=32, primary_key=True, description="what the money stands behind")
    document = fields.CharField(max_length=60)

    class Meta:
        table = "awards_backing_document"


class FundRequest(Model):
    """Somebody asked to allocate more than one person may. `digest` names all that both people see."""

    id = fields.CharField(max_length=32, primary_key=True)
    under = fields.CharField(max_length=15)
    month = fields.CharField(max_length=7)
    points = fields.BigIntField(description="in all, shared equally")
    key = fields.CharField(max_length=40)
    sponsor = fields.CharField(max_length=12)
    fen = fields.BigIntField()
    shares = fields.TextField(description="canonical JSON: what each community gets")
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=80)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_fund_request"


class FundRuling(Model):
    """A second person approved or refused such a request."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_fund_ruling"


class InLine(Model):
    """A contribution was accepted that its fund could not pay yet. The ids are the order of the line.

    It counts so long as nothing else was decided on the contribution, and the event took no turn since: `turns` is how
    often it had been found false or reopened. After another turn it is judged anew.
    """

    id = fields.CharField(max_length=32, primary_key=True)
    contribution = fields.CharField(max_length=32)
    turns = fields.IntField()
    event = fields.CharField(max_length=32, db_index=True)
    member = fields.CharField(max_length=16)
    verifier = fields.CharField(max_length=16)
    decided_on = fields.CharField(max_length=10)
    accepted_at = fields.DatetimeField()
    community = fields.CharField(max_length=15)
    month = fields.CharField(max_length=7)

    class Meta:
        table = "awards_in_line"
        unique_together = (("contribution", "turns"),)
        indexes = (("community", "month", "id"),)
