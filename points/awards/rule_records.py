"""Tables of a rule book on its way: what was saved of a draft, who asked to publish it, and who decided on that."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class RuleDraft(Model):
    """The draft of the next rule book was saved. The newest save that follows the newest version is the draft."""

    id = fields.CharField(max_length=32, primary_key=True)
    before = fields.CharField(
        max_length=40, unique=True, description="version/N, or the save it was made from: one follows each"
    )
    follows = fields.IntField(db_index=True, description="the version in whose place it is to come")
    text = fields.TextField()
    digest = fields.CharField(max_length=80)
    saved_by = fields.CharField(max_length=16)
    saved_at = fields.DatetimeField()

    class Meta:
        table = "awards_rule_draft"


class RuleBookRequest(Model):
    """Somebody asked that a draft be published, with the minutes of the meeting that agreed on it."""

    id = fields.CharField(max_length=32, primary_key=True)
    draft = fields.CharField(max_length=32)
    version = fields.IntField(db_index=True, description="the version that it is to be")
    meeting = fields.CharField(max_length=32, description="the event")
    papers = fields.TextField(description="canonical JSON: key, digest and name of each attachment")
    digest = fields.CharField(max_length=80, description="of all that both people see")
    asked_by = fields.CharField(max_length=16)
    asked_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200, unique=True)

    class Meta:
        table = "awards_rule_request"


class RuleBookDecision(Model):
    """Another person decided on it. What was approved was published in the same transaction."""

    request = fields.CharField(max_length=32, primary_key=True)
    approved = fields.BooleanField()
    version = fields.IntField(null=True, unique=True, description="the version that it became")
    decided_by = fields.CharField(max_length=16)
    decided_at = fields.DatetimeField()
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "awards_rule_decision"
