"""Tables of evidence: the frozen text a transaction cites, with its salt, and the fact of its erasure."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Snapshot(Model):
    """What was known when a transaction was written. digest = `sha256:` of salt ‖ text, id = kind/subject."""

    id = fields.CharField(max_length=120, primary_key=True)
    digest = fields.CharField(max_length=80)
    taken_at = fields.DatetimeField()

    class Meta:
        table = "evidence_snapshot"


class SnapshotText(Model):
    """The erasable half: the canonical text and its salt. Without it the digest tells nothing."""

    snapshot = fields.CharField(max_length=120, primary_key=True)
    salt = fields.CharField(max_length=64)
    text = fields.TextField()

    class Meta:
        table = "evidence_snapshot_text"


class Erasure(Model):
    """A snapshot's text was erased, on a day and by a rule."""

    snapshot = fields.CharField(max_length=120, primary_key=True)
    erased_on = fields.CharField(max_length=10)
    rule = fields.CharField(max_length=80)

    class Meta:
        table = "evidence_erasure"
