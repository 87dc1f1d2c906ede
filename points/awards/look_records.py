"""Tables of verification besides its decisions: the second looks that were drawn, and what was written to who reads."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class SecondLook(Model):
    """An award was drawn for a second look, in the commit that wrote it."""

    award = fields.CharField(max_length=200, primary_key=True, description="the award's reference")
    event = fields.CharField(max_length=32, db_index=True)
    member = fields.CharField(max_length=16)
    verifier = fields.CharField(max_length=16, db_index=True, description="who verified it")
    drawn_on = fields.CharField(max_length=10, db_index=True)

    class Meta:
        table = "awards_second_look"


class SecondLookGiven(Model):
    """A second look was given to another verifier by rota, the latest counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    award = fields.CharField(max_length=200, db_index=True)
    verifier = fields.CharField(max_length=16, db_index=True)
    given_on = fields.CharField(max_length=10)

    class Meta:
        table = "awards_second_look_given"


class SecondLookAnswer(Model):
    """Another verifier looked and agrees, or does not and asked that the award be corrected."""

    award = fields.CharField(max_length=200, primary_key=True)
    verifier = fields.CharField(max_length=16, db_index=True)
    agrees = fields.BooleanField()
    request = fields.CharField(max_length=32, null=True, description="the request for a correction")
    answered_on = fields.CharField(max_length=10, db_index=True)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_second_look_answer"


class VerificationNote(Model):
    """What a verifier wrote to somebody whose contribution goes back, it can be erased. The reason's code stays."""

    contribution = fields.CharField(max_length=32, primary_key=True)
    text = fields.CharField(max_length=120)

    class Meta:
        table = "awards_verification_note"
