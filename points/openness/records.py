"""Tables of objections to a line of a notice: what they froze, what was answered, and what let the points go again."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Objection(Model):
    """Somebody objected to a line of a notice. Who it was is told to nobody but those who answer."""

    id = fields.CharField(max_length=32, primary_key=True)
    number = fields.CharField(
        max_length=16, unique=True, description="Y-ACDEFHJK, by which one asks for the answer"
    )
    award = fields.CharField(max_length=200, db_index=True, description="the award's reference")
    notice = fields.CharField(max_length=32)
    reason = fields.CharField(max_length=20)
    objector = fields.CharField(max_length=16, null=True, description="null for a visitor")
    recorded_by = fields.CharField(max_length=16, null=True, description="who wrote it down at the desk")
    made_on = fields.CharField(max_length=10)
    answer_by = fields.CharField(max_length=10, db_index=True)
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "openness_objection"


class ObjectionText(Model):
    """What they said, and how a visitor can be reached, it can be erased."""

    objection = fields.CharField(max_length=32, primary_key=True)
    text = fields.TextField()
    contact = fields.CharField(max_length=40)

    class Meta:
        table = "openness_objection_text"


class Freeze(Model):
    """The points of an award were frozen, by the entry of this reference."""

    reference = fields.CharField(max_length=200, primary_key=True)
    award = fields.CharField(max_length=200, db_index=True)
    points = fields.IntField()
    frozen_on = fields.CharField(max_length=10)

    class Meta:
        table = "openness_freeze"


class Release(Model):
    """A freeze ended: its objections were dismissed, or the award was corrected."""

    freeze = fields.CharField(max_length=200, primary_key=True, description="the freeze's reference")
    how = fields.CharField(max_length=10, description="dismissed, corrected")
    released_on = fields.CharField(max_length=10)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "openness_release"


class Ruling(Model):
    """The answer to an objection. An upheld one names the correction."""

    objection = fields.CharField(max_length=32, primary_key=True)
    decision = fields.CharField(max_length=10, description="upheld, dismissed")
    ruled_by = fields.CharField(max_length=16)
    ruled_on = fields.CharField(max_length=10)
    correction = fields.CharField(max_length=200, null=True)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "openness_ruling"


class RulingText(Model):
    """The words of an answer, they can be erased."""

    objection = fields.CharField(max_length=32, primary_key=True)
    text = fields.TextField()

    class Meta:
        table = "openness_ruling_text"
