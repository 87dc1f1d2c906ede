"""Tables of what comes after an award: corrections by two people, warnings of expiry, years that were closed."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class CorrectionNote(Model):
    """What somebody wrote about a correction or a request for one, it can be erased. The reason's code stays."""

    about = fields.CharField(
        max_length=200, primary_key=True, description="a correction's reference, or a request's key"
    )
    text = fields.TextField()

    class Meta:
        table = "awards_correction_note"


class CorrectionRequest(Model):
    """Somebody asked that an award be corrected. `digest` names all that would move, as both people see it."""

    id = fields.CharField(max_length=32, primary_key=True)
    award = fields.CharField(max_length=200, db_index=True, description="the award's reference")
    reason = fields.CharField(max_length=40)
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=80)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_correction_request"


class CorrectionDecision(Model):
    """A second person approved or refused a request for a correction."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_correction_decision"


class CorrectionTurn(Model):
    """A turn of one person's corrections of a day, or of a member's in a month: each can be taken once."""

    id = fields.CharField(
        max_length=40, primary_key=True, description="S-0003/2026-11-22/0, V-000001/2026-11/0"
    )

    class Meta:
        table = "awards_correction_turn"


class ExpiryWarning(Model):
    """A member was warned that points of theirs expire, once for each day and distance."""

    id = fields.CharField(max_length=40, primary_key=True, description="2027-12-31/60/V-000001")
    member = fields.CharField(max_length=16, db_index=True)
    until_on = fields.CharField(max_length=10)
    days = fields.IntField(description="60 or 14 days ahead")
    points = fields.BigIntField(description="what stood there when it was said")
    warned_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_expiry_warning"


class YearRequest(Model):
    """Somebody asked that a community's year be closed with these figures."""

    id = fields.CharField(max_length=32, primary_key=True)
    community = fields.CharField(max_length=15, db_index=True)
    year = fields.IntField()
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField()
    digest = fields.CharField(max_length=80, description="of the figures as canonical text")
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_year_request"


class YearRefusal(Model):
    """A second person refused a request to close a year, and why."""

    request = fields.CharField(max_length=32, primary_key=True)
    reason = fields.CharField(max_length=20)
    refused_by = fields.CharField(max_length=16)
    refused_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_year_refusal"


class YearClose(Model):
    """A community's year was closed: its statement is the snapshot year/COMMUNITY/YEAR and never changes."""

    id = fields.CharField(max_length=20, primary_key=True, description="440310001001/2026")
    request = fields.CharField(max_length=32, unique=True)
    asked_by = fields.CharField(max_length=16)
    closed_by = fields.CharField(max_length=16)
    closed_on = fields.CharField(max_length=10)
    digest = fields.CharField(max_length=80, description="of the figures as canonical text")
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_year_close"
